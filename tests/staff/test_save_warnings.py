"""Admin asks before it saves a second record of a person, and warns of what may be a slip."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mentors.models import Mentorship
from schools.models import MentorAtSchool, School, Teacher
from tests import builders
from tests.declarations.trained import NOW
from tests.staff.finance import enter_as, read, said

pytestmark = pytest.mark.django_db
INLINE = {"recorded_completions-TOTAL_FORMS": 0, "recorded_completions-INITIAL_FORMS": 0}
ADD = "/admin/schools/teacher/add/"
ADA = {"name": "Ada Öne", "trn": "7654321", "date_of_birth": "1990-05-17"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def support() -> Client:
    return enter_as("support")[0]


def page_of(record) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


# --- A second person of the same name and date of birth ---


def test_a_second_one_is_asked_about_with_a_link_and_saved_when_that_is_confirmed(support):
    ada = builders.make_teacher("ADA ONE")
    assert not read(support.get(ADD)).select("[name=is_another_person]:not([type=hidden])")
    asked = read(support.post(ADD, ADA | INLINE))
    assert "There is a teacher of this name and date of birth already" in asked.text
    assert asked.find("a", string=str(ada))["href"] == page_of(ada)
    box = asked.select_one("input[type=checkbox][name=is_another_person]")
    assert box
    assert asked.select_one(f"label[for={box['id']}]")
    assert asked.select_one("[name=name]")["value"] == "Ada Öne"
    assert Teacher.objects.count() == 1
    answer = support.post(ADD, ADA | INLINE | {"is_another_person": "on"})
    assert answer.status_code == 302
    assert Teacher.objects.get(trn="7654321").name == "Ada Öne"


def test_nobody_is_asked_about_another_birthday_or_name(support):
    builders.make_teacher("Ada One", date_of_birth=date(1990, 5, 18))
    builders.make_teacher("Ada Two")
    assert support.post(ADD, ADA | INLINE).status_code == 302


def test_a_record_that_has_a_twin_already_is_asked_about_only_when_it_becomes_one(support):
    builders.make_teacher("Ada One")
    twin = builders.make_teacher("Ada One", trn="7654321")
    answer = support.post(page_of(twin), ADA | INLINE | {"name": "Ada One", "trn": "7654322"})
    assert answer.status_code == 302
    other = builders.make_teacher("Ada Other", trn="7654324")
    answers = ADA | INLINE | {"name": "ada one", "trn": other.trn}
    assert "already" in read(support.post(page_of(other), answers)).text


# --- What is saved with a warning ---


def add_time(support: Client, school: School, **days: date) -> list[str]:
    teacher = builders.make_teacher()
    answers = {"teacher": teacher.pk, "school": school.pk, "email": "m@school.example"} | days
    answer = support.post("/admin/schools/mentoratschool/add/", answers)
    assert answer.status_code == 302, answer.text
    time = MentorAtSchool.objects.get(teacher=teacher)
    told = [text for text in said(answer) if "slip" in text]
    assert all(f'<a href="{page_of(time)}">put it right</a>' in text for text in told)
    return [text.partition(" If that")[0] for text in told]


@pytest.mark.parametrize(
    ("started_on", "warned"),
    [
        (date(2021, 3, 2), []),
        (date(2021, 3, 1), ["Started on is more than 5 years ago: 1 March 2021."]),
        (date(2027, 3, 2), []),
    ],
)
def test_a_day_long_ago_is_warned_of(support, started_on, warned):
    assert add_time(support, builders.make_school(), started_on=started_on) == warned


def test_a_last_day_is_named_as_it_was_entered(support):
    days = {"started_on": date(2019, 9, 1), "finished_on": date(2020, 8, 31)}
    assert add_time(support, builders.make_school(), **days) == [
        "Started on is more than 5 years ago: 1 September 2019.",
        "Last day is more than 5 years ago: 31 August 2020.",
    ]


def test_a_closed_school_is_warned_of(support):
    closed = builders.make_school(
        "Shut Primary", status=School.Status.CLOSED, closed_on=date(2025, 8, 31)
    )
    days = {"started_on": date(2024, 9, 1), "finished_on": date(2025, 7, 20)}
    assert add_time(support, closed, **days) == ["Shut Primary is closed."]


def test_a_pairing_long_ago_and_an_unchanged_one(support):
    mentor = builders.make_mentor(started_on=date(2015, 9, 1))
    ect = builders.make_ect(school=mentor.school, started_on=date(2015, 9, 1))
    answers = {"mentor": mentor.pk, "ect": ect.pk, "started_on": date(2020, 9, 1)}
    answer = support.post("/admin/mentors/mentorship/add/", answers)
    (told,) = [text for text in said(answer) if "slip" in text]
    assert told.startswith("Started on is more than 5 years ago: 1 September 2020.")
    again, _ = enter_as("support", "again@education.example")
    mentorship = Mentorship.objects.get()
    unchanged = again.post(page_of(mentorship), answers)
    assert unchanged.status_code == 302
    assert not [text for text in said(unchanged) if "slip" in text]
