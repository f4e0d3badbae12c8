"""Leaving a school: what ends that day and why, what never begins, and what withdrawing reopens."""

from datetime import UTC, date, datetime

import pytest

from core.periods import finished_on
from core.refusals import RefusedChange
from declarations.models import TrainingPeriod
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.induction import record_induction_end
from mentors.leaving.leaving import (
    WithdrawnLeaving,
    leave,
    may_be_withdrawn,
    may_leave,
    withdraw_leaving,
)
from mentors.models import Leaving, Mentorship
from mentors.pairing.planning import pair, present_of
from schools.models import ECTAtSchool, MentorAtSchool
from tests import builders
from tests.mentors.declaring import declare

pytestmark = pytest.mark.django_db

START, TODAY = date(2025, 9, 1), date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
LAST_DAY, NEXT_DAY = date(2026, 3, 31), date(2026, 4, 1)


@pytest.fixture
def mentor() -> MentorAtSchool:
    return builders.make_mentor(started_on=START, name="Jane Thomas")


@pytest.fixture
def ect(mentor: MentorAtSchool) -> ECTAtSchool:
    return builders.make_ect(school=mentor.school, started_on=START, name="Ray Kirby")


def tell(person: MentorAtSchool | ECTAtSchool, last_day: date = LAST_DAY, seen: str | None = None):
    key = cut_short_by(person, finished_on(last_day), TODAY).key if seen is None else seen
    leave(person, last_day, seen=key, day=TODAY, now=NOW)
    return type(person).objects.get(pk=person.pk)


def change_mind(person: MentorAtSchool | ECTAtSchool, day: date = TODAY) -> WithdrawnLeaving:
    return withdraw_leaving(type(person).objects.get(pk=person.pk), day=day)


def mentorships(person: MentorAtSchool | ECTAtSchool) -> list[tuple]:
    return list(person.mentorships.values_list("started_on", "finished_on", "end_reason"))


def training(person: MentorAtSchool | ECTAtSchool) -> list[tuple]:
    periods = person.training_periods.order_by("started_on")
    return list(periods.values_list("started_on", "finished_on", "end_reason"))


def test_a_mentor_leaves(mentor, ect):
    builders.make_mentorship(mentor, ect)
    builders.make_training_period(mentor)
    left = tell(mentor)
    assert left.last_day == LAST_DAY
    assert mentorships(mentor) == [(START, NEXT_DAY, "mentor_left")]
    assert training(mentor) == [(START, NEXT_DAY, "left_school")]
    assert ect.finished_on is None


def test_an_ect_leaves(mentor, ect):
    builders.make_mentorship(mentor, ect)
    builders.make_training_period(ect)
    assert tell(ect).last_day == LAST_DAY
    assert mentorships(ect) == [(START, NEXT_DAY, "ect_left")]
    assert training(ect) == [(START, NEXT_DAY, "left_school")]


def test_what_ended_before_keeps_its_day_and_why(mentor, ect):
    builders.make_mentorship(mentor, ect, finished_on=date(2025, 12, 1))
    builders.make_training_period(mentor, finished_on=LAST_DAY)
    tell(mentor)
    assert mentorships(mentor) == [(START, date(2025, 12, 1), "changed")]
    assert training(mentor) == [(START, LAST_DAY, "")]


def test_what_begins_on_the_last_day_has_one_day_and_what_begins_after_it_is_deleted(mentor, ect):
    other = builders.make_ect(school=mentor.school, started_on=START)
    builders.make_mentorship(mentor, ect, started_on=LAST_DAY)
    builders.make_mentorship(mentor, other, started_on=NEXT_DAY)
    builders.make_training_period(mentor, started_on=NEXT_DAY)
    tell(mentor)
    assert mentorships(mentor) == [(LAST_DAY, NEXT_DAY, "mentor_left")]
    assert training(mentor) == []


def test_a_last_day_in_the_past(mentor, ect):
    builders.make_mentorship(mentor, ect)
    tell(mentor, date(2025, 12, 31))
    assert mentorships(mentor) == [(START, date(2026, 1, 1), "mentor_left")]
    assert not may_leave(Leaving.objects.get().person, TODAY)
    with pytest.raises(RefusedChange, match="no longer"):
        change_mind(mentor)


