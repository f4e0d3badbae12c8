"""An ECT's page: who they are, their mentor, their induction and training."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from schools.models import ECTAtSchool, School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_teacher,
    make_training_period,
)
from tests.mentors.reading import follow, heading, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY, TOMORROW = date(2026, 1, 15), date(2026, 1, 16)
NOT_REPORTED = "Not yet reported by a lead provider"


def open_ect(client: Client, ect: ECTAtSchool) -> BeautifulSoup:
    return open_page(client, "ect", ect.school.urn, ect.public_id)


def test_it_shows_who_they_are(client: Client, school: School):
    teacher = make_teacher("Jonathan Paul", "0900011", date_of_birth=date(1999, 3, 2))
    page = open_ect(client, make_ect(teacher, school, email="jonathan@school.example"))
    assert heading(page) == ("Early career teacher (ECT)", "Jonathan Paul")
    assert [words(h2) for h2 in page.main.find_all("h2")] == [
        "Personal details",
        "Mentor",
        "Induction",
        "Training",
    ]
    assert rows(page.select_one("#personal-details")) == {
        "Name": "Jonathan Paul",
        "TRN": "0900011",
        "Date of birth": "2 March 1999",
        "Email address": "jonathan@school.example",
    }
    assert [words(a) for a in page.main.find_all("a")] == [
        "Change name",
        "Change email address",
        "manage-teacher-training@education.gov.uk",
        "manage-teacher-training@education.gov.uk",
        "Tell us if Jonathan Paul is leaving your school",
        "Tell us if Jonathan Paul was added by mistake",
    ]


def test_their_mentor_is_a_link_there_and_back(client: Client, school: School):
    mentor = make_mentor(school=school, name="Jane Thomas")
    ect = make_ect(school=school, name="Jonathan Paul")
    make_mentorship(make_mentor(school=school, name="Before"), ect, finished_on=date(2023, 9, 1))
    make_mentorship(mentor, ect, started_on=date(2023, 9, 1))

    page = open_ect(client, ect)

    assert rows(page.select_one("#mentor")) == {"Mentor": "Jane Thomas"}
    of_mentor = follow(client, page, "Jane Thomas")
    assert heading(of_mentor) == ("Mentor", "Jane Thomas")
    assert heading(follow(client, of_mentor, "Jonathan Paul"))[1] == "Jonathan Paul"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({}, "No mentor assigned"),
        ({"induction_finished_on": TOMORROW}, "No mentor assigned"),
        ({"induction_finished_on": TODAY}, "Not currently being mentored"),
        ({"finished_on": TODAY}, "Not currently being mentored"),
    ],
)
def test_without_a_mentor_it_says_so(client: Client, school: School, days, says):
    page = open_ect(client, make_ect(school=school, **days))
    assert rows(page.select_one("#mentor")) == {"Mentor": says}


@pytest.mark.parametrize(
    ("started_on", "finished_on", "shown"),
    [
        (date(2023, 4, 20), None, {"Induction started": "20 April 2023"}),
        (TODAY, None, {"Induction started": "15 January 2026"}),
        (TOMORROW, None, {"Induction starts": "16 January 2026"}),
        (
            date(2023, 4, 20),
            TODAY,
            {"Induction started": "20 April 2023", "Induction completed": "14 January 2026"},
        ),
        (
            date(2023, 4, 20),
            TOMORROW,
            {"Induction started": "20 April 2023", "Induction ends": "15 January 2026"},
        ),
    ],
)
def test_induction_shows_its_first_and_its_last_day(
    client: Client, school: School, started_on, finished_on, shown
):
    ect = make_ect(
        school=school, induction_started_on=started_on, induction_finished_on=finished_on
    )
    assert rows(open_ect(client, ect).select_one("#induction")) == shown


def test_training_shows_who_trains_them(client: Client, school: School):
    ect = make_ect(school=school, induction_started_on=date(2023, 4, 20))
    make_training_period(ect, make_partnership(school))
    assert rows(open_ect(client, ect).select_one("#training")) == {
        "Status": "Training Induction started 20 April 2023",
        "Lead provider": "Ambition Institute",
        "Delivery partner": "Selby Teaching School Hub",
    }


def test_without_training_it_says_what_is_known(client: Client, school: School):
    ect = make_ect(school=school)
    mentor = make_mentor(school=school)
    make_training_period(mentor, make_partnership(school))
    make_mentorship(mentor, ect)
    assert rows(open_ect(client, ect).select_one("#training")) == {
        "Status": "Eligible for training",
        "Lead provider": NOT_REPORTED,
        "Delivery partner": NOT_REPORTED,
    }


def test_training_at_another_school_is_not_shown_here(client: Client, school: School):
    before = make_ect(finished_on=date(2023, 9, 1))
    make_training_period(before, finished_on=date(2023, 9, 1))
    here = make_ect(before.teacher, school, started_on=date(2023, 9, 1))
    shown = rows(open_ect(client, here).select_one("#training"))
    assert (shown["Status"], shown["Lead provider"]) == ("Eligible for training", NOT_REPORTED)


@pytest.mark.parametrize(
    ("finished_on", "says"),
    [
        (TODAY, "Al left this school. Their last day was 14 January 2026."),
        (TOMORROW, "Al is leaving this school. Their last day is 15 January 2026."),
    ],
)
def test_somebody_who_left_or_is_leaving_shows_it(
    client: Client, school: School, finished_on, says
):
    page = open_ect(client, make_ect(school=school, name="Al", finished_on=finished_on))
    assert words(page.select_one(".govuk-inset-text")) == says


def test_somebody_back_at_the_school_shows_the_latest_time_under_each_address(
    client: Client, school: School
):
    before = make_ect(school=school, finished_on=date(2023, 9, 1))
    now = make_ect(before.teacher, school, started_on=date(2024, 9, 1), email="al@now.example")
    for spell in (before, now):
        page = open_ect(client, spell)
        assert rows(page.select_one("#personal-details"))["Email address"] == "al@now.example"
        assert not page.select(".govuk-inset-text")
