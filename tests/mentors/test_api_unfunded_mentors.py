"""Unfunded mentors by API: who is listed, and every value that is shown."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_waiting,
)
from tests.declarations.client import Provider, ids_of, listed, shown
from tests.declarations.trained import NOW, provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_found_anew")]
US, THEM = "Ambition Institute", "Teach First"
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client():
    return Provider(provider())


def trained_ect(by: str = US, school=None, **fields):
    """An ECT in training with a provider, and a mentor at the school."""
    school = school or make_school()
    ect = make_ect(school=school)
    make_training_period(ect, make_partnership(school, 2023, by), **fields)
    return ect, make_mentor(school=school)


def sees(client: Provider, mentor) -> bool:
    """Whether the mentor is listed; the single call must agree."""
    participant_id = str(mentor.teacher.participant_id)
    listed_ids = ids_of(client, "unfunded-mentors")
    found = shown(client, f"unfunded-mentors/{participant_id}")
    assert (participant_id in listed_ids) == (found is not None)
    return found is not None


def test_everything_that_is_shown(client):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect)
    teacher = mentor.teacher
    teacher.refresh_from_db()
    found = shown(client, f"unfunded-mentors/{teacher.participant_id}")
    assert listed(client, "unfunded-mentors") == [found]
    assert found == {
        "id": str(teacher.participant_id),
        "type": "unfunded-mentor",
        "attributes": {
            "full_name": "Morgan Mentor",
            "email": mentor.email,
            "teacher_reference_number": teacher.trn,
            "created_at": teacher.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "updated_at": teacher.unfunded_mentor_updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    }


@pytest.mark.parametrize(
    ("days", "seen"),
    [
        ({"finished_on": TODAY}, False),
        ({"finished_on": TODAY + DAY}, True),
        ({"started_on": TODAY + 9 * DAY}, True),
    ],
)
def test_while_the_mentorship_goes_on_or_is_to_begin(client, days, seen):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect, **days)
    assert sees(client, mentor) is seen


def test_not_of_an_ect_whom_another_provider_trains(client):
    ect, mentor = trained_ect(THEM)
    make_mentorship(mentor, ect)
    assert not sees(client, mentor)
    assert sees(Provider(provider(THEM)), mentor)


def test_not_of_an_ect_whose_training_waits_for_the_partnership(client):
    mentor = make_mentor()
    ect = make_ect(school=mentor.school)
    make_waiting(ect, US, 2023)
    make_mentorship(mentor, ect)
    assert not sees(client, mentor)


def test_the_ects_latest_training_with_the_provider_is_in_that_time(client):
    left = date(2025, 9, 1)
    ect, mentor = trained_ect(finished_on=left)
    mentorship = make_mentorship(mentor, ect)
    assert sees(client, mentor)
    mentorship.delete()
    ect.training_periods.all().delete()
    ect.delete()

    school = make_school()
    former = make_ect(ect.teacher, school, finished_on=left)
    make_training_period(former, make_partnership(school), finished_on=left)
    now_at = make_ect(ect.teacher, mentor.school, started_on=left)
    make_mentorship(mentor, now_at)
    assert not sees(client, mentor)
    make_training_period(now_at, make_partnership(mentor.school), started_on=left)
    assert sees(client, mentor)


@pytest.mark.parametrize("role", [make_mentor, make_ect])
@pytest.mark.parametrize(("by", "seen"), [(US, False), (THEM, True)])
def test_not_who_was_trained_by_the_provider_in_either_role(client, role, by, seen):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect)
    school = make_school()
    before = role(mentor.teacher, school, finished_on=date(2023, 1, 1))
    days = {"finished_on": date(2023, 1, 1)}
    make_training_period(before, make_partnership(school, 2023, by), **days)
    assert sees(client, mentor) is seen


def test_who_waits_for_the_provider_was_never_trained_by_it(client):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect)
    make_waiting(mentor, US, 2024)
    assert sees(client, mentor)


def test_the_address_is_that_of_the_latest_school_with_such_an_ect(client):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect)
    later_ect, _ = trained_ect()
    later = make_mentor(mentor.teacher, later_ect.school, started_on=date(2024, 9, 1))
    make_mentor(mentor.teacher, started_on=date(2025, 9, 1))
    make_mentorship(later, later_ect)
    (found,) = listed(client, "unfunded-mentors")
    assert found["attributes"]["email"] == later.email


def test_what_changed_since(client):
    ect, mentor = trained_ect()
    make_mentorship(mentor, ect)
    assert len(ids_of(client, "unfunded-mentors", filter_updated_since="2001-01-01T00:00Z")) == 1
    assert ids_of(client, "unfunded-mentors", filter_updated_since="2099-01-01T00:00Z") == []
