"""Admin, as a DfE member of staff uses it: every model is there, and says who changed what."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.admin_bases import ReadOnlyAdmin
from declarations.models import (
    ApiToken,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    RecordedCompletion,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from declarations.tokens import token_of
from mentors.models import Leaving, Mentorship
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, Teacher
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff
from tests.declarations.trained import NOW, make_trained

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
    shown_within_another = {
        "DeclarationStateChange",
        "FormerPublicId",
        "SchoolSuccession",
        "StateMoveItem",
    }
    of_one_process = {
        "PageCursor",
        "RequestWindow",
        "Session",
    }  # forgotten within minutes: no records
    kept_by_triggers = {
        "DeclarationCount",
        "Participation",
        "ProviderMentorship",
        "SharedDeclaration",
    }
    ours = {
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not hasattr(model, "pgh_tracked_model")
    }
    missing = {model.__name__ for model in ours - set(admin.site._registry)}
    assert missing <= shown_within_another | of_one_process | kept_by_triggers


@pytest.mark.parametrize(
    "model", [Teacher, MentorAtSchool, ECTAtSchool, Mentorship, Leaving, TrainingPeriod]
)
def test_a_search_finds_a_trn_as_people_write_it(staff, model):
    mentor = builders.make_mentor(builders.make_teacher(trn="0836472"))
    ect = builders.make_ect(builders.make_teacher(trn="0836473"), mentor.school)
    of_ect = builders.make_ect(builders.make_teacher(trn="0836474"))
    if model is ECTAtSchool:
        Teacher.objects.filter(pk=mentor.teacher_id).update(trn="0000001")
        Teacher.objects.filter(pk=of_ect.teacher_id).update(trn="0836472")
    builders.make_mentorship(mentor, ect)
    builders.make_training_period(mentor)
    Leaving.objects.create(mentor=mentor, finished_on=date(2026, 9, 1), told_at=NOW)
    for typed in ("0836472", "RP08/36472", "08-36472.", "08 36472\u200b"):
        found = page(staff.get(address(model, "changelist"), {"q": typed}))
        assert len(found.select("#result_list tbody tr")) == 1, typed


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


def training_form(**values) -> dict:
    provider = LeadProvider.objects.get_or_create(name="Ambition Institute")[0]
    return {
        "lead_provider": provider.pk,
        "cohort": builders.make_cohort().pk,
        "started_on": "2023-09-01",
    } | values


def test_training_of_nobody_is_refused_in_words(staff):
    answer = page(staff.post(address(TrainingPeriod, "add"), training_form()))
    assert "Choose a mentor or an ECT, and not both." in answer.text


@pytest.mark.parametrize("held", [None, date(2022, 9, 1)])
def test_training_makes_a_mentor_eligible_unless_dfe_holds_a_day(held, staff):
    teacher = builders.make_teacher(mentor_funding_eligible_from=held)
    mentor = builders.make_mentor(teacher, started_on=date(2022, 9, 1))
    staff.post(address(TrainingPeriod, "add"), training_form(mentor=mentor.pk))
    teacher.refresh_from_db()
    assert teacher.mentor_funding_eligible_from == (held or date(2023, 9, 1))


def test_training_may_wait_for_a_partnership_and_is_in_one_of_its_own_provider_and_year(staff):
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    waits = training_form(mentor=mentor.pk)
    assert staff.post(address(TrainingPeriod, "add"), waits).status_code == 302
    (training,) = mentor.training_periods.all()
    assert training.waits
    for wrong in (
        builders.make_partnership(mentor.school, 2024),
        builders.make_partnership(mentor.school, 2023, "Teach First"),
    ):
        answer = page(
            staff.post(
                address(TrainingPeriod, "change", training.pk), waits | {"partnership": wrong.pk}
            )
        )
        said = answer.select_one(".field-partnership").text
        assert "Choose a partnership with this lead provider, in this year." in said
    assert page(staff.get(address(TrainingPeriod, "changelist")))


def test_a_partnership_is_of_two_who_work_together(staff):
    school = builders.make_school()
    partnership = builders.make_partnership(school)
    other = DeliveryPartner.objects.create(name="Another Hub")
    answer = page(
        staff.post(
            address(SchoolPartnership, "change", partnership.pk),
            {
                "school_year": partnership.school_year_id,
                "lead_provider": partnership.lead_provider_id,
                "delivery_partner": other.pk,
            },
        )
    )
    said = answer.select_one(".field-delivery_partner").text
    assert "Another Hub does not work with Ambition Institute in 2023 to 2024." in said


def test_a_partnership_is_of_a_year_with_a_training_provider(staff):
    partnership = builders.make_partnership(builders.make_school())
    year = SchoolYear.objects.create(
        school=builders.make_school(),
        cohort=partnership.cohort,
        programme=SchoolYear.Programme.SCHOOL_LED,
    )
    answer = page(
        staff.post(address(SchoolPartnership, "add"), partnership_form(partnership, year))
    )
    said = answer.select_one(".field-school_year").text
    assert "Choose a year in which the school uses a training provider." in said


def partnership_form(like: SchoolPartnership, year: SchoolYear) -> dict[str, int]:
    """A partnership of the same two in this year."""
    return {
        "school_year": year.pk,
        "lead_provider": like.lead_provider_id,
        "delivery_partner": like.delivery_partner_id,
    }


@pytest.mark.parametrize("on_the_page_of", [SchoolPartnership, SchoolYear])
def test_waiting_training_is_in_the_partnership_that_staff_add(staff, on_the_page_of):
    mentor = builders.make_mentor(started_on=date(2022, 9, 1))
    staff.post(address(TrainingPeriod, "add"), training_form(mentor=mentor.pk))
    like = builders.make_partnership(builders.make_school())
    year = SchoolYear.objects.create(
        school=mentor.school, cohort=like.cohort, programme=SchoolYear.Programme.PROVIDER_LED
    )
    assert mentor.training_periods.get().waits
    form = partnership_form(like, year)
    if on_the_page_of is SchoolPartnership:
        answer = staff.post(address(SchoolPartnership, "add"), form)
    else:
        rows = {f"partnerships-0-{name}": value for name, value in form.items()}
        rows |= {"partnerships-TOTAL_FORMS": 1, "partnerships-INITIAL_FORMS": 0}
        of_year = {
            "school": year.school_id,
            "cohort": year.cohort_id,
            "programme": year.programme,
        }
        answer = staff.post(address(SchoolYear, "change", year.pk), of_year | rows)
    assert answer.status_code == 302
    assert mentor.training_periods.get().partnership == year.partnerships.get()


def test_a_pair_in_use_is_neither_changed_nor_deleted_and_the_page_says_why(staff):
    builders.make_partnership(builders.make_school())
    pair, free = builders.make_pair(), builders.make_pair(year=2024)
    why = "1 school is in partnership with Ambition Institute with Selby Teaching School Hub"
    values = {
        "lead_provider": pair.lead_provider_id,
        "delivery_partner": pair.delivery_partner_id,
        "cohort": builders.make_cohort(2025).pk,
    }
    model = LeadProviderDeliveryPartnership
    assert why in page(staff.post(address(model, "change", pair.pk), values)).text
    assert why in page(staff.post(address(model, "delete", pair.pk), {"post": "yes"})).text
    assert staff.post(address(model, "delete", free.pk), {"post": "yes"}).status_code == 302
    assert list(model.objects.all()) == [pair]


def test_training_and_not_what_is_kept_of_it_protects_a_record(staff):
    training = make_trained(2023)
    for record in (training.cohort, training.lead_provider, training.teacher):
        asked = page(staff.get(address(type(record), "delete", record.pk))).text
        assert "Training period: Morgan Mentor" in asked
        assert "Participation" not in asked


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
    said = answer.select_one(".errorlist.nonfield").text
    assert "The mentorships that rest on this mentor at school would not fit it." in said
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
    (link,) = form.select("a.historylink")
    history = page(staff.get(link["href"]))
    assert "Jane Tomas" in history.text
    assert f"Dee Effie (user {who})" in history.text


def test_a_post_of_more_rows_than_a_record_has_is_refused_in_words(staff):
    teacher = builders.make_teacher()
    number = {"TOTAL_FORMS": "9" * 20, "INITIAL_FORMS": "0"}
    said = {f"recorded_completions-{name}": value for name, value in number.items()}
    sent = {"trn": teacher.trn, "name": "Jane Tomas", "date_of_birth": "1989-11-13"} | said
    shown = page(staff.post(address(Teacher, "change", teacher.pk), sent))
    assert "Please submit at most 100 forms." in shown.text
    assert len(shown.select("select[name^=recorded_completions]")) <= 101
    teacher.refresh_from_db()
    assert teacher.name != "Jane Tomas"


def test_a_teacher_s_page_links_to_those_of_the_same_name_and_birth_date(staff):
    jane = builders.make_teacher("Jane O’Neil")
    twin = builders.make_teacher("jane oneil", date_of_birth=jane.date_of_birth)
    builders.make_teacher("Jane O’Neil", date_of_birth=jane.date_of_birth + timedelta(days=1))
    shown = page(staff.get(address(Teacher, "change", jane.pk)))
    (link,) = shown.select(".field-likely_duplicates a")
    assert (link["href"], link.text) == (address(Teacher, "change", twin.pk), str(twin))
    alone = page(staff.get(address(Teacher, "change", builders.make_teacher("Ray Kirby").pk)))
    assert alone.select_one(".field-likely_duplicates .readonly").text == "no"


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


SPELLINGS = (
    *("lukasz", "orsted", "weiss", "omalley", "o‘malley", "oʼmalley", "malley–jones"),
    "yildiz dao",
)


@pytest.mark.parametrize(
    "model",
    [Teacher, MentorAtSchool, ECTAtSchool, Mentorship, TrainingPeriod, RecordedCompletion],
)
def test_people_are_found_as_they_are_typed(staff, model):
    """Each person is found by their letters and marks, typed in any way; others are not."""
    school = builders.make_school()
    for name in ("Łukasz Ørsted-Weiß", "Seán O’Malley-Jones", "Yıldız Đào"):
        mentor = builders.make_mentor(name=name, school=school)
        builders.make_ect(name=name, school=school)
        builders.make_mentorship(mentor, builders.make_ect(school=school, name="Al"))
        builders.make_training_period(mentor)
        RecordedCompletion.objects.create(teacher=mentor.teacher, kind="early_roll_out")
    shown = 2 if model is Teacher else 1
    for search in SPELLINGS:
        found = page(staff.get(address(model, "changelist"), {"q": search}))
        assert len(found.select("#result_list tbody tr")) == shown, (search, found.text)


@pytest.mark.parametrize("search", ["lukasz", "o’malley"])
def test_tutors_and_their_accounts_are_found_as_they_are_typed(staff, search):
    school = builders.make_school("St. John’s School")
    tutor = builders.make_tutor(school, name="Łukasz O‘Malley")
    builders.make_tutor(builders.make_school())
    for model in (User, InductionTutor):
        found = page(staff.get(address(model, "changelist"), {"q": search}))
        assert tutor.name in found.text
        assert len(found.select("#result_list tbody tr")) == 1
    found = page(staff.get(address(School, "changelist"), {"q": "st johns"}))
    assert len(found.select("#result_list tbody tr")) == 1


@pytest.mark.parametrize(("model", "model_admin"), OUR_ADMINS)
def test_a_form_has_the_fields_that_django_finds_also_when_it_is_shown_again(
    rf, model, model_admin
):
    request = rf.get("/admin/")
    request.user = make_staff(is_superuser=True)
    for obj in (None, model()):
        for owner in (model_admin, *model_admin.get_inline_instances(request, obj)):
            if "get_fields" in vars(type(owner)):
                continue  # it names them itself
            found = list(BaseModelAdmin.get_fields(owner, request, obj))
            assert [list(owner.get_fields(request, obj)) for _ in range(2)] == [found, found]


def test_the_list_of_models_marks_the_one_of_the_page(staff):
    marked = []
    for page in ("schools_teacher_changelist", "schools_school_add", "index"):
        html = BeautifulSoup(staff.get(reverse(f"admin:{page}")).content, "html.parser")
        marked.append([link.text for link in html.select("#nav-sidebar [aria-current=page]")])
    assert marked == [["Teachers"], ["Schools"], []]


def test_an_action_reads_its_rows_with_what_their_names_are_made_of(staff):
    for _ in range(5):
        builders.make_mentor()
    request = staff.get(reverse("admin:schools_mentoratschool_changelist")).wsgi_request
    of_list = admin.site.get_model_admin(MentorAtSchool).get_changelist_instance(request)
    with CaptureQueriesContext(connection) as asked:
        assert len([str(each) for each in of_list.get_queryset(request)]) == 5
    assert len(asked) == 1
