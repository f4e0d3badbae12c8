"""Every change of every tracked model leaves who, when and what; and what it leaves, stays."""

import uuid

import pghistory
import pytest
from django.apps import apps
from django.db import connection, models

from accounts.models import Session, SignInCode, User
from declarations.models import (
    ApiToken,
    CompletionNotice,
    Declaration,
    DeclarationCount,
    DeclarationStateChange,
    DeliveryPartner,
    PageCursor,
    Participation,
    RequestWindow,
    SchoolPartnership,
    SchoolYear,
    SharedDeclaration,
    StateMove,
    StateMoveItem,
)
from mentors.models import DraftAnswers, ProviderMentorship
from schools.models import InductionTutor, School, StaffNote, Teacher
from tests.domain.refusals import refusal, run, trigger, who_refused
from tests.domain.rows import OURS, declare, delete, insert, lay, pair, update
from tests.domain.valid_rows import VALID

EVENTS = {
    event.pgh_tracked_model: event
    for label in OURS
    for event in apps.get_app_config(label).get_models()
    if hasattr(event, "pgh_tracked_model")
}
MODELS = {
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    if model not in EVENTS.values()
}
NOT_TRACKED = {
    CompletionNotice: "it is a log itself, but for when schools were told",
    DeclarationStateChange: "it is a log itself, and append-only",
    StateMove: "it says itself who did it, when and why; each move is in the state log",
    StateMoveItem: "it is a log itself",
    DeclarationCount: "triggers derive it from what has a history",
    Participation: "triggers derive it from what has a history",
    ProviderMentorship: "triggers derive it from what has a history",
    SharedDeclaration: "triggers derive it from what has a history",
    User.groups.through: "admin's own log says who changed a user's groups, and when",
    User.user_permissions.through: "admin does not offer them",
    StaffNote: "append-only: it says itself who wrote it, when, and when it was withdrawn",
    SignInCode: "it lives for minutes",
    Session: "it lives for hours",
    RequestWindow: "what the API remembers for a moment, not a record",
    PageCursor: "what the API remembers for a moment, not a record",
    DraftAnswers: "it goes when the journey ends or is abandoned",
}
NOT_KEPT = {
    (User, "password"): "a secret",
    (User, "last_login"): "the audit log of sign-ins has it",
    (User, "invitations"): "the audit log has each invitation",
    (ApiToken, "digest"): "a secret",
    (Declaration, "state"): "DeclarationStateChange has it",
    (Declaration, "partnership"): "the training period's history has it",
    (SchoolPartnership, "counted_on"): "the day of a nightly count",
    (InductionTutor, "noticed_on"): "the day of a nightly count",
    (Teacher, "unfunded_mentor_updated_at"): "triggers move it with what is kept",
    **{
        (model, "updated_at"): "triggers move it with what is kept"
        for model in (Declaration, DeliveryPartner, School, SchoolPartnership, SchoolYear, Teacher)
    },
    **{
        (model, field.name): "generated"
        for model in EVENTS
        for field in model._meta.concrete_fields
        if field.generated
    },
}
# A column of each model, and what it is changed to, twice.
CHANGES = {
    "user": ("name", "Al", "Bo"),
    "dfesigninidentity": ("subject", "third", "fourth"),
    "school": ("name", "First School", "Second School"),
    "schoolsuccession": ("school_id", 3, 1),
    "teacher": ("name", "Al", "Bo"),
    "teachermerge": ("teacher_id", 2, 3),
    "formerpublicid": ("mentor_id", 2, 3),
    "inductiontutor": ("source", "dfe_sign_in", "nomination"),
    "mentoratschool": ("email", "a@school.example", "b@school.example"),
    "ectatschool": ("email", "a@school.example", "b@school.example"),
    "leadprovider": ("name", "First", "Second"),
    "deliverypartner": ("name", "First", "Second"),
    "cohort": ("closed_for_payment", True, False),
    "leadproviderdeliverypartnership": ("delivery_partner_id", 9, 1),
    "schoolyear": ("programme", "school_led", "not_decided"),
    "schoolpartnership": ("delivery_partner_id", 9, 1),
    "trainingperiod": ("end_reason", "left_school", "changed_lead_provider"),
    "apitoken": ("revoked_at", "2024-02-01 00:00+00", None),
    "declaration": ("evidence_held", "other", "self-study-material-completed"),
    "recordedcompletion": ("kind", "started_not_completed", "early_roll_out"),
    "mentorship": ("end_reason", "ect_left", "mentor_left"),
    "leaving": ("finished_on", "2024-09-01", "2024-08-01"),
    "statuspolicy": ("policy", "completed_only", "three_statuses"),
}


