"""`manage.py load_demo`: once, the same every time, by the rules, and never in production."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from declarations.models import Declaration, DeclarationStateChange
from declarations.states import State
from demo.people import PEOPLE
from mentors.models import Mentorship
from schools.models import School, Teacher
from tests import builders
from tests.databases import copy_in

pytestmark = pytest.mark.django_db

OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in {"accounts", "schools", "declarations", "mentors"}
]
# Written anew with each load: keys of rows, ids of declarations, secrets, the moments of writing.
WRITTEN_ANEW = {
    "password",
    "pgh_created_at",
    "created_at",
    "updated_at",
    "unfunded_mentor_updated_at",
}
# Ids of schools, partnerships and training, which the service makes itself.
MADE_ANEW = {
    f"{model}.public_id"
    for name in ("School", "SchoolPartnership", "TrainingPeriod")
    for model in (name, f"{name}Event")
}


@pytest.fixture
def load(capsys):
    """Loads, and returns what was printed."""

    def run(*options: str) -> str:
        call_command("load_demo", *options)
        return capsys.readouterr().out

    return run


def everything() -> dict[str, list]:
    """Every row of every table of ours, history included."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in OURS}


def what_people_know() -> dict[str, list]:
    """The values of every row that are no keys, so that two loads can be compared."""
    known = {}
    for model in OURS:
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.is_relation or field.attname in WRITTEN_ANEW)
            and field.attname not in {"id", "pgh_context_id"}
            and f"{model.__name__}.{field.attname}" not in MADE_ANEW
        ]
        rows = model.objects.values_list(*fields) if fields else [()] * model.objects.count()
        known[model.__name__] = sorted(map(repr, rows))
    return known


def test_a_second_run_changes_nothing_and_keeps_what_was_entered(load, demo):
    Teacher.objects.filter(trn="0836472").update(name="Jane Tomas")
    Mentorship.objects.filter(finished_on=None).first().delete()
    before = everything()
    assert "Nothing was changed" in load()
    assert everything() == before


def test_if_empty_fills_an_empty_database_and_the_tests_copies_are_the_same(load, demo_rows):
    """The copies are of a load without the option, which was undone."""
    with transaction.atomic():
        assert "The demo data is loaded." in load("--if-empty")
        assert School.objects.count() == 101
        loaded = what_people_know()
        transaction.set_rollback(True)
    copy_in(demo_rows)
    assert what_people_know() == loaded


@pytest.mark.parametrize(
    "make", [builders.make_school, lambda: User.objects.create_user("a@b.example", "A")]
)
def test_if_empty_leaves_a_database_alone_that_has_a_school_or_a_user(load, make):
    make()
    before = everything()
    said = load("--if-empty")
    assert "Nothing was loaded" in said
    assert "To sign in" not in said
    assert everything() == before


def test_it_can_join_other_rows(load):
    school = builders.make_school()
    load()
    assert School.objects.filter(pk=school.pk).exists()
    assert School.objects.filter(urn=999001).exists()


def test_other_people_s_rows_in_its_way_are_told_and_nothing_is_loaded(load):
    builders.make_teacher("Somebody Else", trn="0836472")
    before = everything()
    with pytest.raises(CommandError, match=r"(?s)stand in the way.*0836472"):
        load()
    assert everything() == before


@pytest.mark.parametrize("options", [(), ("--if-empty",)])
def test_it_always_says_how_to_sign_in_as_whom(load, demo, options):
    said = load(*options)
    assert "/demo/sign-in" in said
    for person in PEOPLE:
        assert f"{person.name}, {person.email}: {person.shows}" in said


def test_the_history_says_that_it_was_this_command(demo):
    event = Teacher.objects.get(trn="0836472").events.earliest("pgh_id")
    assert event.pgh_context.metadata["command"] == "load_demo"
    assert set(DeclarationStateChange.objects.values_list("by", flat=True)) == {"command load_demo"}


def test_final_declarations_are_there_in_every_state(demo):
    final = Declaration.objects.filter(declaration_type=Declaration.Type.COMPLETED)
    assert set(final.values_list("state", flat=True)) == set(State)


def test_mentorships_ended_for_every_reason(demo):
    ended = Mentorship.objects.exclude(finished_on=None)
    # No school of the demo has closed.
    shown = set(Mentorship.EndReason) - {Mentorship.EndReason.SCHOOL_CLOSED}
    assert set(ended.values_list("end_reason", flat=True)) == shown
    left = ended.get(mentor_teacher__name="Irene Castle")
    assert left.end_reason == Mentorship.EndReason.MENTOR_LEFT


def test_people_sign_in_by_no_password_and_only_staff_enter_admin(demo):
    users = User.objects.all()
    assert not any(user.has_usable_password() for user in users)
    assert [user.name for user in users if user.is_staff] == ["Dana Field"]
    assert [user.name for user in users if user.is_superuser] == ["Dana Field"]
