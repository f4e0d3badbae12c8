"""Schools and delivery partners by API: every value that is shown, who is listed, and filters."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from declarations.models import SchoolYear
from declarations.shown.schools import notice_tutors
from schools.models import InductionTutor, School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_training_period,
    make_tutor,
    make_waiting,
)
from tests.declarations.client import V3, Provider, errors, ids_of, listed, shown
from tests.declarations.trained import provider

pytestmark = pytest.mark.django_db
US, THEM = "Ambition Institute", "Teach First"
NO_COHORT = errors("Bad parameter", "The filter '#/cohort' must be included in your request")


@pytest.fixture
def client():
    make_cohort(2023)
    return Provider(provider())


def school(**fields) -> School:
    return School.objects.get(pk=make_school(**fields).pk)


def read(client: Provider, one: School, year: int = 2023) -> dict:
    """What is shown of a school; the list and the single call must agree."""
    found = client.send("GET", f"{V3}/schools/{one.public_id}?filter[cohort]={year}")[1]["data"]
    assert found in listed(client, "schools", filter_cohort=year)
    return found["attributes"]


def test_everything_that_is_shown(client):
    one = school(name="Argyle School")
    found = client.send("GET", f"{V3}/schools/{one.public_id}?filter[cohort]=2023")
    moment = one.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    changed = School.objects.get(pk=one.pk).updated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found == (
        200,
        {
            "data": {
                "id": str(one.public_id),
                "type": "school",
                "attributes": {
                    "name": "Argyle School",
                    "urn": str(one.urn),
                    "cohort": "2023",
                    "in_partnership": False,
                    "induction_programme_choice": "not_yet_known",
                    "expression_of_interest": False,
                    "induction_tutor_name": None,
                    "induction_tutor_email": None,
                    "created_at": moment,
                    "updated_at": changed,
                },
            }
        },
    )
    assert listed(client, "schools", filter_cohort=2023) == [found[1]["data"]]


def test_in_partnership_with_any_provider_in_that_cohort(client):
    one = school()
    make_partnership(one, 2022, THEM)
    assert not read(client, one)["in_partnership"]
    make_partnership(one, 2023, THEM)
    assert read(client, one)["in_partnership"]


@pytest.mark.parametrize(
    ("programme", "choice"),
    [
        (None, "not_yet_known"),
        ("not_decided", "not_yet_known"),
        ("provider_led", "provider_led"),
        ("school_led", "school_led"),
    ],
)
def test_the_programme_is_that_of_the_year(client, programme, choice):
    one = school()
    if programme:
        SchoolYear.objects.create(school=one, cohort=make_cohort(2023), programme=programme)
    assert read(client, one)["induction_programme_choice"] == choice


@pytest.mark.parametrize(
    ("make", "interested"),
    [
        (lambda one: None, False),
        (lambda one: make_partnership(one, 2023, US), False),
        (lambda one: make_waiting(make_mentor(school=one), US, 2023), True),
        (lambda one: make_waiting(make_ect(school=one), US, 2023), True),
        (lambda one: make_training_period(make_mentor(school=one), make_partnership(one)), True),
        (lambda one: make_waiting(make_mentor(school=one), US, 2023,
                                  finished_on=date(2022, 1, 1)), True),
        (lambda one: make_waiting(make_mentor(school=one), THEM, 2023), False),
        (lambda one: make_waiting(make_mentor(school=one), US, 2022), False),
    ],
)  # fmt: skip
def test_who_is_registered_for_training_with_the_provider_shows_the_tutor(client, make, interested):
    one = school()
    make_tutor(one, "tutor@school.example", name="Ann Tutor")
    make(one)
    found = read(client, one)
    tutor = ("Ann Tutor", "tutor@school.example") if interested else (None, None)
    assert found["expression_of_interest"] is interested
    assert (found["induction_tutor_name"], found["induction_tutor_email"]) == tutor


@pytest.mark.parametrize("status", School.Status)
@pytest.mark.parametrize("partnered", [None, 2022, 2023])
def test_who_is_listed(client, status, partnered):
    one = school()
    if partnered:
        make_partnership(one, partnered, THEM)
    School.objects.filter(pk=one.pk).update(status=status)
    seen = status in (School.Status.OPEN, School.Status.PROPOSED_TO_CLOSE) or partnered == 2023
    assert ids_of(client, "schools", filter_cohort=2023) == ([str(one.public_id)] if seen else [])
    path = f"{V3}/schools/{one.public_id}?filter[cohort]=2023"
    assert client.send("GET", path)[0] == (200 if seen else 404)


@pytest.mark.parametrize("cohort", ["", " ", "1999", "x", "2023,2024"])
def test_a_cohort_that_is_none(client, cohort):
    one = school()
    assert listed(client, "schools", filter_cohort=cohort) == []
    path = f"{V3}/schools/{one.public_id}?filter[cohort]={cohort.strip()}"
    assert client.send("GET", path)[0] == 404


def test_the_cohort_is_required(client):
    one = school()
    for path in ("schools", f"schools/{one.public_id}", "schools/x"):
        assert client.send("GET", f"{V3}/{path}?filter[urn]={one.urn}") == (400, NO_COHORT)


def test_the_urn_is_the_number_with_which_the_filter_begins(client):
    one, _ = school(urn=123456), school(urn=123457)
    for text, found in (("123456", True), ("123456,junk", True), ("0123456", True), ("junk", False),
                        ("1234567", False), ("9" * 5000, False), ("-1", False)):  # fmt: skip
        ids = ids_of(client, "schools", filter_cohort=2023, filter_urn=text[:3000])
        assert ids == ([str(one.public_id)] if found else []), text
    assert len(ids_of(client, "schools", filter_cohort=2023, filter_urn=" ")) == 2


def test_what_changed_since_in_that_cohort(client):
    schools = [school() for _ in range(3)]
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    for one in schools:
        make_partnership(one, 2022)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        School.objects.update(updated_at=long_ago)
        SchoolYear.objects.exclude(school=schools[1]).update(updated_at=long_ago)
        School.objects.filter(pk=schools[2].pk).update(updated_at=long_ago + timedelta(days=9))
        cursor.execute("SET LOCAL session_replication_role = origin")
    since = {"filter_updated_since": "2020-01-02T00:00:00Z"}
    ids = [str(one.public_id) for one in schools]

    def found(year: int) -> list[int]:
        return [ids.index(each) for each in ids_of(client, "schools", filter_cohort=year, **since)]

    assert sorted(found(2022)) == [1, 2]
    assert found(2023) == [2]
    newest = ids_of(client, "schools", filter_cohort=2022, sort="-updated_at")
    assert [ids.index(each) for each in newest] == [1, 2, 0]
    assert read(client, schools[2])["updated_at"] == "2020-01-10T00:00:00Z"


def test_each_night_schools_with_another_tutor_than_the_day_before_have_changed():
    now, day = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), timedelta(days=1)
    today = now.date()
    made = []
    for started_on, finished_on in (
        (today, None),
        (today - 9 * day, today),
        (today - day, None),
        (today - 9 * day, today + day),
        (today - 9 * day, None),
    ):
        tutor = make_tutor(make_school()).appointments.get()
        tutor.started_on, tutor.finished_on = started_on, finished_on
        tutor.save()
        made.append(tutor)

    def noticed_on() -> list[date | None]:
        return [InductionTutor.objects.get(pk=each.pk).noticed_on for each in made]

    notice_tutors(now)
    assert noticed_on() == [today, today, None, None, None]
    # A night that was missed is made up for.
    notice_tutors(now + 2 * day)
    assert noticed_on() == [today, today, None, today + 2 * day, None]


# --- Delivery partners ---


def test_everything_that_is_shown_of_a_delivery_partner(client):
    for year in (2024, 2022, 2023):
        partner = make_pair(US, "Leeds Hub", year).delivery_partner
    make_pair(THEM, "Leeds Hub", 2021)
    make_pair(THEM, "Another hub", 2023)
    partner.refresh_from_db()
    found = shown(client, f"delivery-partners/{partner.public_id}")
    assert found == {
        "id": str(partner.public_id),
        "type": "delivery-partner",
        "attributes": {
            "name": "Leeds Hub",
            "cohort": ["2022", "2023", "2024"],
            "created_at": partner.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "updated_at": partner.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    }
    for query in ({}, {"filter_cohort": "2022,2030"}, {"filter_updated_since": "2099-01-01"}):
        assert listed(client, "delivery-partners", **query) == [found]
    for cohort in ("2021", "x"):
        assert listed(client, "delivery-partners", filter_cohort=cohort) == []


def test_another_providers_delivery_partner_is_not_found(client):
    theirs = make_pair(THEM, "Another hub", 2023).delivery_partner
    assert shown(client, f"delivery-partners/{theirs.public_id}") is None
