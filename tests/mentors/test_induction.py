"""Recording that induction is completed ends the mentorship; correcting it moves that end."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentors.models import Mentorship
from schools.models import ECTAtSchool
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_mentorship
from tests.mentors.paired import START, TODAY, World, told

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z")]

LAST, AFTER = date(2026, 2, 13), date(2026, 2, 14)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def record(client: Client, world: World):
    """DfE staff enter the last day of the ECT's induction; returns what admin says."""
    enter_admin(client, make_staff(is_superuser=True))

    def enter(last_day: date | None, **changed: object) -> str:
        ect = ECTAtSchool.objects.get(pk=world.ect.pk)
        entered = {
            "teacher": ect.teacher_id,
            "school": ect.school_id,
            "email": ect.email,
            "started_on": ect.started_on,
            "finished_on": "",
            "induction_started_on": ect.induction_started_on,
            "induction_finished_on": last_day or "",
        }
        address = reverse("admin:schools_ectatschool_change", args=[ect.pk])
        response = client.post(address, entered | changed, follow=True)
        assert response.redirect_chain, response.text
        return response.text

    return enter


def test_it_ends_the_mentorship_and_says_so(world, record):
    make_mentorship(world.mentor, world.ect)
    assert "Julie Carver mentors Jason Blue until 13 February 2026" in record(LAST)
    assert told(world.ect) == [("Julie Carver", START, AFTER, "induction_completed")]


def test_what_would_begin_after_it_is_deleted(world, record):
    make_mentorship(world.jane, world.ect, finished_on=TODAY)
    make_mentorship(world.mentor, world.ect, started_on=TODAY)
    assert "deleted that Julie Carver mentors Jason Blue from 2 March 2026" in record(LAST)
    assert told(world.ect) == [("Jane Thomas", START, AFTER, "induction_completed")]


def test_what_ended_before_it_keeps_why(world, record):
    make_mentorship(world.mentor, world.ect, finished_on=LAST)
    record(LAST)
    assert told(world.ect) == [("Julie Carver", START, LAST, "changed")]


def test_what_ended_on_that_very_day_keeps_why(world, record):
    make_mentorship(world.mentor, world.ect, finished_on=AFTER)
    record(LAST)
    assert told(world.ect) == [("Julie Carver", START, AFTER, "changed")]


@pytest.mark.parametrize(
    ("corrected", "ends"),
    [
        (date(2026, 2, 27), (date(2026, 2, 28), "induction_completed")),
        (date(2026, 1, 30), (date(2026, 1, 31), "induction_completed")),
        (None, (None, "")),
    ],
)
def test_a_correction_moves_the_end(world, record, corrected, ends):
    make_mentorship(world.mentor, world.ect)
    record(LAST)
    record(corrected)
    assert told(world.ect) == [("Julie Carver", START, *ends)]


def test_another_correction_leaves_mentorships_alone(world, record):
    make_mentorship(world.mentor, world.ect)
    record(LAST)
    Mentorship.objects.update(finished_on=START.replace(day=9))  # as staff corrected it
    record(LAST, email="new@school.example")
    assert told(world.ect) == [("Julie Carver", START, START.replace(day=9), "induction_completed")]
