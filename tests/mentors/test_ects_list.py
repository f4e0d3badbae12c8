"""The list of ECTs, as in the picture ects.png. Its search is in test_search_list.py."""

from datetime import date

import pytest
from django.test import Client

from schools.models import School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_tutor,
)
from tests.mentors.reading import Card, cards, choices, heading, open_page, titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY, TOMORROW = date(2026, 1, 15), date(2026, 1, 16)
IN_TRAINING, COMPLETED, LEFT = "training", "completed", "left"


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("Plymouth Primary School")
    client.force_login(make_tutor(school))
    return school


def test_its_cards_show_status_and_mentor(client: Client, school: School):
    ray = make_ect(school=school, name="Ray Kirby", induction_started_on=date(2023, 6, 20))
    make_training_period(ray, make_partnership(school))
    make_mentorship(make_mentor(school=school, name="Caiden Hendrix"), ray)
    violet = make_ect(school=school, name="Violet Brown")

    page = open_page(client, "ects", school.urn)

    assert heading(page) == ("Plymouth Primary School", "Early career teachers (ECTs)")
    assert cards(page) == [
        Card(
            "Violet Brown",
            f"/schools/{school.urn}/ects/{violet.public_id}",
            {"Status": "Eligible for training", "Mentor": "No mentor assigned"},
        ),
        Card(
            "Ray Kirby",
            f"/schools/{school.urn}/ects/{ray.public_id}",
            {"Status": "Training Induction started 20 June 2023", "Mentor": "Caiden Hendrix"},
        ),
    ]
    assert [words(tag) for tag in page.select(".govuk-tag--teal")] == [
        "Eligible for training",
        "Training",
    ]


def test_those_without_a_mentor_come_first_then_the_newest_induction(
    client: Client, school: School
):
    mentor = make_mentor(school=school)
    for name, started_on, is_mentored in (
        ("Older, mentored", date(2021, 9, 1), True),
        ("Newer, mentored", date(2023, 9, 1), True),
        ("Older, alone", date(2020, 9, 1), False),
        ("newer, alone, a", date(2022, 9, 1), False),
        ("Newer, alone, B", date(2022, 9, 1), False),
    ):
        ect = make_ect(school=school, name=name, induction_started_on=started_on)
        if is_mentored:
            make_mentorship(mentor, ect)
    page = open_page(client, "ects", school.urn)
    assert titles(page) == [
        "newer, alone, a",
        "Newer, alone, B",
        "Older, alone",
        "Newer, mentored",
        "Older, mentored",
    ]
    assert "3 ECTs have no mentor assigned. They are listed first." in words(page.main)


@pytest.mark.parametrize(
    ("days", "listed"),
    [
        ({}, IN_TRAINING),
        ({"started_on": TOMORROW}, IN_TRAINING),
        ({"finished_on": TOMORROW}, IN_TRAINING),
        ({"finished_on": TODAY}, LEFT),
        ({"induction_finished_on": TOMORROW}, IN_TRAINING),
        ({"induction_finished_on": TODAY}, COMPLETED),
        ({"induction_finished_on": TODAY, "finished_on": TODAY}, LEFT),
        ({"induction_finished_on": TODAY, "finished_on": TOMORROW}, COMPLETED),
    ],
)
def test_everybody_is_listed_in_one_category(client: Client, school: School, days, listed):
    make_ect(school=school, name="Al", **days)
    for category in (IN_TRAINING, COMPLETED, LEFT):
        page = open_page(client, "ects", school.urn, show=category)
        assert titles(page) == (["Al"] if category == listed else []), category
    assert choices(page) == [
        f"Currently training ({int(listed == IN_TRAINING)})",
        f"Without a mentor ({int(listed == IN_TRAINING)})",
        f"Completed induction ({int(listed == COMPLETED)})",
        f"Left the school ({int(listed == LEFT)})",
        "All ECTs (1)",
    ]


@pytest.mark.parametrize(
    ("category", "days", "row", "colour"),
    [
        (
            COMPLETED,
            {"induction_finished_on": date(2024, 7, 20)},
            "Completed induction Induction completed 19 July 2024",
            "green",
        ),
        (
            LEFT,
            {"finished_on": date(2024, 12, 21)},
            "Left the school Last day 20 December 2024",
            "grey",
        ),
    ],
)
def test_who_is_not_in_training_says_since_when(
    client: Client, school: School, category, days, row, colour
):
    make_ect(school=school, **days)
    page = open_page(client, "ects", school.urn, show=category)
    (card,) = cards(page)
    assert card.rows == {"Status": row, "Mentor": "Not currently being mentored"}
    assert page.select(f".govuk-tag--{colour}")
    assert "no mentor assigned" not in words(page.main)


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ({"started_on": TODAY}, "Training Induction started 1 September 2021"),
        ({"started_on": TOMORROW}, "Eligible for training"),
        ({"finished_on": TOMORROW}, "Training Induction started 1 September 2021"),
        ({"finished_on": TODAY}, "Eligible for training"),
    ],
)
def test_training_is_to_have_a_training_period_today(client: Client, school: School, days, status):
    ect = make_ect(school=school)
    make_training_period(ect, make_partnership(school), **days)
    (card,) = cards(open_page(client, "ects", school.urn))
    assert card.rows["Status"] == status


@pytest.mark.parametrize(
    ("days", "mentor"),
    [
        ({"started_on": TODAY}, "Morgan Mentor"),
        (
            {"started_on": TOMORROW},
            "No mentor assigned Will be mentored by Morgan Mentor from 16 January 2026",
        ),
        ({"finished_on": TOMORROW}, "Morgan Mentor"),
        ({"finished_on": TODAY}, "No mentor assigned"),
    ],
)
def test_the_mentor_is_that_of_today(client: Client, school: School, days, mentor):
    make_mentorship(make_mentor(school=school), make_ect(school=school), **days)
    (card,) = cards(open_page(client, "ects", school.urn))
    assert card.rows["Mentor"] == mentor


def test_only_the_ects_of_this_school_are_listed(client: Client, school: School):
    before = make_ect(school=school, name="Moved On", finished_on=TODAY)
    make_ect(before.teacher, started_on=TODAY)
    make_ect(name="Else Where")
    assert titles(open_page(client, "ects", school.urn)) == []
    assert titles(open_page(client, "ects", school.urn, show=LEFT)) == ["Moved On"]


def test_somebody_with_two_times_here_is_listed_by_the_latest(client: Client, school: School):
    before = make_ect(school=school, finished_on=date(2023, 9, 1))
    now = make_ect(before.teacher, school, started_on=date(2024, 9, 1))
    (card,) = cards(open_page(client, "ects", school.urn))
    assert card.href.endswith(str(now.public_id))
    assert titles(open_page(client, "ects", school.urn, show=LEFT)) == []


def test_an_empty_list_says_so(client: Client, school: School):
    assert "There are no ECTs to show." in words(open_page(client, "ects", school.urn).main)
