"""Ways from a page to another: back to the list as it was, across roles, out of a missing page."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from schools.models import School
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, follow, link, open_address, open_page, titles, words

pytestmark = pytest.mark.django_db

LISTS = pytest.mark.parametrize(
    ("name", "make"), [("mentors", make_mentor), ("ects", make_ect)], ids=["mentors", "ects"]
)


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("All Saints")
    client.force_login(make_tutor(school, "tutor@school.example"))
    return school


@LISTS
def test_a_person_leads_back_to_the_list_as_it_was_filtered(
    client: Client, school: School, name, make
):
    for number in range(51):
        make(school=school, name=f"Person {number:02}")
    make(school=school, name="Else")
    second = open_page(client, name, school.urn, show="all", search="person", page=2)
    (last,) = titles(second)
    back = follow(client, follow(client, second, last), "Back")
    assert titles(back) == [last]
    assert back.select_one("[name=search]")["value"] == "person"


@LISTS
@pytest.mark.parametrize("told", ["", "x" * 5000, "//evil.example", "a=b;c&&=="])
def test_whatever_the_address_says_back_is_the_list(
    client: Client, school: School, name, make, told
):
    person = make(school=school)
    page = open_page(client, name[:-1], school.urn, person.public_id, list=told)
    back = link(page, "Back")
    assert back.partition("?")[0] == address(name, school.urn)
    assert client.get(back).status_code == 200


@LISTS
def test_the_title_of_a_later_page_of_a_list_has_its_number(
    client: Client, school: School, name, make
):
    for _ in range(51):
        make(school=school)
    first = open_page(client, name, school.urn, show="all")
    second = open_page(client, name, school.urn, show="all", page=2)
    assert "(page" not in first.title.string
    assert " (page 2 of 2) - Manage training" in second.title.string
    assert words(second.h1) == words(first.h1)


def test_a_mentor_who_was_an_ect_here_leads_to_that_page_and_back(client: Client, school: School):
    ect = make_ect(school=school, name="Al", finished_on=date(2022, 9, 1))
    mentor = make_mentor(ect.teacher, school, started_on=date(2023, 9, 1))
    page = open_page(client, "mentor", school.urn, mentor.public_id)
    there = follow(client, page, "See them as an ECT at this school")
    assert "Early career teacher" in words(there.main)
    assert words(follow(client, there, "See them as a mentor at this school").h1) == "Al"


def test_a_person_with_one_role_has_no_such_link(client: Client, school: School):
    make_ect(make_mentor(school=school).teacher, make_school())
    for name, person in (
        ("mentor", make_mentor(school=school)),
        ("ect", make_ect(school=school)),
    ):
        page = open_page(client, name, school.urn, person.public_id)
        assert "See them as" not in words(page.main)


# --- A page that is not there ---


def missing(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 404
    return BeautifulSoup(answer.content, "html.parser")


def sections(page: BeautifulSoup) -> list[str]:
    return [words(item) for item in page.select(".govuk-service-navigation__item")]


NAVIGATION = ["Home", "Early career teachers", "Mentors", "Sign out"]


def test_a_missing_page_keeps_the_navigation_of_the_only_school(client: Client, school: School):
    assert sections(missing(client, "/nowhere")) == NAVIGATION
    assert sections(missing(client, f"/schools/{school.urn}/nowhere")) == NAVIGATION


def test_with_several_schools_it_is_that_of_the_one_in_the_address(client: Client, school: School):
    other = make_school("St Bede")
    make_tutor(other, "tutor@school.example")
    page = missing(client, f"/schools/{other.urn}/nowhere")
    assert sections(page) == NAVIGATION
    assert "St Bede" in words(page.header)
    assert sections(missing(client, "/nowhere")) == ["Sign out"]


def test_a_school_that_is_not_theirs_is_missing_like_one_that_is_none(
    client: Client, school: School
):
    there, nowhere = (
        missing(client, f"/schools/{urn}/mentors") for urn in (make_school("St Bede").urn, 199999)
    )
    assert words(there) == words(nowhere)
    assert sections(there) == sections(nowhere)
    assert "St Bede" not in words(there)


def test_a_visitor_sees_no_navigation(client: Client):
    assert sections(missing(client, "/nowhere")) == []


def test_signing_out_is_said(client: Client, school: School):
    page = open_address(client, client.post("/sign-out").url)
    assert "You have signed out." in words(page.main)
    assert "You have signed out." not in words(open_address(client, "/sign-in").main)
