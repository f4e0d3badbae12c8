"""The first page leads to a school."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from accounts.models import User
from declarations.models import SchoolYear
from schools.models import School
from tests.builders import make_cohort, make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, cards, follow, link, open_page, sign_in, titles, words

pytestmark = pytest.mark.django_db


def test_somebody_with_one_school_comes_straight_to_it(client: Client):
    school = make_school()
    make_school("Not theirs")
    client.force_login(make_tutor(school))
    assertRedirects(client.get("/"), address("school-home", school.urn))


def test_somebody_with_several_schools_chooses_among_them(client: Client):
    second = make_school("St Bede", town="Leeds")
    first = make_school("All Saints")
    make_school("Not theirs")
    make_mentor(school=second)
    make_mentor(school=second, finished_on=date(2022, 9, 1))
    make_ect(school=second, name="Al")
    make_ect(school=second, name="Bo")
    client.force_login(make_tutor(second, "tutor@school.example"))
    make_tutor(first, "tutor@school.example")

    page = open_page(client, "choose-school")

    assert words(page.find("h1")) == "Choose a school"
    assert [(card.title, card.rows) for card in cards(page)] == [
        (
            "All Saints",
            {
                "URN": str(first.urn),
                "Mentors": "0",
                "ECTs without mentors": "0",
                "To do": "Nothing now",
            },
        ),
        (
            "St Bede",
            {
                "URN and town": f"{second.urn}, Leeds",
                "Mentors": "1",
                "ECTs without mentors": "2",
                "To do": "Assign mentors to 2 ECTs at St Bede",
            },
        ),
    ]
    assert link(page, "St Bede") == f"/schools/{second.urn}"
    alone = follow(client, page, "Assign mentors to 2 ECTs at St Bede")
    assert titles(alone) == ["Al", "Bo"]


def test_what_needs_doing_includes_the_coming_academic_year(client: Client, time_machine):
    time_machine.move_to("2026-06-01T12:00:00Z")
    cohort = make_cohort(2026)
    asked, told = make_school("Asked"), make_school("Told")
    closed = make_school("Closed", status=School.Status.CLOSED)
    SchoolYear.objects.create(school=told, cohort=cohort, programme="school_led")
    for school in (asked, told, closed):
        user = make_tutor(school, "tutor@school.example")
    client.force_login(user)
    page = open_page(client, "choose-school")
    to_do = {card.title: card.rows["To do"] for card in cards(page)}
    said = "Tell us how you will train teachers in 2026 to 2027 at Asked"
    assert to_do == {"Asked": said, "Closed": "Nothing now", "Told": "Nothing now"}
    assert link(page, said) == address("year", asked.urn, 2026)


def test_somebody_without_a_school_is_told_so(client: Client):
    make_school("Not theirs")
    client.force_login(User.objects.create_user("new@school.example", "Nor Appointed"))

    page = open_page(client, "choose-school")

    assert words(page.find("h1")) == "You are not an induction tutor at any school"
    assert "You are signed in as new@school.example." in words(page.main)
    assert "Not theirs" not in words(page.main)


def test_it_takes_as_many_queries_for_one_school_more(client: Client, django_assert_num_queries):
    for _ in range(6):
        sign_in(client, make_tutor(make_school(), "tutor@school.example"))
    with django_assert_num_queries(8):
        client.get("/")
