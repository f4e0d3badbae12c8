"""Admin, as a DfE member of staff uses it: every model is there, and says who changed what."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from accounts.models import User
from core.admin_bases import ReadOnlyAdmin
from declarations.models import ApiToken, LeadProvider, TrainingPeriod
from declarations.tokens import token_of
from mentors.models import Leaving, Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests import builders
from tests.accounts.signing_in import enter_admin
from tests.declarations.trained import NOW

OUR_APPS = {"accounts", "schools", "declarations", "mentors"}
OUR_ADMINS = [
    pytest.param(model, model_admin, id=model.__name__)
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label in OUR_APPS
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    member = User.objects.create_superuser("dfe@education.example", "Dee Effie")
    enter_admin(client, member)
    return client


def page(response) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def address(model, view: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def mentor_form(mentor: MentorAtSchool, **changes: str) -> dict[str, str]:
    return {
        "teacher": mentor.teacher_id,
        "school": mentor.school_id,
        "email": mentor.email,
        "started_on": mentor.started_on.isoformat(),
        "finished_on": "",
    } | changes


def test_every_model_of_ours_is_in_admin():
    shown_within_another = {"DeclarationStateChange", "SchoolSuccession"}
    of_one_process = {"PageCursor", "RequestWindow"}  # forgotten within minutes: no records
    ours = {
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not hasattr(model, "pgh_tracked_model")
    }
    missing = {model.__name__ for model in ours - set(admin.site._registry)}
    assert missing <= shown_within_another | of_one_process


@pytest.mark.parametrize("typed", ["0836472", "RP08/36472", "08-36472.", "08 36472\u200b"])
@pytest.mark.parametrize(
    "model", [Teacher, MentorAtSchool, ECTAtSchool, Mentorship, Leaving, TrainingPeriod]
)
def test_a_search_finds_a_trn_as_people_write_it(staff, model, typed):
    mentor = builders.make_mentor(builders.make_teacher(trn="0836472"))
    ect = builders.make_ect(builders.make_teacher(trn="0836473"), mentor.school)
    of_ect = builders.make_ect(builders.make_teacher(trn="0836474"))
    if model is ECTAtSchool:
        Teacher.objects.filter(pk=mentor.teacher_id).update(trn="0000001")
        Teacher.objects.filter(pk=of_ect.teacher_id).update(trn="0836472")
    builders.make_mentorship(mentor, ect)
    builders.make_training_period(mentor)
    Leaving.objects.create(mentor=mentor, finished_on=date(2026, 9, 1), told_at=NOW)
    found = page(staff.get(address(model, "changelist"), {"q": typed}))
    assert len(found.select("#result_list tbody tr")) == 1


@pytest.mark.parametrize(("model", "model_admin"), OUR_ADMINS)
def test_lists_search_and_forms_open(staff, model, model_admin):
    assert page(staff.get(address(model, "changelist")))
    if model_admin.search_fields:
        assert page(staff.get(address(model, "changelist"), {"q": "0836472"}))
    expected = 403 if isinstance(model_admin, ReadOnlyAdmin) else 200
    assert staff.get(address(model, "add")).status_code == expected


def test_a_period_is_asked_for_and_shown_by_its_last_day(staff):
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    answer = staff.post(
        address(MentorAtSchool, "change", mentor.pk), mentor_form(mentor, finished_on="2023-07-31")
    )
    assert answer.status_code == 302
    mentor.refresh_from_db()
    assert mentor.finished_on == date(2023, 8, 1)
    form = page(staff.get(address(MentorAtSchool, "change", mentor.pk)))
    assert form.find("input", {"name": "finished_on"})["value"] == "31/07/2023"


def test_an_email_address_typed_in_capitals_is_kept_in_lower_case(staff):
    mentor = builders.make_mentor()
    staff.post(
        address(MentorAtSchool, "change", mentor.pk),
        mentor_form(mentor, email="Jane.Thomas@School.Example"),
    )
    mentor.refresh_from_db()
    assert mentor.email == "jane.thomas@school.example"


def test_an_end_before_the_start_is_an_error_at_its_field(staff):
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    answer = page(
        staff.post(
            address(MentorAtSchool, "change", mentor.pk),
            mentor_form(mentor, finished_on="2022-08-01"),
        )
    )
    assert "The end must be after the start." in answer.select_one(".field-finished_on").text


def test_a_second_time_at_the_same_school_is_refused_in_words(staff):
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    answer = page(
        staff.post(
            address(MentorAtSchool, "add"),
            mentor_form(mentor, started_on="2023-01-01", email=mentor.email),
        )
    )
    assert "This teacher is already a mentor at this school then." in answer.text


def test_what_the_database_refuses_is_an_error_and_loses_nothing(staff):
    """Shortening a mentor's time below a mentorship: no form knows, the key refuses."""
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    ect = builders.make_ect(school=mentor.school, started_on=date(2022, 9, 1))
    builders.make_mentorship(mentor, ect, started_on=date(2022, 9, 1))
    answer = page(
        staff.post(
            address(MentorAtSchool, "change", mentor.pk),
            mentor_form(mentor, finished_on="2023-07-31", email="new@school.example"),
        )
    )
    assert "does not fit the other records" in answer.select_one(".errorlist.nonfield").text
    assert answer.find("input", {"name": "email"})["value"] == "new@school.example"
    mentor.refresh_from_db()
    assert mentor.finished_on is None


