"""What follows from how a journey is declared: the page that is due, those reached, the rows."""

from dataclasses import replace
from datetime import date

import pytest
from django import forms
from django.test import RequestFactory

from mentors.journeys.adding.answers import Adding
from mentors.journeys.adding.journey import ADD_ECT, ADD_MENTOR, STEPS
from mentors.journeys.declaration import AnswerRow, Step, answered_rows
from mentors.journeys.drafts import Draft
from mentors.journeys.forms import StepForm
from mentors.urls import urlpatterns
from tests import builders

pytestmark = pytest.mark.django_db

BORN = date(1989, 11, 13)
NEW = {"trn": "7654321", "date_of_birth": BORN}
ALL = NEW | {"name": "Ray Kirby", "email": "r@a.example", "started_on": date(2026, 1, 5)}


def adding(journey=ADD_MENTOR, page: str = "trn", query: str = "", **answers) -> Adding:
    school = builders.make_school()
    request = RequestFactory().get(f"/{query}")
    request.user = builders.make_tutor(school)
    draft = Draft(request.user, school, journey.name)
    return Adding(journey, request, school, draft, page, answers, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({}, "trn"),
        ({"trn": "7654321"}, "date-of-birth"),
        (NEW, "not-found"),
        (NEW | {"name": "Ray Kirby"}, "email"),
        (ALL, "check"),
        (ALL | {"email": None}, "email"),
    ],
)
def test_the_first_page_that_is_not_done_with_is_due(answers, due):
    assert adding(**answers).due == due


def test_an_ect_is_asked_one_question_more():
    assert adding(ADD_ECT, **ALL).due == "induction"
    assert adding(**ALL).reached("induction") is None


def test_a_notice_lets_its_question_be_opened_and_one_without_ends_the_journey():
    assert adding(**NEW).reached("name")
    assert adding(**NEW).reached("email") is None
    mentor = builders.make_ect(builders.make_teacher("Jane Thomas", "7654321", date_of_birth=BORN))
    stopped = adding(**ALL)
    assert mentor.teacher == stopped.teacher
    assert stopped.due == "not-possible"
    assert stopped.reached("email") is None


def test_a_notice_beside_a_page_is_open_as_soon_as_that_is():
    assert adding().reached("no-trn")
    assert adding(**NEW).reached("not-added") is None
    assert adding(**ALL).reached("not-added")


@pytest.mark.parametrize(
    ("slug", "query", "back"),
    [
        ("date-of-birth", "", "trn"),
        ("name", "", "not-found"),
        ("check", "", "start-date"),
        ("email", "?change=1", "check"),
        ("no-trn", "", "trn"),
    ],
)
def test_where_back_leads(slug, query, back):
    progress = adding(page=slug, query=query, **ALL)
    assert progress.back == progress.address(back)


def test_before_the_first_page_back_leads_to_the_end():
    progress = adding()
    assert progress.back == progress.end == f"/schools/{progress.school.urn}/mentors"


class SubjectForm(StepForm):
    """A question that is asked nowhere."""

    asks = "What does {0.name} teach?"
    rows = ("Subject",)

    subject = forms.ChoiceField(choices=[("ma", "Mathematics"), ("la", "Latin")])


def test_a_question_is_added_by_a_form_and_a_line():
    journey = replace(ADD_MENTOR, steps=(*STEPS, Step("subject", SubjectForm)))
    progress = adding(journey, **ALL)
    assert progress.due == "subject"
    assert SubjectForm(progress).question == "What does Ray Kirby teach?"
    answered = replace(progress, answers=ALL | {"subject": "la"})
    assert answered.due == "check"
    change = f"{answered.address('subject')}?change=1"
    assert answered_rows(answered)[-1] == AnswerRow("Subject", "Latin", change)


def test_every_address_has_a_name_of_its_own():
    names = [pattern.name for pattern in urlpatterns]
    assert len(set(names)) == len(names) == len({str(p.pattern) for p in urlpatterns})
