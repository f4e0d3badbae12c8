"""The errors of each page on which a person is added."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.builders import make_mentor, make_school, make_tutor
from tests.mentors.journeys.adding_helpers import Adder, day

NOW = "2026-01-15T12:00:00Z"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@time_machine.travel(NOW, tick=False)
def on_the_check_page() -> Adder:
    school, client = make_school(), Client()
    client.force_login(make_tutor(school))
    return Adder(client, school, "ects").answer(name="Ray Kirby", induction=date(2026, 1, 5))


@pytest.fixture(scope="module")
def answered(built_once) -> Adder:
    return built_once(on_the_check_page)


@pytest.fixture
def ects(client: Client, answered: Adder) -> Adder:
    """On the journey of an ECT who is new, with every answer given."""
    client.cookies = answered.client.cookies.copy()
    return Adder(client, answered.school, "ects").open("check")


@pytest.mark.parametrize(
    ("slug", "data", "error"),
    [
        ("trn", {"trn": ""}, "Enter their TRN"),
        (
            "trn",
            {"trn": "AB12/34567"},
            "TRN must be digits only, like 0123456",
        ),
        ("trn", {"trn": "1" * 51}, "TRN must be 7 digits, like 0123456"),
        ("date-of-birth", {}, "Enter their date of birth"),
        (
            "date-of-birth",
            day("date_of_birth", date(2010, 1, 1)),
            "Date of birth must be at least 18 years ago",
        ),
        ("name", {"name": "   "}, "Enter their full name"),
        ("name", {"name": "n" * 201}, "Full name must be 200 characters or less"),
        ("email", {"email": ""}, "Enter their email address"),
        (
            "email",
            {"email": "ray"},
            "Enter an email address in the correct format, like name@example.com",
        ),
        ("start-date", {}, "Enter their start date"),
        (
            "start-date",
            day("started_on", date(2028, 1, 1)),
            "Start date must be on or before 15 January 2027",
        ),
        ("induction", {"induction_started_on-day": "1"}, "Their induction start date must include"),
        (
            "induction",
            day("induction_started_on", date(2009, 9, 1)),
            "Induction start date must be on or after 1 September 2010",
        ),
    ],
)
def test_what_a_page_does_not_take(ects: Adder, slug, data, error):
    ects.send(slug, **data)
    (said,) = ects.errors()
    assert said.startswith(error)
    assert ects.at == slug
    assert ects.page.title.get_text().startswith("Error: ")
    # What was answered before is what counts.
    assert ects.open("check").at == "check"


def test_it_has_to_be_said_whether_this_is_them(ects: Adder):
    known = make_mentor().teacher
    mentors = Adder(ects.client, ects.school).look_up(known.trn, known.date_of_birth)
    assert mentors.send("teacher").errors() == ["Select if this is them"]


def test_somebody_elses_address_is_refused_in_any_case_and_nobody_is_named(ects: Adder):
    other = make_mentor(name="Morgan Mentor", email="taken@school.example")
    mentors = Adder(ects.client, ects.school).answer(name="Ray Kirby")
    mentors.send("email", email="Taken@School.example")
    assert mentors.errors() == ["Another person has this email address. Enter a different one"]
    assert other.teacher.name not in mentors.text()


def test_an_address_that_is_taken_meanwhile_is_said_where_all_is_checked(ects: Adder):
    mentors = Adder(ects.client, ects.school).answer(name="Ray Kirby")
    make_mentor(email="jane@school.example")
    mentors.confirm()
    assert mentors.errors() == ["Another person has this email address. Enter a different one"]
    assert mentors.page.select_one(".govuk-error-summary__list a")["href"] == "#answers"
