"""A refusal of the database is said in words, with links to the rows in the way."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from core.refusals import refusals_in_words, words_of
from core.refused_rows import rows_in_the_way
from declarations.models import DeliveryPartner, TrainingPeriod
from schools.models import MentorAtSchool, Teacher
from staff.steps import Review, StaffStep, StaffStepForm
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff
from tests.staff.finance import enter_as

pytestmark = pytest.mark.django_db
START = date(2022, 9, 1)


def refused(act) -> DatabaseError:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return error.value


@pytest.fixture
def mentor() -> MentorAtSchool:
    return builders.make_mentor(name="Mo Entor", started_on=START)


def test_training_outside_the_time_at_the_school_names_that_time(mentor):
    error = refused(lambda: builders.make_training_period(mentor, started_on=date(2021, 9, 1)))
    assert words_of(error) == (
        "This training period does not fit its mentor at school: teacher and school must be the"
        " same, and its days must be within."
    )
    assert rows_in_the_way(error) == [mentor]


def test_a_time_at_a_school_that_training_rests_on_names_the_training(mentor):
    training = builders.make_training_period(mentor, started_on=START)
    error = refused(
        lambda: MentorAtSchool.objects.filter(pk=mentor.pk).update(started_on=date(2023, 1, 1))
    )
    assert words_of(error) == (
        "The training periods that rest on this mentor at school would not fit it. Change those"
        " first."
    )
    assert rows_in_the_way(error) == [training]


def test_an_overlap_and_a_taken_value_name_the_row_that_is_there(mentor):
    again = MentorAtSchool(
        teacher=mentor.teacher, school=mentor.school, email=mentor.email, started_on=START
    )
    error = refused(again.save)
    assert words_of(error) == "This teacher is already a mentor at this school then."
    assert rows_in_the_way(error) == [mentor]
    same = Teacher(name="Other", trn=mentor.teacher.trn, date_of_birth=START)
    assert rows_in_the_way(refused(same.save)) == [mentor.teacher]


@pytest.mark.parametrize("leads", [True, False], ids=["superuser", "support"])
def test_the_form_shows_the_words_and_links_to_what_the_user_may_open(member, mentor, leads):
    browser = member("support")
    User.objects.filter(is_staff=True).update(is_superuser=leads)
    training = builders.make_training_period(mentor, started_on=START)
    answer = browser.post(
        reverse("admin:schools_mentoratschool_change", args=[mentor.pk]),
        {
            "teacher": mentor.teacher_id,
            "school": mentor.school_id,
            "email": mentor.email,
            "started_on": "2023-01-01",
            "finished_on": "",
        },
    )
    assert answer.status_code == 200
    (said,) = BeautifulSoup(answer.content, "html.parser").select(".errorlist.nonfield")
    assert "The training periods that rest on this mentor at school would not fit it." in said.text
    assert str(training) in said.text
    links = [link["href"] for link in said.select("a")]
    page = reverse("admin:declarations_trainingperiod_change", args=[training.pk])
    assert links == ([page] if leads else [])
    assert TrainingPeriod.objects.get().started_on == START


def test_a_step_that_the_database_refuses_names_the_rows_in_the_way(mentor):
    """As when another user was faster: what the step had checked is no longer so."""

    def act(record: MentorAtSchool, *_: object) -> str:
        with refusals_in_words(), transaction.atomic():
            MentorAtSchool.objects.create(
                teacher=record.teacher, school=record.school, email="a@b.example", started_on=START
            )
        return "done"

    step = StaffStep("again", "Again", (), StaffStepForm, lambda *_: Review((), ""), act)
    browser, user = enter_as("support")
    request = RequestFactory().post("/", {"seen": ""})
    request.user, request.session = user, browser.session
    answer = admin.site.get_model_admin(MentorAtSchool).step_view(request, mentor.pk, step)
    page = reverse("admin:schools_mentoratschool_change", args=[mentor.pk])
    assert answer.context_data["refusal"] == (
        "Nothing was changed. This teacher is already a mentor at this school then."
        f' See <a href="{page}">{mentor}</a>.'
    )


@pytest.mark.django_db(transaction=True)  # a list deletes outside a transaction
@pytest.mark.parametrize("ask", ["delete", "changelist"])
def test_a_deletion_that_the_database_refuses_is_answered_in_words(client, monkeypatch, ask):
    """As when a school's partnership came between the check and the deletion."""
    enter_admin(client, make_staff(is_superuser=True))
    builders.make_partnership(builders.make_school())
    pair = builders.make_pair()
    model = type(pair)
    nothing_in_the_way = ([], {}, set(), [])
    of_pairs = admin.site.get_model_admin(model)
    monkeypatch.setattr(of_pairs, "get_deleted_objects", lambda *_: nothing_in_the_way)
    address = reverse(
        f"admin:declarations_{model._meta.model_name}_{ask}",
        args=[pair.pk] if ask == "delete" else [],
    )
    chosen = {"action": "delete_selected", "_selected_action": [pair.pk], "post": "yes"}
    answer = client.post(address, chosen, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    (said,) = BeautifulSoup(answer.content, "html.parser").select(".messagelist .error")
    assert said.text == (
        "The school partnerships that rest on this delivery partner of a lead provider would not"
        " fit it. Change those first."
    )
    assert model.objects.get() == pair


def form_of(browser, address: str) -> dict[str, str]:
    """What a browser sends of a form as it is shown."""
    shown = BeautifulSoup(browser.get(address).content, "html.parser").select_one("form[id$=_form]")
    return {
        field["name"]: field.get("value", "")
        for field in shown.select("input[name]")
        if field.get("type") not in ("submit", "checkbox", "file")
    }


def test_a_form_that_is_sent_over_a_change_made_meanwhile_is_refused_and_shows_both(member, mentor):
    teacher, browser = mentor.teacher, member("support")
    address = reverse("admin:schools_teacher_change", args=[teacher.pk])
    sent = form_of(browser, address)
    Teacher.objects.filter(pk=teacher.pk).update(name="Mo Married", induction_started_on=START)
    answer = browser.post(address, sent | {"name": "Mo Corrected"})
    shown = BeautifulSoup(answer.content, "html.parser")
    said = " ".join(shown.select_one(".errorlist.nonfield").text.split())
    assert "name was “Mo Entor” when you opened this page and is “Mo Married” now" in said
    assert "induction started on was nothing" in said
    assert "is 1 September 2022 now" in said
    assert shown.select_one("input[name=name]")["value"] == "Mo Corrected"
    teacher.refresh_from_db()
    assert teacher.name == "Mo Married"
    again = {
        field["name"]: field.get("value", "")
        for field in shown.select("form[id$=_form] input[name]")
        if field.get("type") not in ("submit", "checkbox", "file")
    }
    assert browser.post(address, again).status_code == 302
    teacher.refresh_from_db()
    assert teacher.name == "Mo Corrected"


def test_another_record_that_was_chosen_meanwhile_is_named(client):
    enter_admin(client, make_staff(is_superuser=True))
    pair, other = builders.make_pair(), DeliveryPartner.objects.create(name="Another Hub")
    address = reverse(f"admin:declarations_{type(pair)._meta.model_name}_change", args=[pair.pk])
    sent = form_of(client, address) | {
        "lead_provider": pair.lead_provider_id,
        "delivery_partner": pair.delivery_partner_id,
        "cohort": pair.cohort_id,
    }
    type(pair).objects.update(delivery_partner=other)
    answer = client.post(address, sent)
    (said,) = BeautifulSoup(answer.content, "html.parser").select(".errorlist.nonfield")
    assert (
        "delivery partner was Selby Teaching School Hub when you opened this page and is"
        " Another Hub now"
    ) in " ".join(said.text.split())


def test_a_form_that_nothing_came_between_is_saved(member, mentor):
    browser = member("support")
    address = reverse("admin:schools_mentoratschool_change", args=[mentor.pk])
    sent = form_of(browser, address)
    values = {"teacher": mentor.teacher_id, "school": mentor.school_id, "finished_on": "2027-07-31"}
    assert browser.post(address, sent | values).status_code == 302
    mentor.refresh_from_db()
    assert mentor.last_day == date(2027, 7, 31)


@pytest.mark.parametrize("seen", ["", "{", "[]", "7", '{"name": 5}', "\x00"])
def test_what_no_form_sends_along_is_no_error(member, mentor, seen):
    browser = member("support")
    address = reverse("admin:schools_teacher_change", args=[mentor.teacher_id])
    answer = browser.post(address, form_of(browser, address) | {"_seen": seen})
    assert answer.status_code in (200, 302)