@pytest.fixture
def cursor(db):
    with connection.cursor() as cursor:
        lay(cursor)
        yield cursor


def test_every_model_is_tracked_or_there_is_a_reason():
    assert EVENTS.keys() | NOT_TRACKED.keys() == MODELS


def test_every_field_is_kept_or_there_is_a_reason():
    left_out = {
        (model, field.name)
        for model, event in EVENTS.items()
        for field in model._meta.concrete_fields
        if field.name not in {kept.name for kept in event._meta.concrete_fields}
    }
    assert left_out == NOT_KEPT.keys()


@pytest.mark.parametrize("model", EVENTS, ids=lambda model: model.__name__)
def test_each_change_leaves_who_and_what_however_it_came(model, cursor):
    name = model._meta.model_name
    column, first, second = CHANGES[name]
    row = VALID[name].get("id", 99)
    cursor.execute(insert("deliverypartner", id=9, name="Another", public_id=uuid.uuid4()))
    cursor.execute(pair(id=98, lead_provider_id=2, delivery_partner_id=9, cohort_id=1))
    with pghistory.context(by="user 12"):
        cursor.execute(declare() if model is Declaration else insert(name))
    with pghistory.context(by="token 3"):
        assert model.objects.filter(pk=row).update(**{column: first}) == 1
    with pghistory.context(by="user 12"):
        changed = model.objects.get(pk=row)
        setattr(changed, column, second)
        field = next(field.name for field in model._meta.fields if field.attname == column)
        model.objects.bulk_update([changed], [field])
    stays = model is Declaration  # its log refers to it, and is append-only
    if not stays:
        with pghistory.context(by="command merge"):
            cursor.execute(delete(name, row))

    left = EVENTS[model].objects.filter(pgh_obj_id=row).order_by("pgh_id")
    assert [(event.pgh_label, event.pgh_context.metadata["by"]) for event in left] == [
        ("insert", "user 12"),
        ("update", "token 3"),
        ("update", "user 12"),
        ("delete", "command merge"),
    ][: 3 if stays else 4]
    before = VALID[name].get(column)
    kept = [model._meta.get_field(field).to_python(value) for value in (before, first, second)]
    assert [getattr(event, column) for event in left] == [*kept, kept[-1]][: len(left)]


def test_a_change_by_nobody_known_is_kept_too(world):
    run(world, update("teacher", name="Changed by SQL"))
    kept = world.execute(
        "SELECT pgh_label, name, pgh_context_id FROM schools_teacherevent "
        "WHERE pgh_obj_id = 1 ORDER BY pgh_id"
    ).fetchall()
    assert kept == [("insert", "Teacher 1", None), ("update", "Changed by SQL", None)]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO schools_teacher (id, participant_id, trn, name, date_of_birth) "
        "SELECT n, gen_random_uuid(), '9999' || n, 'T', '1990-01-01' "
        "FROM generate_series(101, 104) n",
        "UPDATE schools_teacher SET name = upper(name)",
        "MERGE INTO schools_teacher t USING schools_teacher n ON n.id = t.id "
        "WHEN MATCHED THEN UPDATE SET name = 'Merged'",
        "INSERT INTO schools_teacher (id, participant_id, trn, name, date_of_birth) "
        "SELECT id + 100, gen_random_uuid(), trn, 'Upserted', date_of_birth FROM schools_teacher "
        "ON CONFLICT (trn) DO UPDATE SET name = EXCLUDED.name",
    ],
    ids=["insert", "update", "merge", "upsert"],
)
def test_one_statement_over_many_rows_leaves_each(statement, cursor):
    with pghistory.context(by="command import"):
        cursor.execute(statement)
    kept = EVENTS[Teacher].objects.filter(pgh_context__metadata__by="command import")
    assert kept.count() == 4


def test_a_change_that_changes_nothing_leaves_nothing(cursor):
    kept = EVENTS[Teacher].objects.count()
    cursor.execute("UPDATE schools_teacher SET name = name")
    assert EVENTS[Teacher].objects.count() == kept


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.__name__)
def test_history_is_append_only(event: type[models.Model], world):
    label, stored = event._meta.label, event._meta.db_table
    assert world.execute(f"SELECT count(*) FROM {stored}").fetchone()[0] > 0
    for statement in (f"UPDATE {stored} SET pgh_label = 'never'", f"DELETE FROM {stored}"):
        assert who_refused(refusal(world, statement)) == trigger(label, "append_only")
    empty = f"SET LOCAL app.allow_truncate = {{}}; TRUNCATE {stored}"
    assert who_refused(refusal(world, empty.format("off"))) == trigger(label, "refuse_truncate")
    run(world, empty.format("on"))
