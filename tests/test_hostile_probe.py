from datetime import date
import pytest, uuid
from django.test import Client
from django.urls import reverse
from mentors.models import DraftAnswers
from tests.builders import *
from tests.builders import make_tutor, make_mentor, make_school, make_ect
from tests.mentors.journeys.pairing_helpers import AtSchool
from tests.mentors.reading import address, open_address
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z", tick=False)]


@pytest.fixture
def at(client):
    school = AtSchool()
    client.force_login(school.tutor)
    return school


HUGE = 10**30


@pytest.mark.parametrize(
    "path",
    [
        f"/schools/{HUGE}",
        f"/schools/{HUGE}/mentors",
        f"/schools/{2**63}/ects",
        f"/schools/{2**31}/mentors/00000000-0000-0000-0000-000000000000",
        f"/schools/{'9' * 5000}",
        f"/schools/{HUGE}/tutors/1/last-day",
        f"/schools/URN/tutors/{HUGE}/last-day",
        "/schools/URN/tutors/0/last-day",
        "/schools/URN/tutors/0/check",
        "/schools/URN/tutors/0/last-day/check",
        "/schools/URN/mentors?page=" + "9" * 5000,
        "/schools/URN/mentors?page=99999999999999999999999",
        "/schools/URN/ects?page=-1",
        "/schools/URN/mentors?search=%00",
        "/schools/URN/ects?search=%ED%A0%80",
        "/schools/URN/mentors?search=%25_%5C",
        "/schools/URN/mentors.csv?search=%00&show=left",
        "/schools/URN/mentors/JULIE/assign?from=%00",
        "/schools/URN/ects/JON/mentor?from=" + "9" * 5000,
        "/schools/URN/ects/JON/mentor?from=//evil.example",
        "/?next=//evil",
        "/schools/URN//evil.example/mentors",
    ],
)
def test_get(client, at, path):
    path = (
        path.replace("URN", str(at.school.urn))
        .replace("JULIE", str(at.julie.public_id))
        .replace("JON", str(at.jonathan.public_id))
    )
    r = client.get(path)
    print(r.status_code, getattr(r, "url", ""))
    assert r.status_code < 500


def test_tutor_zero_post(client, at):
    r = client.post(
        f"/schools/{at.school.urn}/tutors/0/last-day",
        {"last_day-day": "1", "last_day-month": "4", "last_day-year": "2026"},
    )
    assert r.status_code == 404


@pytest.mark.parametrize(
    "d",
    [
        ("31", "12", "9999"),
        ("9" * 5000, "1", "2026"),
        ("1", "1", "0001"),
        ("1", "9" * 5000, "2026"),
        ("1", "1", "9" * 5000),
        ("1\0", "1", "2026"),
        ("١", "1", "2026"),
    ],
)
@pytest.mark.parametrize("name", ["mentor-leaving", "ect-leaving", "tutor-last-day", "dob"])
def test_days(client, at, d, name):
    f = "last_day"
    if name == "dob":
        w = address("add-mentor-page", at.school.urn, "date-of-birth")
        f = "date_of_birth"
        client.post(address("add-mentor-page", at.school.urn, "trn"), {"trn": "7654321"})
    elif name == "tutor-last-day":
        w = address(name, at.school.urn, at.school.induction_tutors.get().pk)
    else:
        w = address(
            name, at.school.urn, (at.julie if name.startswith("m") else at.jonathan).public_id
        )
    r = client.post(w, dict(zip([f"{f}-day", f"{f}-month", f"{f}-year"], d)), follow=True)
    assert r.status_code == 200


@pytest.mark.parametrize(
    "cookie", ["\0", "a" * 5000, "é" * 32, "a b", "1" * 32, "x\x00y", "abcdefgh"]
)
def test_cookie(client, at, cookie):
    c = Client()
    c.cookies["sessionid"] = "x"
    c.cookies["sessionid"]._value = cookie
    c.cookies["sessionid"].set("sessionid", cookie, cookie)
    r = c.get("/")
    assert r.status_code == 302


def test_other_school(client, at):
    there = make_mentor(at.julie.teacher)
    r = client.get(f"/schools/{at.school.urn}/mentors/{there.public_id}")
    assert r.status_code == 404


@pytest.mark.parametrize("seen", ["\0", "a \0", "", "9" * 100000, "x " * 1000])
@pytest.mark.parametrize(
    "name,entry",
    [
        ("mentor-name", {"name": "Jo Bb"}),
        ("mentor-email", {"email": "jo@a.example"}),
        ("mentor-leaving", {"last_day-day": 1, "last_day-month": 4, "last_day-year": 2026}),
        ("assign", None),
    ],
)
def test_seen(client, at, seen, name, entry):
    w = address(name, at.school.urn, at.julie.public_id)
    if entry is None:
        client.post(w, {"chosen": at.jason.public_id})
        client.post(
            w + "/start-date", {"started_on-day": 1, "started_on-month": 4, "started_on-year": 2026}
        )
    else:
        client.post(w, entry)
    page = open_address(client, f"{w}/check")
    digest = page.select_one("[name=seen]")["value"].split(" ")[0]
    for s in (seen, digest + " " + seen):
        r = client.post(f"{w}/check", {"seen": s}, follow=True)
        assert r.status_code == 200
    print(r.redirect_chain)


