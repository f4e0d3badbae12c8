"""Every page of a school says once which school it is; who has several changes to another."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from declarations.models import Cohort
from mentors.urls import urlpatterns
from schools.models import School
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import follow, open_page, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]


def pages(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """All that are mounted here, those of the journeys' folders too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns)
        else:
            yield pattern


OF_A_SCHOOL = [page for page in pages(urlpatterns) if "urn" in page.pattern.converters]

FILES = ("mentors-csv", "mentors-xlsx", "ects-csv", "ects-xlsx")
BUTTONS = ("invite-tutor-again", "start-emails", "stop-emails")
NO_PAGE = {**dict.fromkeys(FILES, "a file"), **dict.fromkeys(BUTTONS, "a button")}


@pytest.fixture
def school(client: Client) -> School:
    """A school with one tutor, who is signed in."""
    school = make_school("All Saints")
    client.force_login(make_tutor(school, "tutor@school.example"))
    return school


def addresses(pattern: URLPattern, school: School) -> list[str]:
    """What this page of the school is reached by: of people, for one of each role."""
    people = (make_mentor(school=school), make_ect(school=school))
    asked = pattern.pattern.converters
    appointment = school.induction_tutors.get()
    Cohort.objects.get_or_create(start_year=2025)
    given = {"urn": school.urn, "appointment_id": appointment.pk, "page": "trn", "start_year": 2025}
    return [
        reverse(pattern.name, kwargs={name: values[name] for name in asked})
        for values in ({**given, "public_id": person.public_id} for person in people)
    ]


def which_school(page: BeautifulSoup) -> str:
    """Where the page says which school it is about: above its content, or as its caption."""
    above = page.select_one("header .app-in-school")
    caption = page.select_one("main .govuk-caption-l")
    said = [words(above)] if above else []
    if caption and words(caption) in ("All Saints", "St Bede"):
        said.append(words(caption))
    return " | ".join(said)


@pytest.mark.parametrize("pattern", OF_A_SCHOOL, ids=lambda pattern: pattern.name)
def test_every_page_says_it(client: Client, school: School, pattern: URLPattern):
    answers = [client.get(address, follow=True) for address in addresses(pattern, school)]
    found = [a for a in answers if a.status_code == 200 and "text/html" in a["Content-Type"]]
    for answer in found:
        page = BeautifulSoup(answer.content, "html.parser")
        assert which_school(page) in ("You are in All Saints", "All Saints")
    assert found or pattern.name in NO_PAGE


def test_who_has_several_changes_to_another(client: Client, school: School):
    make_tutor(make_school("St Bede"), "tutor@school.example")
    page = open_page(client, "mentors", school.urn)
    assert which_school(page) == "Change school | All Saints"
    other = follow(client, follow(client, page, "Change school"), "St Bede")
    assert which_school(other) == "Change school | St Bede"


def test_on_the_pages_of_people_too(client: Client, school: School):
    make_tutor(make_school("St Bede"), "tutor@school.example")
    for name, person in (
        ("mentor", make_mentor(school=school)),
        ("ect", make_ect(school=school)),
    ):
        page = open_page(client, name, school.urn, person.public_id)
        assert which_school(page) == "You are in All Saints Change school"


def test_a_school_that_one_has_left_is_none_to_change_to(client: Client, school: School):
    gone = date(2026, 1, 15)
    make_tutor(make_school("St Bede"), "tutor@school.example", finished_on=gone)
    assert which_school(open_page(client, "school-home", school.urn)) == "All Saints"


def test_the_choice_of_schools_is_in_none(client: Client, school: School):
    make_tutor(make_school("St Bede"), "tutor@school.example")
    assert open_page(client, "choose-school").select_one(".app-in-school") is None
