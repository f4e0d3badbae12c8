"""On every page of a school, what the user may not see is the same as what does not exist."""

import re
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertRedirects

from accounts.models import User
from schools.models import School
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

NOBODY = UUID(int=1)
PAGES = [
    "school-home",
    "mentors",
    "mentors-csv",
    "mentors-xlsx",
    "ects-csv",
    "mentor",
    "mentor-training",
    "ects",
    "ect",
]
JOURNEYS = ["add-mentor", "add-mentor-page", "add-ect", "add-ect-page"]


def page_of(school: School, name: str) -> str:
    """The address of a page of this school, about a person of it where it is about one."""
    if name == "mentor":
        return address(name, school.urn, make_mentor(school=school).public_id)
    if name == "ect":
        return address(name, school.urn, make_ect(school=school).public_id)
    if name.endswith("-page"):
        return address(name, school.urn, "trn")
    return address(name, school.urn)


def page_of_nothing(name: str) -> str:
    """The address of the same page of a school that there is not."""
    if name.endswith("-page"):
        return address(name, 999999, "trn")
    return address(name, 999999, NOBODY) if name in ("mentor", "ect") else address(name, 999999)


@pytest.mark.parametrize("name", PAGES)
def test_the_schools_own_tutor_sees_the_page(client: Client, name: str):
    school = make_school()
    sign_in(client, make_tutor(school))
    assert client.get(page_of(school, name)).status_code == 200


@pytest.mark.parametrize("name", ["choose-school", *PAGES, *JOURNEYS])
def test_nobody_is_sent_to_sign_in(client: Client, name: str):
    path = page_of(make_school(), name) if name != "choose-school" else "/"
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?next={path}"
    assertRedirects(client.get(path), sign_in, fetch_redirect_response=False)


def tutor_elsewhere(school: School) -> User:
    return make_tutor(make_school())


def tutor_until_yesterday(school: School) -> User:
    return make_tutor(school, finished_on=date(2026, 1, 15))


def tutor_from_tomorrow(school: School) -> User:
    return make_tutor(school, started_on=date(2026, 1, 16))


def dfe_staff(school: School) -> User:
    return User.objects.create_superuser("dfe@education.example", "Dee Effee")


@pytest.mark.parametrize("name", [*PAGES, *JOURNEYS])
@pytest.mark.parametrize(
    "role", [tutor_elsewhere, tutor_until_yesterday, tutor_from_tomorrow, dfe_staff]
)
def test_forbidden_is_the_same_as_unknown_in_body_and_in_work(client: Client, role, name: str):
    school = make_school()
    sign_in(client, role(school))
    forbidden, work = ask(client, page_of(school, name))
    unknown, same_work = ask(client, page_of_nothing(name))
    assert (forbidden.status_code, unknown.status_code) == (404, 404)
    assert body(forbidden) == body(unknown)
    assert work == same_work


@pytest.mark.parametrize("name", ["mentor", "ect"])
def test_a_person_of_another_school_is_not_found_under_ones_own(client: Client, name: str):
    school, other = make_school(), make_school()
    sign_in(client, make_tutor(school))
    theirs = page_of(other, name).replace(str(other.urn), str(school.urn))
    forbidden, work = ask(client, theirs)
    unknown, same_work = ask(client, address(name, school.urn, NOBODY))
    assert (forbidden.status_code, unknown.status_code) == (404, 404)
    assert body(forbidden) == body(unknown)
    assert work == same_work


def test_a_mentor_is_not_found_among_the_ects_nor_the_other_way_round(client: Client):
    school = make_school()
    sign_in(client, make_tutor(school))
    mentor, ect = make_mentor(school=school), make_ect(school=school)
    assert client.get(address("ect", school.urn, mentor.public_id)).status_code == 404
    assert client.get(address("mentor", school.urn, ect.public_id)).status_code == 404


def test_a_person_is_found_under_the_school_of_their_page_alone(client: Client):
    here, there = make_school(), make_school()
    sign_in(client, make_tutor(here, "tutor@school.example"))
    make_tutor(there, "tutor@school.example")
    mentor = make_mentor(school=here)
    make_mentor(mentor.teacher, there)
    assert client.get(address("mentor", here.urn, mentor.public_id)).status_code == 200
    assert client.get(address("mentor", there.urn, mentor.public_id)).status_code == 404


@pytest.mark.parametrize("name", ["choose-school", *PAGES])
def test_pages_are_for_reading_only(client: Client, name: str):
    school = make_school()
    sign_in(client, make_tutor(school))
    path = page_of(school, name) if name in PAGES else "/"
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("urn", ["0", "1", "99999999999999999999", "9" * 5000, "abc", "100001/"])
def test_an_address_that_cannot_be_is_not_found(client: Client, urn: str):
    sign_in(client, make_tutor(make_school()))
    assert client.get(f"/schools/{urn}").status_code == 404


def ask(client: Client, path: str) -> tuple[HttpResponse, list[str]]:
    """The answer, and the statements of SQL that it took, without their values."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    return response, [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked]


def body(response: HttpResponse) -> str:
    """The page, without the nonce and the form's token, which are new in every answer."""
    new_each_time = r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"'
    return re.sub(new_each_time, "", response.content.decode())