def test_history_says_who_changed_what_when_and_from_where(staff):
    teacher = builders.make_teacher(name="Jane Thomas")
    staff.post(
        address(Teacher, "change", teacher.pk),
        {"trn": teacher.trn, "name": "Jane Tomas", "date_of_birth": "1989-11-13"}
        | {
            f"{prefix}-{key}": "0"
            for prefix in (
                "mentoratschools",
                "ectatschools",
                "training_periods",
                "declarations",
                "recorded_completions",
            )
            for key in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
    )
    teacher.refresh_from_db()
    assert teacher.name == "Jane Tomas"
    event = teacher.events.select_related("pgh_context").latest("pgh_id")
    assert (event.name, event.pgh_label) == ("Jane Tomas", "update")
    who = event.pgh_context.metadata["user"]
    assert User.objects.get(pk=who).name == "Dee Effie"
    form = page(staff.get(address(Teacher, "change", teacher.pk)))
    link = form.select_one("a.events-admin")
    events = page(staff.get(link["href"]))
    assert "Jane Tomas" in events.text


def test_a_school_s_urn_is_read_only_once_it_is_there(staff):
    school = builders.make_school()
    form = page(staff.get(address(School, "change", school.pk)))
    assert form.find("input", {"name": "urn"}) is None


def test_a_tutor_does_not_get_into_admin(client):
    client.force_login(builders.make_tutor(builders.make_school()))
    assert client.get(reverse("admin:index")).status_code == 302


def test_changes_by_plain_sql_are_in_the_history_too():
    teacher = builders.make_teacher(name="Jane Thomas")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE schools_teacher SET name = 'X' WHERE id = %s", [teacher.pk])
    assert list(teacher.events.order_by("pgh_id").values_list("name", flat=True)) == [
        "Jane Thomas",
        "X",
    ]


def test_an_api_token_is_shown_once_works_and_is_revoked(staff):
    provider = LeadProvider.objects.create(name="Ambition Institute")
    made = staff.post(address(ApiToken, "add"), {"lead_provider": provider.pk}, follow=True)
    secret = re.search(r"The token is (\S+)", page(made).text).group(1)
    token = token_of(secret)
    assert token.lead_provider == provider
    assert secret not in page(staff.get(address(ApiToken, "changelist"))).text
    staff.post(
        address(ApiToken, "changelist"),
        {"action": "revoke_tokens", "_selected_action": [token.pk]},
    )
    assert token_of(secret) is None
