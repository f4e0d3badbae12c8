"""What the page of a mentor shows: who they are, whom they mentor, and their mentor training."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.pairing.candidates import with_assignable
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.listing import has_left
from mentors.people.trained_by import TrainedBy, trained_by, with_training
from mentors.status.facts import facts_for
from mentors.status.policies import Policy
from mentors.status.training_status import TrainingStatus, training_status
from schools.models import MentorAtSchool


@dataclass(frozen=True)
class MentorPage:
    """Everything on the page. `previously` is empty under a policy that does not show it.

    `also_at` are the names of other schools at which they are a mentor on the day, or are to be;
    none are shown to a school that they left.
    """

    mentor: MentorAtSchool
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

    `mentors` holds one mentor whom the reader may see, as `people.row_of_person` finds them. Raises
    MentorAtSchool.DoesNotExist when it holds none.
    """
    mentors = _with_other_schools(mentors.select_related("leaving"), day)
    mentor = with_assignable(with_training(mentors, day), day).get()
    found = mentoring_of([mentor.teacher_id], mentor.school_id, day, changes=True)
    mentoring = found.get(mentor.teacher_id, Mentoring())
    status = training_status(facts_for(mentor.teacher_id), policy, day)
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
        trained_by=trained_by(mentor, completion and completion.declaration),
    )


def _with_other_schools(mentors: QuerySet[MentorAtSchool], day: date) -> QuerySet[MentorAtSchool]:
    """In the query that finds the mentor, so that it costs none of its own."""
    not_over = Q(finished_on__isnull=True) | Q(finished_on__gt=day)
    elsewhere = MentorAtSchool.objects.filter(not_over, teacher=OuterRef("teacher")).exclude(
        school=OuterRef("school")
    )
    names = elsewhere.order_by("school__name").values("school__name").distinct()
    return mentors.annotate(other_schools=ArraySubquery(names))
