"""Unfunded mentors: a lead provider trains their ECT, and has never trained them.

Source: docs/lead-provider-api.md, "Unfunded mentors".
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from core.periods import PeriodQuerySet
from declarations.models import LeadProvider, TrainingPeriod
from mentors.models import ProviderMentorship
from schools.models import Teacher


class UnfundedMentor(NamedTuple):
    """A mentor, and the email address that the school of the ECT has for them.

    If there are several such schools, it is the one where their time as a mentor started last.
    """

    teacher: Teacher
    email: str


def unfunded_mentors(provider: LeadProvider, day: date) -> QuerySet[ProviderMentorship]:
    """One row for each unfunded mentor of this provider on a day: the first of their mentorships.

    A mentorship counts if it goes on or is to begin, and the ECT's latest training with the
    provider is at that school.
    """
    trained = TrainingPeriod.objects.filter(
        teacher=OuterRef("mentor_teacher"), lead_provider=provider, partnership__isnull=False
    )
    mentorships = _mentorships(provider, day)
    earlier = mentorships.filter(
        mentor_teacher=OuterRef("mentor_teacher"), mentorship__lt=OuterRef("mentorship")
    )
    return mentorships.filter(~Exists(earlier), ~Exists(trained.order_by()))


def read_unfunded_mentors(
    teacher_ids: Sequence[int], provider: LeadProvider, day: date
) -> list[UnfundedMentor]:
    """These unfunded mentors, in this order, in two queries."""
    teachers = Teacher.objects.in_bulk(teacher_ids)
    latest = (
        _mentorships(provider, day)
        .filter(mentor_teacher__in=teacher_ids)
        .order_by("mentor_teacher_id", "-mentorship__mentor__started_on", "-mentorship__mentor_id")
        .distinct("mentor_teacher_id")
    )
    emails = dict(latest.values_list("mentor_teacher_id", "mentorship__mentor__email"))
    return [
        UnfundedMentor(teachers[pk], emails[pk])
        for pk in teacher_ids
        if pk in teachers and pk in emails
    ]


def _mentorships(provider: LeadProvider, day: date) -> PeriodQuerySet:
    """The mentorships, not over on this day, of ECTs that the provider trains at that school."""
    return ProviderMentorship.objects.filter(lead_provider=provider).not_over(day).order_by()
