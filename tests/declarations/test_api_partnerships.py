"""Partnerships by API: every value that is shown, filters, reports and corrections."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from declarations.models import SchoolPartnership, SchoolYear
from declarations.shown.partnerships import count_in_training
from schools.models import School
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
from tests.declarations.client import NOT_FOUND, V3, Provider, asked, ids_of, listed, shown
from tests.declarations.test_partnerships import COHORT, PARTNERS, SCHOOL
from tests.declarations.trained import NOW, declare, make_trained, provider

pytestmark = pytest.mark.django_db
US, THEM, HUB = "Ambition Institute", "Teach First", "Selby Teaching School Hub"
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client():
    return Provider(provider())


def test_everything_that_is_shown(client):
    school = make_school()
    make_tutor(school, name="Ann Earlier", started_on=date(2022, 1, 1))
    make_tutor(school, "late@school.example", name="Bo Later", started_on=date(2023, 1, 1))
    make_tutor(school, started_on=date(2024, 1, 1), finished_on=TODAY)
    partnership = make_partnership(school)
    found = shown(client, f"partnerships/{partnership.public_id}")
    assert listed(client, "partnerships") == [found]
    partnership.refresh_from_db()
    assert found == {
        "id": str(partnership.public_id),
        "type": "partnership",
        "attributes": {
            "cohort": "2023",
            "urn": str(school.urn),
            "school_id": str(School.objects.get(pk=school.pk).public_id),
            "delivery_partner_id": str(partnership.delivery_partner.public_id),
            "delivery_partner_name": HUB,
            "induction_tutor_name": "Bo Later",
            "induction_tutor_email": "late@school.example",
            "participants_currently_training": 0,
            "created_at": partnership.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "updated_at": partnership.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    }


def counted(client: Provider, partnership: SchoolPartnership) -> int:
    found = shown(client, f"partnerships/{partnership.public_id}")
    return found["attributes"]["participants_currently_training"]


def test_mentors_and_ects_count_while_their_training_goes_on(client):
    school = make_school()
    partnership = make_partnership(school)
    for person in (make_mentor(school=school), make_ect(school=school)):
        make_training_period(person, partnership, finished_on=TODAY + DAY)
    over = {"finished_on": TODAY}
    make_training_period(make_mentor(school=school), partnership, **over)
    make_training_period(make_mentor(school=school), partnership, started_on=TODAY + DAY)
    stopped = {"deferred_at": NOW, "deferred_reason": "other", "finished_on": TODAY + DAY}
    make_training_period(make_mentor(school=school), partnership, **stopped)
    assert counted(client, partnership) == 2


def test_each_night_partnerships_that_train_others_than_the_day_before_have_changed():
    made = []
    for days in (
        {"started_on": TODAY},
        {"finished_on": TODAY},
        {"started_on": TODAY - DAY},
        {"finished_on": TODAY + DAY},
    ):
        mentor = make_mentor()
        training = make_training_period(mentor, make_partnership(mentor.school), **days)
        made.append(training.partnership)

    def counted_on() -> list[date | None]:
        return [SchoolPartnership.objects.get(pk=each.pk).counted_on for each in made]

    count_in_training(NOW)
    assert counted_on() == [TODAY, TODAY, None, None]
    # A night that was missed is made up for.
    count_in_training(NOW + 2 * DAY)
    assert counted_on() == [TODAY, TODAY, None, TODAY + 2 * DAY]


def test_another_providers_is_not_found(client):
    theirs = make_partnership(make_school(), 2023, THEM)
    assert shown(client, f"partnerships/{theirs.public_id}") is None
    assert ids_of(client, "partnerships") == []
    path = f"partnerships/{theirs.public_id}"
    assert asked(client, "PUT", path, delivery_partner_id="x") == (404, NOT_FOUND)


def test_the_filters(client):
    make_cohort(2030)
    made = [make_partnership(make_school(), year, US, hub) for year, hub in
            ((2022, "A"), (2023, "A"), (2023, "B"))]  # fmt: skip
    for each in made:
        each.refresh_from_db()
    partner = made[0].delivery_partner.public_id

    def found(**query) -> list[int]:
        ids = [str(each.public_id) for each in made]
        return sorted(ids.index(each) for each in ids_of(client, "partnerships", **query))

    assert found() == [0, 1, 2]
    assert found(filter_cohort="2023") == [1, 2]
    assert found(filter_cohort="2022, 2030,x") == [0]
    assert found(filter_cohort="x") == []
    assert found(filter_cohort="") == [0, 1, 2]
    assert found(filter_delivery_partner_id=f"{partner},{uuid4()},x") == [0, 1]
    assert found(filter_delivery_partner_id="x") == []
    assert found(filter_delivery_partner_id=partner, filter_cohort="2023") == [1]
    assert found(filter_updated_since="2001-01-01T00:00:00Z") == [0, 1, 2]
    assert found(filter_updated_since="2099-01-01T00:00:00Z") == []


# --- Reports ---


@pytest.fixture
def good(client):
    """What reports a partnership in 2025."""
    school = School.objects.get(pk=make_school().pk)
    return {
        "cohort": "2025",
        "school_id": str(school.public_id),
        "delivery_partner_id": str(make_pair(US, HUB, 2025).delivery_partner.public_id),
    }


def refused(client: Provider, sent: dict, **problems: str) -> bool:
    told = {"errors": [{"title": title, "detail": text} for title, text in problems.items()]}
    return asked(client, "POST", "partnerships", **sent) == (422, told)


ALL_MISSING = {
    "cohort": COHORT["missing"],
    "school_id": SCHOOL["missing"],
    "delivery_partner_id": PARTNERS["missing"],
}


@pytest.mark.parametrize("missing", [None, "", {}, []])
def test_what_is_missing_is_told_of_each(client, missing):
    sent = dict.fromkeys(ALL_MISSING, missing)
    assert refused(client, sent, **ALL_MISSING)


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        ({"cohort": "1999"}, {"cohort": COHORT["unknown"],
                              "delivery_partner_id": PARTNERS["not with you"]}),
        ({"cohort": None}, {"cohort": COHORT["missing"],
                            "delivery_partner_id": PARTNERS["not with you"]}),
        ({"cohort": "2026"}, {"cohort": COHORT["to come"]}),
        ({"cohort": 2021}, {"cohort": COHORT["closed"]}),
        ({"school_id": "x"}, {"school_id": SCHOOL["unknown"]}),
        ({"school_id": str(uuid4())}, {"school_id": SCHOOL["unknown"]}),
        ({"delivery_partner_id": str(uuid4())}, {"delivery_partner_id": PARTNERS["unknown"]}),
    ],
)  # fmt: skip
def test_every_wrong_value(client, good, wrong, problems):
    make_cohort(2021, closed_for_payment=True)
    for year in (2021, 2026):
        make_pair(US, HUB, year)
    assert refused(client, good | wrong, **problems)


def test_a_school_that_takes_no_partnership(client, good):
    school = School.objects.get(public_id=good["school_id"])
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    assert refused(client, good, school_id=SCHOOL["ineligible"])
    School.objects.filter(pk=school.pk).update(status=School.Status.PROPOSED_TO_CLOSE)
    year = SchoolYear.objects.create(
        school=school, cohort=make_cohort(2025), programme=SchoolYear.Programme.SCHOOL_LED
    )
    assert refused(client, good, school_id=SCHOOL["school-led"])
    year.delete()
    assert asked(client, "POST", "partnerships", **good)[0] == 200
    assert refused(client, good, school_id=SCHOOL["theirs"])


def test_a_partner_of_another_provider(client, good):
    other = make_pair(THEM, "Another hub", 2025).delivery_partner
    sent = good | {"delivery_partner_id": str(other.public_id)}
    assert refused(client, sent, delivery_partner_id=PARTNERS["not with you"])


def test_a_report_takes_in_those_who_wait_and_shows_them_as_participants(client, good):
    school = School.objects.get(public_id=good["school_id"])
    waiting = make_waiting(make_mentor(school=school), US, 2025)
    participant = f"participants/{waiting.teacher.participant_id}"
    assert shown(client, participant) is None
    code, answer = asked(client, "POST", "partnerships", **good | {"cohort": 2025, "more": 1})
    assert code == 200
    found = answer["data"]
    assert found == shown(client, f"partnerships/{found['id']}")
    assert found["attributes"]["participants_currently_training"] == 1
    assert shown(client, participant)["attributes"]["ecf_enrolments"][0]["cohort"] == "2025"
    partnership = SchoolPartnership.objects.get(public_id=found["id"])
    assert partnership.school_year.programme == SchoolYear.Programme.PROVIDER_LED


def test_who_reported_it_is_in_the_history(client, good):
    _, answer = asked(client, "POST", "partnerships", **good)
    partnership = SchoolPartnership.objects.get(public_id=answer["data"]["id"])
    (event,) = partnership.events.all()
    assert event.pgh_context.metadata["by"] == f"token {client.token.pk}"


# --- Corrections ---


def test_a_correction_shows_everywhere_but_on_declarations(client):
    training = make_trained(2023)
    before, made = training.partnership.delivery_partner.public_id, declare(training)
    other = make_pair(US, "Leeds Hub", 2023).delivery_partner
    path = f"partnerships/{SchoolPartnership.objects.get().public_id}"
    code, answer = asked(client, "PUT", path, delivery_partner_id=str(other.public_id))
    assert code == 200
    assert answer["data"] == shown(client, path)
    assert answer["data"]["attributes"]["delivery_partner_name"] == "Leeds Hub"
    (found,) = listed(client, "participants")
    enrolment = found["attributes"]["ecf_enrolments"][0]
    assert enrolment["delivery_partner_id"] == str(other.public_id)
    _, answer = client.send("GET", f"{V3}/participant-declarations/{made.pk}")
    assert answer["data"]["attributes"]["delivery_partner_id"] == str(before)


@pytest.mark.parametrize(
    ("named", "detail"),
    [
        (None, "missing"),
        ("x", "unknown"),
        ("theirs", "not with you"),
        ("same", "there"),
    ],
)
def test_every_refusal_of_a_correction(client, named, detail):
    partnership = make_partnership(make_school())
    partners = {
        "theirs": make_pair(THEM, "Another hub", 2023).delivery_partner,
        "same": partnership.delivery_partner,
    }
    if named in partners:
        named = str(partners[named].public_id)
    path = f"partnerships/{SchoolPartnership.objects.get().public_id}"
    told = [{"title": "delivery_partner_id", "detail": PARTNERS[detail]}]
    answer = asked(client, "PUT", path, delivery_partner_id=named)
    assert answer == (422, {"errors": told})