def test_an_end_that_dfe_gave_them_may_become_an_earlier_or_a_later_one():
    for last_day in (date(2026, 3, 1), date(2026, 5, 1)):
        person = builders.make_mentor(started_on=START, finished_on=NEXT_DAY)
        assert tell(person, last_day).last_day == last_day
        change_mind(person)
        person.refresh_from_db()
        assert person.finished_on == NEXT_DAY


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2025, 8, 31), "Last day must be on or after 1 September 2025, when they started"),
        (date(2027, 1, 16), "Last day must be on or before 15 January 2027, a year from today"),
    ],
)
def test_days_that_cannot_be_their_last(mentor, last_day, words):
    with pytest.raises(RefusedChange, match=words):
        tell(mentor, last_day)
    assert tell(mentor, START if last_day < START else date(2027, 1, 15)).finished_on


def test_the_last_day_that_is_there_already_is_no_change():
    person = builders.make_mentor(started_on=START, finished_on=NEXT_DAY)
    with pytest.raises(RefusedChange, match="already"):
        tell(person)


def test_training_to_come_that_a_provider_has_reported_is_not_deleted(mentor):
    builders.make_training_period(mentor, started_on=NEXT_DAY)
    declare(mentor.teacher, "2026-05-01T12:00:00Z", type_="started")
    with pytest.raises(RefusedChange, match="reported training that starts after this day"):
        tell(mentor)
    assert not Leaving.objects.exists()
    assert tell(mentor, NEXT_DAY).last_day == NEXT_DAY


def test_somebody_who_was_said_to_leave_cannot_be_again(mentor):
    tell(mentor)
    with pytest.raises(RefusedChange, match="We have already been told"):
        tell(mentor, date(2026, 4, 30))


def test_nothing_ends_that_the_tutor_was_not_shown(mentor, ect):
    seen = cut_short_by(mentor, NEXT_DAY, TODAY).key
    builders.make_mentorship(mentor, ect)
    with pytest.raises(RefusedChange, match="Our records were changed while you were looking"):
        tell(mentor, seen=seen)
    assert mentorships(mentor) == [(START, None, "")]


def test_withdrawing_makes_everything_as_it_was(mentor, ect):
    other = builders.make_ect(school=mentor.school, started_on=START)
    builders.make_mentorship(mentor, ect)
    builders.make_mentorship(mentor, other, started_on=NEXT_DAY, finished_on=date(2026, 9, 1))
    builders.make_training_period(mentor)
    rows = [*Mentorship.objects.values(), *TrainingPeriod.objects.values()]
    tell(mentor)
    outcome = change_mind(mentor, LAST_DAY)
    assert [*Mentorship.objects.values(), *TrainingPeriod.objects.values()] == rows
    assert len(outcome.reopened) == 3
    assert not outcome.not_reopened
    mentor.refresh_from_db()
    assert mentor.finished_on is None
    assert may_leave(MentorAtSchool.objects.get(), TODAY)


def test_withdrawing_reopens_only_what_still_fits_and_names_the_rest(mentor, ect):
    other = builders.make_ect(school=mentor.school, started_on=START, name="Hadley Deleon")
    builders.make_mentorship(mentor, ect)
    builders.make_mentorship(mentor, other)
    tell(mentor)
    builders.make_mentorship(builders.make_mentor(school=mentor.school), ect, started_on=NEXT_DAY)
    outcome = change_mind(mentor)
    assert [row.ect.teacher.name for row in outcome.reopened] == ["Hadley Deleon"]
    assert [row.ect.teacher.name for row in outcome.not_reopened] == ["Ray Kirby"]
    assert set(mentorships(mentor)) == {(START, NEXT_DAY, "mentor_left"), (START, None, "")}


