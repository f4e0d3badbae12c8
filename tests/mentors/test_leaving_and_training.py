"""Training when a person leaves the school, and when they stay after all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from core.periods import finished_on
from declarations.models import Declaration, RecordedCompletion, SchoolYear, TrainingPeriod
from declarations.submission import void
from declarations.training import begin_training, change_lead_provider
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import WithdrawnLeaving, leave, withdraw_leaving
from schools.models import MentorAtSchool
from tests.builders import make_mentor, make_partnership, make_waiting
from tests.declarations.trained import declare, make_trained, provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY, START = date(2026, 3, 2), date(2025, 9, 1)
LAST_DAY, LEFT = date(2026, 3, 31), date(2026, 4, 1)
DECLARED, COMPLETED = date(2025, 11, 3), date(2025, 11, 4)
US, THEM, BY = "Ambition Institute", "Teach First", "user 1"


def now_of(person: MentorAtSchool) -> MentorAtSchool:
    return MentorAtSchool.objects.get(pk=person.pk)


def tell(person: MentorAtSchool, last_day: date = LAST_DAY, day: date = TODAY) -> None:
    person = now_of(person)
    seen = cut_short_by(person, finished_on(last_day), day).key
    leave(person, last_day, seen=seen, day=day, now=NOW)


def stay(person: MentorAtSchool, day: date = TODAY) -> WithdrawnLeaving:
    return withdraw_leaving(now_of(person), day=day)


def take_back(declaration: Declaration) -> None:
    void(declaration.lead_provider, declaration.pk, by=BY, now=NOW)


def end_of(training: TrainingPeriod) -> tuple[date | None, str, date | None]:
    now = TrainingPeriod.objects.get(pk=training.pk)
    return now.finished_on, now.end_reason, now.finished_on_before_completion


# --- Training that a completion ended ---


def test_within_two_days_of_training_that_a_completion_ended():
    """The completion leaves it a second day, and keeps the end that was there before."""
    begun, before = date(2026, 3, 1), date(2026, 9, 1)
    mentor = make_mentor(started_on=START)
    training = make_trained(mentor=mentor, started_on=begun, finished_on=before)
    declaration = declare(training, "completed", declaration_date="2026-03-01T12:00:00Z")
    assert end_of(training) == (date(2026, 3, 3), "completed", before)
    tell(mentor, begun)
    assert end_of(training) == (TODAY, "completed", before)
    take_back(declaration)
    assert end_of(training) == (TODAY, "left_school", None)


def test_what_a_completion_ended_and_leaving_cut_shorter_is_as_it_was_for_those_who_stay():
    begun, before = TODAY, date(2026, 9, 1)
    mentor = make_mentor(started_on=START)
    training = make_trained(mentor=mentor, started_on=begun, finished_on=before)
    declaration = declare(training, "completed", declaration_date="2026-03-02T09:00:00Z")
    was = end_of(training)
    tell(mentor, TODAY)
    assert end_of(training)[0] == TODAY + timedelta(days=1)
    stay(mentor)
    assert end_of(training) == was
    tell(mentor, TODAY)
    take_back(declaration)
    stay(mentor)
    assert end_of(training) == (before, "", None)


@pytest.mark.parametrize("before", [None, date(2026, 9, 1)])
def test_completed_since_and_taken_back_it_lasts_as_long_as_before_they_were_to_leave(before):
    mentor = make_mentor(started_on=START)
    training = make_trained(mentor=mentor, started_on=START, finished_on=before)
    tell(mentor)
    declaration = declare(training, "completed")
    assert end_of(training) == (COMPLETED, "completed", LEFT)
    assert stay(mentor) == WithdrawnLeaving((), ())
    assert end_of(training) == (COMPLETED, "completed", before)
    take_back(declaration)
    assert end_of(training) == (before, "", None)


def test_completed_before_they_were_to_leave_and_taken_back_since():
    mentor = make_mentor(started_on=START)
    training = make_trained(mentor=mentor, started_on=START)
    declaration = declare(training, "completed")
    tell(mentor)
    take_back(declaration)
    assert end_of(training) == (LEFT, "left_school", None)
    stay(mentor)
    assert end_of(training) == (None, "", None)


# --- Training that began since, or changed ---


def begin(mentor: MentorAtSchool, name: str = US) -> TrainingPeriod:
    cohort = make_partnership(mentor.school, 2025, name).cohort
    return begin_training(now_of(mentor), provider(name), cohort, TODAY, by=BY, now=NOW)


def test_training_that_began_since_goes_on():
    mentor = make_mentor(started_on=START)
    tell(mentor)
    training = begin(mentor)
    assert end_of(training) == (LEFT, "left_school", None)
    assert stay(mentor).reopened == (training,)
    assert end_of(training) == (None, "", None)


def test_with_the_lead_provider_that_they_have_since():
    mentor = make_mentor(started_on=START)
    former = make_trained(2025, mentor=mentor, started_on=START)
    tell(mentor)
    training = change_lead_provider(former, provider(THEM), by=BY, now=NOW)
    outcome = stay(mentor)
    assert (outcome.reopened, outcome.not_reopened) == ((training,), (former,))
    assert end_of(former) == (TODAY, "changed_lead_provider", None)
    assert end_of(training) == (None, "", None)


def test_what_the_provider_stopped_on_the_last_day_stays_so():
    mentor = make_mentor(started_on=START)
    before = date(2026, 9, 1)
    training = make_trained(mentor=mentor, started_on=START, finished_on=before)
    tell(mentor, TODAY)
    TrainingPeriod.objects.update(withdrawn_at=NOW, withdrawn_reason="other")
    assert stay(mentor).not_reopened == (training,)
    assert end_of(training) == (TODAY + timedelta(days=1), "left_school", None)


# --- Training that had not begun ---


def _became_school_led(mentor: MentorAtSchool) -> None:
    SchoolYear.objects.filter(school=mentor.school).update(programme="school_led")


def _has_completed(mentor: MentorAtSchool) -> None:
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind="early_roll_out")


def to_come(mentor: MentorAtSchool) -> TrainingPeriod:
    cohort = make_trained(2025).cohort
    SchoolYear.objects.create(school=mentor.school, cohort=cohort, programme="provider_led")
    return make_waiting(mentor, US, 2025, started_on=date(2026, 4, 20))


def test_training_to_come_is_in_a_partnership_that_was_reported_since():
    mentor = make_mentor(started_on=START)
    to_come(mentor)
    tell(mentor)
    assert not mentor.training_periods.exists()
    partnership = make_partnership(mentor.school, 2025)
    stay(mentor)
    assert mentor.training_periods.get().partnership == partnership


@pytest.mark.parametrize("since", [_became_school_led, _has_completed])
def test_training_to_come_that_would_not_be_chosen_now_is_not_given_back(
    since: Callable[[MentorAtSchool], None],
):
    mentor = make_mentor(started_on=START)
    training = to_come(mentor)
    tell(mentor)
    since(mentor)
    outcome = stay(mentor)
    assert [row.pk for row in outcome.not_reopened] == [training.pk]
    assert not mentor.training_periods.exists()
