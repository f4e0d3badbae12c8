"""Training as a school decides it: who trains a mentor or an ECT, from when, and a change of that.

Rules without a page: the school's journeys call them. Training is in the school's partnership with
the provider in the cohort if there is one, and waits for it otherwise.

Source: docs/lead-provider-api.md, "How training comes about".
"""

from datetime import date, datetime
from typing import NamedTuple

import pghistory
from django.conf import settings
from django.db import transaction

from core.periods import in_words, london_day
from core.refusals import RefusedChange
from declarations import cohort_rules
from declarations.completion import FundingEndReason, completion_facts, funding_end
from declarations.locks import lock_school_year, lock_teacher
from declarations.models import (
    Cohort,
    Course,
    LeadProvider,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from declarations.school_years import make_provider_led, partnership_of
from declarations.transitions import make_declared_eligible
from schools.models import MentorAtSchool, PersonAtSchool, School, Teacher


def cohort_for(
    teacher: Teacher | None, first_day: date, today: date, course: Course = Course.MENTOR
) -> Cohort:
    """The cohort of new training from `first_day` on; `teacher` is None for a new one.

    That of their latest training of this course, unless it is closed for payment; else the cohort
    of the first day, but never one before today's. Raises RefusedChange when DfE has not opened it
    yet.
    """
    latest = teacher and (
        TrainingPeriod.objects.filter(teacher=teacher, course_identifier=course)
        .select_related("cohort")
        .order_by("-started_on", "-pk")
        .first()
    )
    if latest and not latest.cohort.closed_for_payment:
        return latest.cohort
    year = cohort_rules.cohort_of(max(first_day, today))
    cohort = Cohort.objects.filter(start_year=year).first()
    if cohort is None:
        raise RefusedChange(
            f"We cannot record training for the academic year {year} to {year + 1} yet. Contact us"
            f" at {settings.SUPPORT_EMAIL}"
        )
    return cohort


def why_not_trained(teacher: Teacher) -> str | None:
    """Why this teacher begins no mentor training, in words; None when they may.

    Funding ends when they have completed, or have started and not completed.
    """
    end = funding_end(completion_facts(teacher.pk))
    if end is None:
        return None
    recorded = f"{teacher.name} is recorded as having"
    return {
        FundingEndReason.COMPLETED: f"{teacher.name} has completed mentor training",
        FundingEndReason.EARLY_ROLL_OUT: (
            f"{recorded} completed mentor training in the early roll-out"
        ),
        FundingEndReason.NOT_COMPLETED: f"{recorded} started mentor training and not completed it",
    }[end.reason]


def begin_training(
    person: PersonAtSchool,
    lead_provider: LeadProvider,
    cohort: Cohort,
    from_day: date,
    *,
    by: str,
    now: datetime,
) -> TrainingPeriod:
    """Have a lead provider train a mentor or an ECT for a cohort, from a day on.

    From their first day at the school if that is later, and until the end that is known of their
    time there. An undecided or absent school year becomes provider-led. A mentor's first training
    makes them eligible for funding from its first day, and their declarations since then eligible.
    `by` is a kind and an id for the logs ("user 12"). Raises RefusedChange in words for the user.
    """
    with transaction.atomic(), pghistory.context(by=by):
        year = lock_school_year(person.school_id, cohort.pk)
        teacher = lock_teacher(person.teacher_id)
        start = max(from_day, person.started_on)
        _check_may_begin(person, teacher, year, start)
        make_provider_led(year)
        period = _made(person, lead_provider, cohort, start, _end_at_school(person))
        if isinstance(person, MentorAtSchool):
            make_eligible(teacher, start, by=by, now=now)
    return period


class TrainingToCome(NamedTuple):
    """Training that would begin: its first day, cohort, and partnership, if there is one yet.

    `in_place`: training that is there would be changed to it, else it would be new.
    """

    started_on: date
    cohort: Cohort
    partnership: SchoolPartnership | None
    in_place: bool = False


def foresee_training(
    teacher: Teacher,
    school: School,
    lead_provider: LeadProvider,
    first_day: date,
    today: date,
    course: Course,
) -> TrainingToCome:
    """The training that `begin_training` would make of a person who starts at a school on this day.

    Raises RefusedChange as it would.
    """
    if course == Course.MENTOR and (reason := why_not_trained(teacher)):
        raise RefusedChange(reason)
    cohort = cohort_for(teacher, first_day, today, course)
    _check_provider_led(SchoolYear.objects.filter(school=school, cohort=cohort).first())
    partnership = partnership_of(school.pk, lead_provider.pk, cohort.pk)
    return TrainingToCome(first_day, cohort, partnership)


def foresee_change(
    period: TrainingPeriod, lead_provider: LeadProvider, today: date
) -> TrainingToCome:
    """The training that `change_lead_provider` would make. Raises RefusedChange as it would."""
    in_place, cohort = is_changed_in_place(period, today), cohort_when_changed(period, today)
    year = SchoolYear.objects.filter(school=period.school_id, cohort=cohort).first()
    _check_may_change(period, lead_provider, year, today)
    partnership = partnership_of(period.school_id, lead_provider.pk, cohort.pk)
    started_on = period.started_on if in_place else today
    return TrainingToCome(started_on, cohort, partnership, in_place)


def why_not_changed(period: TrainingPeriod, day: date) -> str | None:
    """Why a school cannot have another lead provider train this person; None when it can.

    In words for the user. `day` is today.
    """
    name = period.teacher.name
    if period.is_over(day):
        return f"{name}’s training with {period.lead_provider} is over"
    if period.mentor_id and (reason := why_not_trained(period.teacher)):
        return reason
    if period.started_on >= day and period.declarations.exists():
        return (
            f"{period.lead_provider} has reported {name}’s training already. Contact us at"
            f" {settings.SUPPORT_EMAIL}"
        )
    return None


def is_changed_in_place(period: TrainingPeriod, day: date) -> bool:
    """Whether training that gets another provider on this day stays one period.

    So it is while it waits, and when it begins on that day or later.
    """
    return period.waits or period.started_on >= day


def cohort_when_changed(period: TrainingPeriod, day: date) -> Cohort:
    """The cohort of training that gets another provider on this day.

    Raises RefusedChange as `cohort_for` does.
    """
    if is_changed_in_place(period, day):
        return period.cohort
    return cohort_for(period.teacher, day, day, Course(period.course_identifier))


def change_lead_provider(
    period: TrainingPeriod, lead_provider: LeadProvider, *, by: str, now: datetime
) -> TrainingPeriod:
    """Have another lead provider train this person; return the period that is now theirs.

    Training that waits, or that begins today or later, is changed in place. Other training ends
    yesterday, and a new period begins today and lasts as long as the former one would have. Where
    the former provider stopped it today, it lasts as long as the person is at the school. Takes
    `by` and raises RefusedChange as `begin_training` does.
    """
    today = london_day(now)
    with transaction.atomic(), pghistory.context(by=by):
        cohort = cohort_when_changed(period, today)
        year = lock_school_year(period.school_id, cohort.pk)
        lock_teacher(period.teacher_id)
        period = TrainingPeriod.objects.select_related("cohort").get(pk=period.pk)
        _check_may_change(period, lead_provider, year, today)
        if is_changed_in_place(period, today):
            return _changed_in_place(period, lead_provider)
        make_provider_led(year)
        stopped = period.withdrawn_at or period.deferred_at
        end = _end_at_school(period.person) if stopped else (period.finished_on, period.end_reason)
        period.finished_on = today
        period.end_reason = TrainingPeriod.EndReason.CHANGED_LEAD_PROVIDER
        period.save()
        return _made(period.person, lead_provider, cohort, today, end)


def _check_may_begin(
    person: PersonAtSchool, teacher: Teacher, year: SchoolYear, start: date
) -> None:
    name = teacher.name
    if person.finished_on and start >= person.finished_on:
        raise RefusedChange(f"{name} is not at your school on {in_words(start)}")
    if isinstance(person, MentorAtSchool) and (reason := why_not_trained(teacher)):
        raise RefusedChange(reason)
    _check_provider_led(year)
    if person.training_periods.filter(period__overlap=(start, person.finished_on)).exists():
        raise RefusedChange(f"{name} is in training then already, or is to begin")


def _check_may_change(
    period: TrainingPeriod, lead_provider: LeadProvider, year: SchoolYear | None, today: date
) -> None:
    if reason := why_not_changed(period, today):
        raise RefusedChange(reason)
    if period.lead_provider_id == lead_provider.pk:
        raise RefusedChange(f"{period.teacher.name} is trained by {lead_provider} already")
    _check_provider_led(year)


def _check_provider_led(year: SchoolYear | None) -> None:
    if year and year.programme == SchoolYear.Programme.SCHOOL_LED:
        raise RefusedChange(
            f"Your school delivers its own programme in the academic year {year.cohort}. Change"
            " that first"
        )


def _end_at_school(person: PersonAtSchool) -> tuple[date | None, str]:
    """The end of training with the person's time at the school, if that is known, and its reason.

    Training with this reason goes on if the person stays after all.
    """
    end = person.finished_on
    return end, TrainingPeriod.EndReason.LEFT_SCHOOL if end else ""


def make_eligible(teacher: Teacher, start: date, *, by: str, now: datetime) -> None:
    """Hold a mentor eligible for funding from `start`, the first day of training that was recorded.

    A day that is held already stays. What was declared since and is submitted becomes eligible. The
    caller has locked the teacher. `by` is a kind and an id for the log.
    """
    if teacher.mentor_funding_eligible_from is not None:
        return
    teacher.mentor_funding_eligible_from = start
    teacher.save(update_fields=["mentor_funding_eligible_from"])
    make_declared_eligible(teacher, start, by=by, now=now)


def _made(
    person: PersonAtSchool,
    lead_provider: LeadProvider,
    cohort: Cohort,
    start: date,
    end: tuple[date | None, str],
) -> TrainingPeriod:
    finished_on, end_reason = end
    return TrainingPeriod.objects.create(
        **{person.foreign_key: person},
        lead_provider=lead_provider,
        cohort=cohort,
        partnership=partnership_of(person.school_id, lead_provider.pk, cohort.pk),
        started_on=start,
        finished_on=finished_on,
        end_reason=end_reason,
    )


def _changed_in_place(period: TrainingPeriod, lead_provider: LeadProvider) -> TrainingPeriod:
    period.lead_provider = lead_provider
    period.partnership = partnership_of(period.school_id, lead_provider.pk, period.cohort_id)
    period.save()
    return period
