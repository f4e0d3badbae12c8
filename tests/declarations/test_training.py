"""Training begins, waits, and goes over to another provider, as a school decides it."""

from datetime import UTC, date, datetime

import pytest

from core.refusals import RefusedChange
from declarations.models import RecordedCompletion, SchoolYear, TrainingPeriod
from declarations.states import State
from declarations.training import begin_training, change_lead_provider, cohort_for
from declarations.withdrawal import Stop, withdraw
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_partnership,
    make_teacher,
    make_training_period,
    make_waiting,
)
from tests.declarations.trained import declare, make_trained, provider

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY, START = date(2026, 3, 2), date(2026, 1, 5)
US, THEM, BY = "Ambition Institute", "Teach First", "user 1"


def begin(
    person: MentorAtSchool | ECTAtSchool, name: str = US, year: int = 2025, day: date = START
) -> TrainingPeriod:
    return begin_training(person, provider(name), make_cohort(year), day, by=BY, now=NOW)


def change(period: TrainingPeriod, name: str = THEM) -> TrainingPeriod:
    return change_lead_provider(period, provider(name), by=BY, now=NOW)


def programme(person: MentorAtSchool | ECTAtSchool, year: int = 2025) -> str:
    return SchoolYear.objects.get(school=person.school, cohort__start_year=year).programme


@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_training_waits_until_there_is_a_partnership(make):
    person = make()
    period = begin(person)
    assert period.waits
    assert (period.person, period.started_on, period.finished_on) == (person, START, None)
    assert (period.lead_provider.name, period.cohort.start_year) == (US, 2025)
    assert programme(person) == SchoolYear.Programme.PROVIDER_LED


def test_it_is_in_the_partnership_that_was_made_first():
    mentor = make_mentor()
    make_partnership(mentor.school, 2025, THEM)
    first = make_partnership(mentor.school, 2025, US, "Hub 1")
    make_partnership(mentor.school, 2025, US, "Hub 2")
    assert begin(mentor).partnership == first


def test_it_is_within_their_time_at_the_school():
    mentor = make_mentor(started_on=date(2026, 4, 1), finished_on=date(2026, 9, 1))
    period = begin(mentor)
    assert (period.started_on, period.finished_on) == (date(2026, 4, 1), date(2026, 9, 1))


def test_the_first_training_makes_a_mentor_eligible_and_what_was_declared_since():
    training = make_trained(finished_on=date(2026, 1, 1))
    since = declare(training, "retained-1", declaration_date="2026-01-05T00:00:00Z")
    before = declare(training, declaration_date="2026-01-04T23:59:59Z")
    begin(training.mentor, THEM)
    for declaration, state in ((since, State.ELIGIBLE), (before, State.SUBMITTED)):
        declaration.refresh_from_db()
        assert declaration.state == state
    log = since.state_changes.latest("pk")
    assert (log.by, log.why) == (BY, "eligible for mentor funding")


def test_eligibility_that_dfe_holds_is_kept_and_ects_have_none():
    held = date(2025, 1, 1)
    mentor, ect = make_mentor(make_teacher(mentor_funding_eligible_from=held)), make_ect()
    for person, day in ((mentor, held), (ect, None)):
        begin(person)
        person.teacher.refresh_from_db()
        assert person.teacher.mentor_funding_eligible_from == day


def _school_led(mentor: MentorAtSchool) -> None:
    SchoolYear.objects.create(
        school=mentor.school, cohort=make_cohort(2025), programme="school_led"
    )


def _left(mentor: MentorAtSchool) -> None:
    mentor.finished_on = START
    mentor.save()


def _completed(mentor: MentorAtSchool) -> None:
    training = make_trained(mentor=make_mentor(mentor.teacher))
    declare(training, "completed")


def _recorded(kind: str):
    return lambda mentor: RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (_school_led, "Your school delivers its own programme in the academic year 2025 to 2026"),
        (_left, "Morgan Mentor is not at your school on 5 January 2026"),
        (_completed, "Morgan Mentor has completed mentor training"),
        (
            _recorded("early_roll_out"),
            "Morgan Mentor is recorded as having completed mentor training in the early roll-out",
        ),
        (
            _recorded("started_not_completed"),
            "Morgan Mentor is recorded as having started mentor training and not completed it",
        ),
        (lambda mentor: begin(mentor, THEM), "Morgan Mentor is in training then already"),
        (
            lambda mentor: begin(mentor, day=date(2026, 9, 1)),
            "Morgan Mentor is in training then already, or is to begin",
        ),
    ],
)
def test_who_does_not_begin_training(given, words):
    mentor = make_mentor()
    given(mentor)
    before = TrainingPeriod.objects.count()
    with pytest.raises(RefusedChange, match=words):
        begin(mentor)
    assert TrainingPeriod.objects.count() == before


