"""What staff see, and who changes what, is in the audit log: by ids, and nothing else of people.

Every page that shows records is walked through, so a new one is here without being named.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pghistory.core
import pghistory.models
import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from accounts.models import User
from core.audit_log.middleware import AuditLogMiddleware
from core.audit_log.recording import AuditedCommand
from declarations.models import Declaration, RecordedCompletion, SchoolYear, TrainingPeriod
from declarations.tokens import make_token
from mentors.models import Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from tests import builders
from tests.accounts.signing_in import enter_admin
from tests.core.audit_lines import caught
from tests.declarations.client import Provider, submission
from tests.declarations.trained import claim_about, declare, make_trained

pytestmark = pytest.mark.django_db
OUR_APPS = {"accounts", "schools", "declarations", "mentors", "staff"}
ABOUT_TEACHERS = (
    Declaration,
    ECTAtSchool,
    MentorAtSchool,
    Mentorship,
    RecordedCompletion,
    Teacher,
    TrainingPeriod,
)


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("dfe@education.example", "Dee Effie")


@pytest.fixture
def in_admin(client, staff):
    enter_admin(client, staff)
    return client


@pytest.fixture
def audit_log(in_admin):
    """What is written after signing in."""
    with caught() as lines:
        yield lines


def name_of(model, view: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}"


def personal_data() -> set[str]:
    """What the audit log must not say of the people who are in the database."""
    said = set(User.objects.values_list("email", "name"))
    said |= set(Teacher.objects.values_list("name", "trn", "date_of_birth"))
    for model in (MentorAtSchool, ECTAtSchool):
        said |= set(model.objects.values_list("email"))
    return {str(value) for values in said for value in values if value is not None}


def test_every_page_about_teachers_leaves_its_line_and_no_line_holds_personal_data(staff, client):
    with caught() as audit_log, caught(None) as everything_else:
        call_command("load_demo")
        enter_admin(client, staff)
        for model in ABOUT_TEACHERS:
            of_this_model = 0
            row = model.objects.first()
            for view in ("change", "history", "delete"):
                name, ids = name_of(model, view), {"object_id": str(row.pk)}
                if client.get(reverse(name, args=[row.pk])).status_code != 200:
                    continue
                of_this_model += 1
                seen = {"event": "viewed", "user": staff.pk, "page": name, "ids": ids}
                assert audit_log.events()[-1] == seen
            assert of_this_model >= 2
            client.get(reverse(name_of(model, "changelist")))
            assert str(row.pk) in audit_log.events()[-1]["listed"] or model.objects.count() > 50
        teacher = Teacher.objects.first()
        client.get(f"/admin/pghistory/events/?obj=schools.Teacher:{teacher.pk}&method=tracks")
        assert audit_log.events()[-1]["page"] == "admin:pghistory_events_changelist"
        client.get(f"/admin/schools/teacher/?q={teacher.trn}")
        client.post(reverse(name_of(Teacher, "change"), args=[teacher.pk]), {"name": teacher.name})
    written = "\n".join((*audit_log.text, *everything_else.text))
    data = personal_data()
    assert len(data) > 100
    assert {one for one in data if one in written} == set()


def test_staff_open_a_list(in_admin, audit_log, staff):
    teachers = [builders.make_teacher(name="Jane Thomas") for _ in range(2)]
    builders.make_teacher(name="Ann Other")
    in_admin.get("/admin/schools/teacher/?q=Thomas")
    (event,) = audit_log.events()
    assert sorted(event.pop("listed")) == sorted(str(teacher.pk) for teacher in teachers)
    name = "admin:schools_teacher_changelist"
    assert event == {"event": "viewed", "user": staff.pk, "page": name, "ids": {}}


def test_staff_look_for_somebody_in_a_form(in_admin, audit_log):
    teacher = builders.make_teacher(name="Jane Thomas")
    asked = {
        "app_label": "schools",
        "model_name": "mentoratschool",
        "field_name": "teacher",
        "term": "Jane",
    }
    in_admin.get("/admin/autocomplete/", asked)
    (event,) = audit_log.events()
    assert event["listed"] == [f"schools.mentoratschool.teacher {teacher.pk}"]


def test_staff_preview_a_page(in_admin, audit_log, staff):
    mentor = builders.make_mentor()
    in_admin.get(reverse("admin:preview-mentor", args=[mentor.public_id]))
    ids = {"public_id": str(mentor.public_id)}
    name = "admin:preview-mentor"
    assert audit_log.events() == [{"event": "viewed", "user": staff.pk, "page": name, "ids": ids}]


def test_a_tutor_s_reading_is_no_business_of_the_trail(client):
    school = builders.make_school()
    client.force_login(builders.make_tutor(school))
    with caught() as audit_log:
        assert client.get(f"/schools/{school.urn}").status_code == 200
    assert audit_log.events() == []


def test_a_change_names_every_record_and_its_request_which_the_history_has_too(
    in_admin, audit_log, staff
):
    mentor = builders.make_mentor()
    form = {
        "teacher": mentor.teacher_id,
        "school": mentor.school_id,
        "email": "new@school.example",
        "started_on": mentor.started_on.isoformat(),
    }
    name = name_of(MentorAtSchool, "change")
    in_admin.post(reverse(name, args=[mentor.pk]), form)
    (event,) = audit_log.whole()
    changed = {"model": "schools.mentoratschool", "what": "update", "count": 1}
    assert event["event"] == "changed"
    assert event["user"] == staff.pk
    assert (event["page"], event["ids"]) == (name, {"object_id": str(mentor.pk)})
    assert event["changes"] == [{**changed, "ids": [str(mentor.pk)]}]
    context = pghistory.models.Context.objects.get(metadata__request=event["request"])
    assert context.metadata["user"] == staff.pk


def test_a_tutor_names_a_colleague_and_records_that_one_leaves(client):
    school = builders.make_school()
    tutor = builders.make_tutor(school)
    client.force_login(tutor)
    answers = {"name": "Nell Named", "email": "nell@school.example"}
    with caught() as audit_log:
        client.post(f"/schools/{school.urn}/tutors/add", answers)
        confirm(client, f"/schools/{school.urn}/tutors/check")
        named = school.induction_tutors.get(named_as="Nell Named")
        today = timezone.localdate()
        parts = {f"last_day-{part}": getattr(today, part) for part in ("day", "month", "year")}
        client.post(f"/schools/{school.urn}/tutors/{named.pk}/last-day", parts)
        confirm(client, f"/schools/{school.urn}/tutors/{named.pk}/check")
    one = {"count": 1, "ids": [str(named.pk)]}
    made = {"model": "accounts.user", "what": "insert", "count": 1, "ids": [str(named.user_id)]}
    appointed = {"model": "schools.inductiontutor", "what": "insert", **one}
    left = {"model": "schools.inductiontutor", "what": "update", **one}
    changed = [event for event in audit_log.events() if event["event"] == "changed"]
    assert [(event["user"], event["page"]) for event in changed] == [
        (tutor.pk, "check-tutor"),
        (tutor.pk, "check-tutor-last-day"),
    ]
    assert sorted(changed[0]["changes"], key=str) == [made, appointed]
    assert changed[1]["changes"] == [left]
    assert "nell" not in " ".join(audit_log.text).lower()


def confirm(client, where: str) -> None:
    """Press the button of the page at this address."""
    seen = re.search(r'name="seen" value="(\w+)', client.get(where).text)
    client.post(where, {"seen": seen[1]})


def looks_at_the_history(captured: CaptureQueriesContext) -> list[str]:
    """The tables of the history that the audit log asked, one text for each query of its."""
    asked = [query["sql"] for query in captured if "pgh_context_id = " in query["sql"]]
    return [", ".join(re.findall(r'FROM "(\w+)event"', sql)) for sql in asked]


def test_what_is_only_asked_for_or_changes_nothing_costs_no_look_at_the_history(in_admin):
    school = builders.make_school()
    with CaptureQueriesContext(connection) as captured:
        in_admin.get("/admin/schools/school/")
        in_admin.post("/admin/schools/school/", {"action": "", "_selected_action": [school.pk]})
    assert looks_at_the_history(captured) == []


def test_a_change_costs_one_look_at_the_history_of_what_it_wrote(in_admin):
    teacher = builders.make_teacher()
    with CaptureQueriesContext(connection) as captured:
        in_admin.post(reverse(name_of(Teacher, "delete"), args=[teacher.pk]), {"post": "yes"})
    assert looks_at_the_history(captured) == ["schools_teacher"]


def test_a_submission_costs_one_look_and_a_repeated_one_none():
    training = make_trained()
    provider = Provider(training.lead_provider)
    said = submission(**asdict(claim_about(training.teacher)))
    with caught() as audit_log, CaptureQueriesContext(connection) as captured:
        assert provider.raw("POST", body=said).status_code == 200
    assert looks_at_the_history(captured) == ["declarations_declaration"]
    declaration = Declaration.objects.get()
    made = {"model": "declarations.declaration", "what": "insert", "count": 1}
    (event,) = audit_log.events()
    assert (event["event"], event["by"]) == ("changed", f"token {provider.token.pk}")
    assert event["changes"] == [{**made, "ids": [str(declaration.pk)]}]
    with CaptureQueriesContext(connection) as captured:
        provider.raw("POST", body=said)
    assert looks_at_the_history(captured) == []


def test_no_trigger_changes_a_record_of_another_table():
    """So that a statement names all that it changes: core/audit_log/changes.py rests on it."""
    with connection.cursor() as cursor:
        # The queue's own tables hold no records.
        cursor.execute(
            """SELECT prosrc FROM pg_proc
               WHERE prorettype = 'trigger'::regtype AND proname NOT LIKE 'procrastinate%'"""
        )
        sources = [source for (source,) in cursor.fetchall()]
    written = {
        table
        for source in sources
        for table in re.findall(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', source)
    }
    assert len(sources) > 50
    events = {model._meta.db_table for model in pghistory.core.event_models()}
    # core/updated_at.py moves the moments by which lead providers ask for changes.
    moments = {
        table
        for (table,) in connection.cursor().execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'updated_at'"
        )
    }
    # The counts of what providers see are no records: they follow from the declarations.
    counts = {"declarations_declarationcount"}
    assert written - events - moments - counts <= {"pghistory_context"}


def test_a_line_has_the_records_that_followed_the_one_changed(in_admin, audit_log):
    declaration = declare(make_trained(2023))
    partnership = declaration.training_period.partnership
    year = partnership.school_year
    partners = (partnership.lead_provider.name, partnership.delivery_partner.name)
    cohort = builders.make_pair(*partners, 2024).cohort
    asked = {
        "school": year.school_id,
        "cohort": cohort.pk,
        "programme": year.programme,
        "partnerships-TOTAL_FORMS": 0,
        "partnerships-INITIAL_FORMS": 0,
    }
    answer = in_admin.post(reverse(name_of(SchoolYear, "change"), args=[year.pk]), asked)
    assert answer.status_code == 302, answer.text
    (event,) = audit_log.events()
    followed = (year, declaration.training_period.partnership, declaration.training_period)
    assert sorted(event["changes"], key=str) == sorted(
        (
            {"model": row._meta.label_lower, "what": "update", "count": 1, "ids": [str(row.pk)]}
            for row in (*followed, declaration)
        ),
        key=str,
    )


def test_what_is_accepted_and_changes_no_record_is_sent(in_admin, audit_log, staff):
    school = builders.make_school()
    in_admin.post("/admin/schools/school/", {"action": "", "_selected_action": [school.pk]})
    (event,) = audit_log.events()
    assert (event["event"], event["user"]) == ("sent", staff.pk)


def test_a_lead_provider_s_change_is_known_by_its_token(client):
    call_command("load_demo")
    declaration = Declaration.objects.filter(state="eligible").first()
    token, secret = make_token(declaration.lead_provider, by="test", now=declaration.created_at)
    with caught() as audit_log:
        answer = client.put(
            f"/api/v3/participant-declarations/{declaration.pk}/void",
            headers={"authorization": f"Bearer {secret}"},
        )
    assert answer.status_code == 200, answer.content
    (event,) = audit_log.events()
    assert (event["event"], event["user"], event["by"]) == ("changed", None, f"token {token.pk}")
    assert event["ids"] == {"declaration_id": str(declaration.pk)}


def test_a_command_is_known_by_its_name_and_its_changes(staff):
    with caught() as audit_log:
        call_command("invite_staff", "new@education.example")
    invited, event = audit_log.whole()
    assert invited["request"] == event["request"]
    made = User.objects.get(email="new@education.example")
    assert (event["event"], event["command"]) == ("command ran", "invite_staff")
    assert {"model": "accounts.user", "what": "insert", "count": 1, "ids": [str(made.pk)]} in event[
        "changes"
    ]
    metadata = {"command": "invite_staff", "request": event["request"]}
    assert pghistory.models.Context.objects.filter(metadata=metadata).exists()


def test_every_command_of_ours_is_recorded():
    changes_no_record = {"draw_domain"}
    ours = {name: app for name, app in get_commands().items() if app in OUR_APPS}
    assert {
        name
        for name, app in ours.items()
        if not isinstance(load_command_class(app, name), AuditedCommand)
    } == changes_no_record


# What an address may hold in the place of an id: words, and numbers that are no ids.
WORDS = (
    "jane@school.example",
    "Jane Thomas",
    "d2f0-9c1b",
    "9" * 20,
    "12 ",
    "-7",
    "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}",
    "\N{FULLWIDTH DIGIT ONE}",
    "6f1e0a52c3d44b7e9a1b2c3d4e5f6071",  # as a token may be: a UUID has its hyphens
    "{6f1e0a52-c3d4-4b7e-9a1b-2c3d4e5f6071}",
)


def ids_of(address: str) -> dict[str, str]:
    """The ids that a line of the audit log has for this address."""
    request = HttpRequest()
    request.method, request.user = "POST", User(pk=1)
    request.resolver_match = resolve(address)
    with caught() as lines:
        AuditLogMiddleware(lambda _: HttpResponse())(request)
    (event,) = lines.events()
    return event["ids"]


@pytest.mark.parametrize("word", WORDS)
def test_no_word_of_an_address_is_taken_for_an_id(word):
    assert ids_of(f"/admin/schools/teacher/{word}/change/") == {}
    assert ids_of(f"/api/v3/participant-declarations/{word}") == {}


@pytest.mark.parametrize("token", [*WORDS, "123456", "6f1e0a52-c3d4-4b7e-9a1b-2c3d4e5f6071"])
def test_a_token_in_an_address_is_never_an_id(token):
    assert ids_of(f"/staff/invitation/7/{token}") == {"user_id": "7"}


def test_the_ids_of_an_address_are_numbers_and_uuids():
    public_id = "6f1e0a52-c3d4-4b7e-9a1b-2c3d4e5f6071"
    assert ids_of("/admin/schools/teacher/7/change/") == {"object_id": "7"}
    assert ids_of(f"/admin/declarations/declaration/{public_id}/change/") == {
        "object_id": public_id
    }
    assert ids_of(f"/schools/100001/mentors/{public_id}") == {
        "urn": "100001",
        "public_id": public_id,
    }


def test_no_part_of_any_address_that_may_be_a_word_is_taken_for_an_id():
    """Every address of the service, also one that is new, with a word wherever one may stand."""
    word = "jane-thomas"
    for route in every_route(get_resolver()):
        address = "/" + re.sub(r"<(?:(?:str|slug|path):)?\w+>", word, route)
        address = re.sub(r"<uuid:\w+>", "6f1e0a52-c3d4-4b7e-9a1b-2c3d4e5f6071", address)
        address = re.sub(r"<int:\w+>", "7", address)
        assert word not in ids_of(address).values(), address


def every_route(resolver, before: str = "") -> Iterator[str]:
    """The routes of all addresses that are not regular expressions."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern.pattern, RegexPattern):
            continue
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_route(pattern, route)
        else:
            yield route
