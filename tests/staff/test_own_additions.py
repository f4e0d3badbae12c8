"""Support undoes what they added by mistake: a teacher, a mentorship, an induction tutor."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors.models import Mentorship
from schools.models import InductionTutor, MentorAtSchool, Teacher
from tests import builders
from tests.declarations.trained import NOW
from tests.staff.finance import enter_as, read

pytestmark = pytest.mark.django_db
BEGAN = date(2025, 9, 1)
INLINE = {"recorded_completions-TOTAL_FORMS": 0, "recorded_completions-INITIAL_FORMS": 0}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def send(browser: Client, address: str, answers: dict) -> None:
    answer = browser.post(address, answers)
    assert answer.status_code == 302, BeautifulSoup(answer.text, "html.parser").select(".errorlist")


def page(record: Model, view: str) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=[record.pk])


def add_teacher(browser: Client) -> Teacher:
    answers = {"name": "Ada Mistake", "trn": "7654321", "date_of_birth": "1990-05-17"}
    send(browser, "/admin/schools/teacher/add/", answers | INLINE)
    return Teacher.objects.get(trn="7654321")


def add_mentorship(browser: Client, started_on: date = BEGAN) -> Mentorship:
    mentor = builders.make_mentor()
    ect = builders.make_ect(school=mentor.school)
    answers = {"mentor": mentor.pk, "ect": ect.pk, "started_on": started_on}
    send(browser, "/admin/mentors/mentorship/add/", answers)
    return Mentorship.objects.get(mentor=mentor, ect=ect)


def add_tutor(browser: Client) -> InductionTutor:
    answers = {"school": builders.make_school().pk, "name": "Tess Tutor"}
    send(browser, "/admin/schools/inductiontutor/add/", answers | {"email": "tess@school.example"})
    return InductionTutor.objects.get(user__email="tess@school.example")


ADDED = pytest.mark.parametrize("add", [add_teacher, add_mentorship, add_tutor])


@ADDED
def test_who_added_it_undoes_it(add: Callable[[Client], Model]):
    browser, _ = enter_as("support")
    record = add(browser)
    assert page(record, "delete") in read(browser.get(page(record, "change"))).decode()
    assert browser.get(page(record, "delete")).status_code == 200
    send(browser, page(record, "delete"), {"post": "yes"})
    assert not type(record)._default_manager.filter(pk=record.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_undone_after_a_commit_too_which_stamps_the_record():
    browser, _ = enter_as("support")
    teacher = add_teacher(browser)
    send(browser, page(teacher, "delete"), {"post": "yes"})
    assert not Teacher.objects.exists()


@ADDED
def test_nobody_else_does(add: Callable[[Client], Model]):
    record = add(enter_as("support")[0])
    for group in ("support", "policy", "finance"):
        other, _ = enter_as(group, f"another.{group}@education.example")
        assert other.post(page(record, "delete"), {"post": "yes"}).status_code == 403
    assert type(record)._default_manager.filter(pk=record.pk).exists()


def test_what_another_user_has_changed_since_is_no_longer_undone():
    browser, _ = enter_as("support")
    teacher = add_teacher(browser)
    colleague, _ = enter_as("support", "colleague@education.example")
    changed = {"name": "Ada Right", "trn": teacher.trn, "date_of_birth": "1990-05-17"}
    send(colleague, page(teacher, "change"), changed | INLINE)
    assert browser.get(page(teacher, "delete")).status_code == 403
    assert colleague.get(page(teacher, "delete")).status_code == 403


def test_what_is_of_an_import_is_nobody_s_own():
    teacher = builders.make_teacher()
    browser, _ = enter_as("support")
    assert browser.get(page(teacher, "delete")).status_code == 403


def test_a_teacher_whom_other_records_rest_on_stays_and_the_page_leads_to_these():
    browser, _ = enter_as("support")
    teacher = add_teacher(browser)
    mentor = builders.make_mentor(teacher)
    answer = browser.get(page(teacher, "delete"))
    assert page(mentor, "change") in answer.text
    browser.post(page(teacher, "delete"), {"post": "yes"})
    assert Teacher.objects.filter(pk=teacher.pk).exists()


def test_a_planned_mentorship_gives_back_what_it_cut_short():
    browser, _ = enter_as("support")
    mentorship = add_mentorship(browser, date(2026, 3, 30))
    before = builders.make_mentorship(
        builders.make_mentor(school=mentorship.school),
        mentorship.ect,
        started_on=BEGAN,
        finished_on=date(2026, 3, 30),
    )
    assert "will go on mentoring" in browser.get(page(mentorship, "delete")).text
    send(browser, page(mentorship, "delete"), {"post": "yes"})
    before.refresh_from_db()
    assert before.finished_on is None


def test_a_tutor_who_has_signed_in_gets_a_last_day_instead():
    browser, _ = enter_as("support")
    tutor = add_tutor(browser)
    tutor.user.last_login = timezone.now()
    tutor.user.save()
    assert browser.get(page(tutor, "delete")).status_code == 403


def test_the_list_offers_no_deletion_of_many():
    browser, _ = enter_as("support")
    add_teacher(browser)
    assert "delete_selected" not in browser.get("/admin/schools/teacher/").text


def test_a_mentor_is_undone_by_the_rule_of_the_schools_pages():
    browser, _ = enter_as("support")
    mentor = builders.make_mentor()
    builders.make_mentorship(mentor, builders.make_ect(school=mentor.school))
    assert "You can no longer undo adding" in browser.get(page(mentor, "delete")).text
    browser.post(page(mentor, "delete"), {"post": "yes"})
    assert MentorAtSchool.objects.filter(pk=mentor.pk).exists()