def test_what_was_declared_of_an_ect_does_not_keep_them_from_mentor_training():
    teacher = make_teacher()
    make_ect(teacher, finished_on=date(2024, 9, 1))
    assert begin(make_mentor(teacher))


# --- The cohort ---


@pytest.mark.parametrize(
    ("first_day", "today", "year"),
    [
        (date(2026, 5, 31), date(2026, 5, 31), 2025),
        (date(2026, 6, 1), date(2026, 5, 31), 2026),
        (date(2024, 9, 1), date(2026, 6, 1), 2026),
    ],
)
def test_the_cohort_is_that_of_the_first_day_and_none_before_today_s(first_day, today, year):
    for start in (2023, 2024, 2025, 2026):
        make_cohort(start)
    assert cohort_for(make_teacher(), first_day, today).start_year == year


def test_the_cohort_is_that_of_the_latest_training_unless_it_is_closed():
    make_cohort(2025)
    training = make_trained(2023)
    assert cohort_for(training.teacher, TODAY, TODAY) == training.cohort
    training.cohort.closed_for_payment = True
    training.cohort.save()
    assert cohort_for(training.teacher, TODAY, TODAY).start_year == 2025


def test_a_cohort_that_dfe_has_not_opened_is_refused_in_words():
    with pytest.raises(RefusedChange, match="for the academic year 2031 to 2032 yet"):
        cohort_for(make_teacher(), date(2031, 9, 1), TODAY)


# --- Another provider ---


def test_what_has_begun_ends_yesterday_and_a_new_period_begins_today():
    training = make_trained(2025, started_on=date(2025, 9, 1))
    there = make_partnership(training.school, 2025, THEM)
    new = change(training)
    training.refresh_from_db()
    assert (training.last_day, training.end_reason) == (date(2026, 3, 1), "changed_lead_provider")
    assert (new.started_on, new.finished_on) == (TODAY, None)
    assert (new.person, new.cohort, new.partnership) == (training.person, training.cohort, there)


def test_the_new_period_of_an_ect_is_for_the_cohort_of_their_training():
    ect = make_ect()
    partnership = make_partnership(ect.school, 2023)
    period = make_training_period(ect, partnership, started_on=date(2023, 9, 1))
    make_cohort(2025)
    assert change(period).cohort.start_year == 2023


def test_the_new_period_lasts_as_long_as_the_former_would_have():
    training = make_trained(2025, finished_on=date(2026, 7, 1))
    assert change(training).finished_on == date(2026, 7, 1)


def test_the_new_period_lasts_as_long_as_they_are_here_where_the_former_was_stopped_today():
    training = make_trained(2025)
    stop = Stop("ecf-mentor", "changed-lead-provider")
    withdraw(training.lead_provider, training.teacher.participant_id, stop, by=BY, now=NOW)
    new = change(training)
    training.refresh_from_db()
    assert (training.last_day, training.withdrawn_at) == (date(2026, 3, 1), NOW)
    assert (new.started_on, new.finished_on) == (TODAY, None)


def test_an_ect_s_new_period_has_the_cohort_of_their_own_training():
    ect = make_ect(finished_on=date(2026, 9, 1))
    partnership = make_partnership(ect.school, 2024)
    training = make_training_period(ect, partnership, finished_on=ect.finished_on)
    make_trained(2023, teacher=ect.teacher, started_on=date(2026, 10, 1))
    assert change(training).cohort.start_year == 2024


def test_what_only_waits_or_has_lasted_no_day_is_changed_in_place():
    waits = make_waiting(make_mentor(), US, 2025, started_on=date(2025, 9, 1))
    today, to_come = (make_trained(2025, started_on=day) for day in (TODAY, date(2026, 4, 13)))
    for period in (waits, today, to_come):
        changed = change(period)
        assert (changed.pk, changed.started_on) == (period.pk, period.started_on)
        assert (changed.lead_provider.name, changed.waits) == (THEM, True)


def test_what_is_changed_in_place_is_in_the_partnership_that_is_there():
    waits = make_waiting(make_mentor(), US, 2025)
    partnership = make_partnership(waits.school, 2025, THEM)
    assert change(waits).partnership == partnership


def test_a_change_is_refused_in_words():
    over = make_trained(2025, finished_on=TODAY)
    completed = make_trained(2025, mentor=make_mentor())
    declare(make_trained(mentor=make_mentor(completed.teacher)), "completed")
    reported = make_trained(2025, started_on=TODAY)
    declare(reported, evidence_held="other")
    cases = (
        (over, THEM, "training with Ambition Institute is over"),
        (make_trained(2025), US, "is trained by Ambition Institute already"),
        (completed, THEM, "has completed mentor training"),
        (reported, THEM, "Ambition Institute has reported Morgan Mentor’s training already"),
    )
    for period, name, words in cases:
        with pytest.raises(RefusedChange, match=words):
            change(period, name)
