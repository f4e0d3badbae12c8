"""The end of induction is the person's: it ends the mentorship, at whichever school that is."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentors.models import Mentorship
from mentors.pages.ect import ect_page
from mentors.people.ect_training import Dated, Tag
from mentors.people.finding import find_person
from schools.joining import obstacle, times_of
from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_ect, make_mentorship, make_school, make_teacher, make_tutor
from tests.mentors.paired import START, TODAY, World, told

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z")]

LAST, AFTER = date(2026, 2, 13), date(2026, 2, 14)


@pytest.fixture
def world() -> World:
    return World()


def save_teacher(client: Client, teacher: Teacher, entered: dict) -> HttpResponse:
    """Save the teacher's page in admin, with its lists of other records as they are."""
    address = reverse("admin:schools_teacher_change", args=[teacher.pk])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    lists = {field["name"]: field["value"] for field in page.select("input[name$=_FORMS]")}
    return client.post(address, lists | entered, follow=True)


def enter_last_day(
    client: Client, teacher: Teacher, last_day: date | None, **changed: object
) -> str:
    """DfE staff enter the last day of a teacher's induction; returns what admin says."""
    teacher.refresh_from_db()
    entered = {
        "trn": teacher.trn,
        "name": teacher.name,
        "date_of_birth": teacher.date_of_birth,
        "induction_started_on": teacher.induction_started_on,
        "induction_finished_on": last_day or "",
    }
    response = save_teacher(client, teacher, entered | changed)
    assert response.redirect_chain, response.text
    return response.text


@pytest.fixture
def record(client: Client, world: World):
    """DfE staff enter the last day of the ECT's induction; returns what admin says."""
    enter_admin(client, make_staff(is_superuser=True))

    def enter(last_day: date | None, **changed: object) -> str:
        return enter_last_day(client, world.ect.teacher, last_day, **changed)

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
    record(LAST, name="Jason Green")
    assert told(world.ect) == [("Julie Carver", START, START.replace(day=9), "induction_completed")]


def test_an_end_that_is_recorded_after_a_move_holds_at_every_school(client, world):
    """The ECT left Argyle for this school, where the page and the mentor must know it too."""
    adele = make_teacher("Adele Burns")
    make_ect(adele, make_school("Argyle"), started_on=date(2024, 9, 2), finished_on=START)
    here = make_ect(adele, world.school, started_on=START)
    make_mentorship(world.mentor, here)
    enter_admin(client, make_staff(is_superuser=True))
    brookfield = make_school("Brookfield")
    assert obstacle(MentorAtSchool, times_of(adele), brookfield, TODAY)
    enter_last_day(client, adele, LAST)
    assert told(here) == [("Julie Carver", START, AFTER, "induction_completed")]
    adele.refresh_from_db()
    assert obstacle(MentorAtSchool, times_of(adele), brookfield, TODAY) is None
    shown = find_person(
        ECTAtSchool, make_tutor(world.school), world.school.urn, here.public_id, TODAY
    )
    page = ect_page(shown, TODAY)
    assert page.tag == Tag("Completed induction", "green", Dated("Induction completed", LAST))


def test_the_database_refuses_mentoring_after_induction_from_any_writer(world):
    make_mentorship(world.mentor, world.ect)
    with pytest.raises(IntegrityError, match="mentorship_within_induction"):
        Teacher.objects.filter(pk=world.ect.teacher_id).update(induction_finished_on=AFTER)


def test_an_end_in_admin_needs_a_start_of_induction(client):
    enter_admin(client, make_staff(is_superuser=True))
    teacher = make_teacher()
    entered = {"trn": teacher.trn, "name": teacher.name, "date_of_birth": teacher.date_of_birth}
    answer = save_teacher(client, teacher, entered | {"induction_finished_on": LAST})
    assert "Induction must finish after it started" in answer.text
    ect = {"teacher": teacher.pk, "school": make_school().pk, "email": "a@b.example"}
    answer = client.post(reverse("admin:schools_ectatschool_add"), ect | {"started_on": START})
    assert "Enter on the teacher’s page when their induction started" in answer.text
