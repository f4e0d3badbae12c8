"""The page of a mentor: personal details, ECTs, and mentor training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from core.periods import not_over
from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.pairing.candidates import AssignableColumns, with_assignable
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.listing import has_left
from mentors.people.trained_by import TrainedBy, TrainingColumns, trained_by, with_training
from mentors.status.facts import training_facts
from mentors.status.policies import Policy
from mentors.status.training_status import TrainingStatus, training_status
from schools.models import MentorAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    MentorRow = WithAnnotations[MentorAtSchool, "MentorColumns"]


class MentorColumns(TrainingColumns, AssignableColumns):
    """The columns of the page's query. `other_schools`: names of schools, for `also_at`."""

    other_schools: list[str]


@dataclass(frozen=True)
class MentorPage:
    """The data of the page.

    `also_at`: the names of other schools where they are a mentor on the day, or will be; empty for
    a school that they have left. `mentoring`, `to_come` and `previously` are ECTs of this school;
    `previously` is empty under a policy that does not show it.
    """

    mentor: MentorRow
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    also_at: tuple[str, ...]
    mentoring: tuple[Mentored, ...]
    to_come: tuple[Mentored, ...]
    previously: tuple[Mentored, ...]
    status: TrainingStatus
    trained_by: TrainedBy


def mentor_page(mentors: QuerySet[MentorAtSchool], policy: Policy, day: date) -> MentorPage:
    """The page of a mentor on this day under this policy, in three queries.

    `mentors` is the result of `people.row_of_person`: one mentor that the reader may see. Raises
    MentorAtSchool.DoesNotExist when it is empty.
    """
    mentors = _with_other_schools(mentors.select_related("leaving"), day)
    mentor = cast("MentorRow", with_assignable(with_training(mentors, day), day).get())
    of_each = mentoring_of([mentor.teacher_id], mentor.school_id, day, changes=True)
    mentoring = of_each.get(mentor.teacher_id, Mentoring())
    status = training_status(training_facts(mentor.teacher_id), policy, day)
    completion = status.evidence.completion
    return MentorPage(
        mentor=mentor,
        is_to_come=mentor.started_on > day,
        has_left=has_left(mentor, day),
        may_leave=may_leave(mentor, day),
        may_be_withdrawn=may_be_withdrawn(mentor, day),
        also_at=() if has_left(mentor, day) else tuple(mentor.other_schools),
        mentoring=mentoring.now,
        to_come=mentoring.to_come,
        previously=mentoring.completed_induction if policy.shows_previously_mentored else (),
        status=status,
        trained_by=trained_by(mentor, completion.declaration if completion else None),
    )


def _with_other_schools(mentors: QuerySet[MentorAtSchool], day: date) -> QuerySet[MentorAtSchool]:
    """Adds the names to the query that finds the mentor, which saves a query."""
    elsewhere = MentorAtSchool.objects.filter(not_over(day), teacher=OuterRef("teacher"))
    others = elsewhere.exclude(school=OuterRef("school"))
    names = others.order_by("school__name").values("school__name").distinct()
    return mentors.annotate(other_schools=ArraySubquery(names))