@pytest.mark.parametrize("change", ["end", "delete"])
def test_withdrawing_leaves_alone_what_somebody_changed_since(mentor, ect, change):
    pairing = builders.make_mentorship(mentor, ect)
    tell(mentor)
    if change == "delete":
        pairing.delete()
    else:
        Mentorship.objects.update(finished_on=date(2026, 2, 1))
    before = mentorships(mentor)
    assert len(change_mind(mentor).not_reopened) == 1
    assert mentorships(mentor) == before


def test_it_can_be_withdrawn_until_the_last_day_is_over(mentor):
    left = tell(mentor)
    assert may_be_withdrawn(left, LAST_DAY)
    assert not may_be_withdrawn(left, NEXT_DAY)
    with pytest.raises(RefusedChange, match="You can no longer withdraw"):
        change_mind(mentor, NEXT_DAY)


def test_a_last_day_that_dfe_changed_since_is_not_withdrawn(mentor):
    tell(mentor)
    MentorAtSchool.objects.update(finished_on=date(2026, 5, 1))
    with pytest.raises(RefusedChange, match="You can no longer withdraw"):
        change_mind(mentor)


def test_an_ect_who_is_to_start_elsewhere_cannot_stay(ect):
    tell(ect)
    builders.make_ect(ect.teacher, started_on=NEXT_DAY)
    with pytest.raises(RefusedChange, match="Ray Kirby is recorded as an ECT at another school"):
        change_mind(ect)


def test_who_stays_cannot_keep_an_address_that_somebody_else_is_to_have(mentor):
    tell(mentor)
    builders.make_mentor(email=mentor.email, started_on=NEXT_DAY)
    with pytest.raises(RefusedChange, match="Change it, then tell us again that they are staying"):
        change_mind(mentor)
    MentorAtSchool.objects.filter(pk=mentor.pk).update(email="new@school.example")
    change_mind(mentor)


def test_withdrawing_twice(mentor):
    tell(mentor)
    change_mind(mentor)
    with pytest.raises(RefusedChange, match="You can no longer withdraw"):
        change_mind(mentor)


def pair_now(mentor: MentorAtSchool, ect: ECTAtSchool) -> None:
    present = present_of(ect, TODAY)
    pair(
        MentorAtSchool.objects.get(pk=mentor.pk),
        ECTAtSchool.objects.get(pk=ect.pk),
        started_on=TODAY,
        present=present,
        day=TODAY,
    )


@pytest.mark.parametrize("who", ["mentor", "ect"])
def test_withdrawing_takes_the_end_from_a_pairing_made_since(mentor, ect, who):
    person = {"mentor": mentor, "ect": ect}[who]
    tell(person)
    pair_now(mentor, ect)
    assert mentorships(person) == [(TODAY, NEXT_DAY, f"{who}_left")]
    outcome = change_mind(person)
    assert mentorships(person) == [(TODAY, None, "")]
    assert len(outcome.reopened) == 1


def test_what_is_reopened_ends_with_what_has_become_known_since(mentor, ect):
    builders.make_mentorship(mentor, ect)
    tell(mentor)
    ect.teacher.induction_finished_on = date(2026, 7, 22)
    record_induction_end(ect.teacher, None, day=TODAY)
    change_mind(mentor)
    assert mentorships(mentor) == [(START, date(2026, 7, 22), "induction_completed")]


@pytest.mark.parametrize("first", ["mentor", "ect"])
def test_two_who_leave_and_both_stay(mentor, ect, first):
    builders.make_mentorship(mentor, ect)
    tell(mentor, date(2026, 7, 21))
    tell(ect)
    people = [mentor, ect] if first == "mentor" else [ect, mentor]
    for person in people:
        change_mind(person)
    assert mentorships(mentor) == [(START, None, "")]


def test_training_that_the_provider_deferred_since_is_not_given_back(mentor):
    period = builders.make_training_period(mentor)
    tell(mentor)
    TrainingPeriod.objects.update(deferred_at=NOW, deferred_reason="other")
    period.refresh_from_db()
    ended = period.finished_on
    change_mind(mentor)
    period.refresh_from_db()
    assert (period.finished_on, period.deferred_at) == (ended, NOW)
