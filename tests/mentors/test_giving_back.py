"""What a deleted mentorship had cut short goes on again, if the deleted one had not begun."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.induction import record_induction_end
from mentors.leaving.leaving import leave, withdraw_leaving
from mentors.models import Mentorship
from mentors.pairing.choices import mentors_for
from mentors.pairing.giving_back import without_them
from schools.models import MentorAtSchool
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_mentor, make_mentorship, make_tutor
from tests.mentors.paired import SPRING, START, SUMMER, TODAY, World, told
from tests.mentors.reading import open_page, words

pytestmark = [
    pytest.mark.usefixtures("kept_as_found_anew"),
    pytest.mark.django_db,
    pytest.mark.time_machine("2026-03-02T12:00:00Z"),
]

BEFORE_SPRING = date(2026, 3, 31)
BEGAN = date(2026, 2, 16)
JANE_AGAIN = ("Jane Thomas", START, None, "")


@pytest.fixture
def world() -> World:
    """Jane mentors Jason Blue, and Julie is to do so from 13 April."""
    world = World()
    make_mentorship(world.jane, world.ect)
    world.pair(SPRING)
    return world


def tell(person, last_day: date) -> None:
    seen = cut_short_by(person, date.fromordinal(last_day.toordinal() + 1), TODAY).key
    leave(person, last_day, seen=seen, day=TODAY, now=timezone.now())


def test_a_planned_mentor_who_leaves_gives_the_ect_back_to_the_present_one(world):
    tell(world.mentor, BEFORE_SPRING)
    assert told(world.ect) == [JANE_AGAIN]


def test_who_stays_after_all_is_planned_again(world):
    tell(world.mentor, BEFORE_SPRING)
    outcome = withdraw_leaving(MentorAtSchool.objects.get(pk=world.mentor.pk), day=TODAY)
    assert not outcome.not_reopened
    assert told(world.ect) == [
        ("Jane Thomas", START, SPRING, "changed"),
        ("Julie Carver", SPRING, None, ""),
    ]


def test_who_stays_takes_no_ect_from_a_mentor_who_was_changed_since(world):
    tell(world.mentor, BEFORE_SPRING)
    Mentorship.objects.update(finished_on=SUMMER, end_reason="changed")
    outcome = withdraw_leaving(MentorAtSchool.objects.get(pk=world.mentor.pk), day=TODAY)
    assert len(outcome.not_reopened) == 1
    assert told(world.ect) == [("Jane Thomas", START, SUMMER, "changed")]


def test_what_had_begun_gives_nothing_back_and_the_page_says_so(client: Client):
    world = World()
    make_mentorship(world.jane, world.ect)
    world.pair(BEGAN)
    client.force_login(make_tutor(world.school))
    address = reverse("mentor-leaving", args=[world.school.urn, world.mentor.public_id])
    last_day = {"last_day-day": 31, "last_day-month": 1, "last_day-year": 2026}
    client.post(address, last_day)
    page = open_page(client, "mentor-leaving-check", world.school.urn, world.mentor.public_id)
    assert words(page.select_one("#began-later")) == "Mentoring Jason Blue from 16 February 2026"
    assert not page.select("#deleted")
    assert words(page.select_one("#follows")) == (
        "Jason Blue will be shown with no mentor from 16 February 2026."
    )
    tell(world.mentor, date(2026, 1, 31))
    assert told(world.ect) == [("Jane Thomas", START, BEGAN, "changed")]


def test_the_next_mentor_ends_what_goes_on(world):
    third = make_mentor(name="Tom Third", school=world.school)
    world.pair(SUMMER, third)
    tell(world.mentor, BEFORE_SPRING)
    assert told(world.ect) == [
        ("Jane Thomas", START, SUMMER, "changed"),
        ("Tom Third", SUMMER, None, ""),
    ]


def test_what_goes_on_ends_with_what_is_known_by_now(world):
    tell(world.jane, date(2026, 6, 30))
    tell(world.mentor, BEFORE_SPRING)
    assert told(world.ect) == [("Jane Thomas", START, date(2026, 7, 1), "mentor_left")]


@pytest.mark.parametrize("last_day", [BEFORE_SPRING, date(2026, 4, 12)])
@pytest.mark.parametrize("what", ["ect", "induction"])
def test_what_ends_with_the_ect_gives_nothing_back_beyond(world, what, last_day):
    end = date.fromordinal(last_day.toordinal() + 1)
    if what == "ect":
        tell(world.ect, last_day)
    else:
        world.ect.teacher.induction_finished_on = end
        record_induction_end(world.ect.teacher, None, day=TODAY)
    ((name, started_on, finished_on, _),) = told(world.ect)
    assert (name, started_on, finished_on) == ("Jane Thomas", START, end)


def test_staff_delete_by_the_same_rule_and_are_told_before(client: Client, world):
    enter_admin(client, make_staff(is_superuser=True))
    planned = Mentorship.objects.get(started_on=SPRING)
    address = reverse("admin:mentors_mentorship_delete", args=[planned.pk])
    assert "Jane Thomas will go on mentoring Jason Blue." in client.get(address).text
    client.post(address, {"post": "yes"})
    assert told(world.ect) == [JANE_AGAIN]


def test_staff_delete_several_at_once(client: Client, world):
    enter_admin(client, make_staff(is_superuser=True))
    third = make_mentor(name="Tom Third", school=world.school)
    world.pair(SUMMER, third)
    planned = Mentorship.objects.filter(started_on__gt=TODAY)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in planned]}
    client.post(reverse("admin:mentors_mentorship_changelist"), chosen | {"post": "yes"})
    assert told(world.ect) == [JANE_AGAIN]


@pytest.mark.parametrize("begins", [SUMMER, SPRING, date(2026, 4, 14)])
def test_staff_who_put_off_a_planned_mentorship_leave_no_gap_before_it(
    client: Client, world, begins
):
    enter_admin(client, make_staff(is_superuser=True))
    planned = Mentorship.objects.get(started_on=SPRING)
    entered = {
        "mentor": planned.mentor_id,
        "ect": planned.ect_id,
        "started_on": begins,
        "finished_on": "",
        "end_reason": "",
    }
    client.post(reverse("admin:mentors_mentorship_change", args=[planned.pk]), entered)
    assert told(world.ect) == [
        ("Jane Thomas", START, begins, "changed"),
        ("Julie Carver", begins, None, ""),
    ]


def test_who_is_to_be_changed_can_be_chosen_to_go_on(world):
    jane = next(each for each in mentors_for(world.ect, TODAY).shown if each.person == world.jane)
    assert not jane.is_present
    Mentorship.objects.filter(started_on=SPRING).delete()  # by a script, past the rule
    world.pair(SPRING, world.jane)
    assert told(world.ect) == [JANE_AGAIN]


def test_a_gap_until_the_next_mentor_is_said(world):
    present = Mentorship.objects.get(started_on=START)
    said = without_them([], TODAY, ended=[present], finished_on=BEFORE_SPRING)
    assert list(said) == [
        "Jason Blue will have no mentor from 31 March 2026 until Julie Carver starts on"
        " 13 April 2026."
    ]
