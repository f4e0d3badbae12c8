"""Unfunded mentors: a lead provider trains their ECT, and has never trained them.

Source: docs/lead-provider-api.md, "Unfunded mentors".
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from declarations.models import LeadProvider, TrainingPeriod
from mentors.models import Mentorship
from schools.models import Teacher


class UnfundedMentor(NamedTuple):
    """A mentor, and the email address that the school of the ECT has for them.

    Of several such schools, that at which their time as a mentor started last.
    """

    teacher: Teacher
    email: str


def unfunded_mentors(provider: LeadProvider, day: date) -> QuerySet[Teacher]:
    """The unfunded mentors of this provider on a day.

    Their mentorship goes on or is to begin, and the ECT's latest training with the provider is in
    that time at the school.
    """
    trained = TrainingPeriod.objects.filter(
        teacher=OuterRef("mentor_teacher"), lead_provider=provider, partnership__isnull=False
    )
    of_untrained = _mentorships(provider, day).filter(~Exists(trained.order_by()))
    return Teacher.objects.filter(pk__in=of_untrained.values("mentor_teacher")).order_by()


def read_unfunded_mentors(
    teacher_ids: Sequence[int], provider: LeadProvider, day: date
) -> list[UnfundedMentor]:
    """These unfunded mentors, in this order, in two queries."""
    teachers = Teacher.objects.in_bulk(teacher_ids)
    latest = (
        _mentorships(provider, day)
        .filter(mentor_teacher__in=teacher_ids)
        .order_by("mentor_teacher_id", "-mentor__started_on", "-mentor_id")
        .distinct("mentor_teacher_id")
    )
    emails = dict(latest.values_list("mentor_teacher_id", "mentor__email"))
    return [
        UnfundedMentor(teachers[pk], emails[pk])
        for pk in teacher_ids
        if pk in teachers and pk in emails
    ]


def _mentorships(provider: LeadProvider, day: date) -> QuerySet[Mentorship]:
    """The mentorships, not over on this day, of ECTs that the provider trains at that school."""
    of_ects = TrainingPeriod.objects.filter(
        lead_provider=provider, ect__isnull=False, partnership__isnull=False
    ).order_by()
    later = of_ects.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        teacher=OuterRef("teacher"),
    )
    latest = of_ects.filter(~Exists(later))
    return Mentorship.objects.not_over(day).filter(ect__in=latest.values("ect")).order_by()
