"""The page of a mentor: personal details, ECTs, and mentor training."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.compiled_queries import DAY, CompiledQuery, Slot
from core.periods import not_over
from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.leaving.undoing import may_be_undone
from mentors.pairing.candidates import can_be_assigned_an_ect
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.explanation import Explanation, what_mentor_training_is
from mentors.people.listing import has_left
from mentors.people.trained_by import Training, training_of
from mentors.people.training_words import TrainingWords, words_of_training
from mentors.status.facts import training_facts
from mentors.status.policies import Policy
from mentors.status.training_status import TrainingStatus, training_status
from schools.models import ECTAtSchool, MentorAtSchool


@dataclass(frozen=True)
class MentorPage:
    """The data of the page.

    `also_at`: the names of other schools where they are a mentor on the day, or will be; empty for
    a school that they have left. `as_ect`: the public id of their time as an ECT at this school, if
    they had one. `mentoring`, `to_come` and `previously` are ECTs of this school;
    `previously` is empty under a policy that does not show it.
    """

    mentor: MentorAtSchool
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    may_be_undone: bool
    can_be_assigned_an_ect: bool
    also_at: tuple[str, ...]
    as_ect: UUID | None
    mentoring: tuple[Mentored, ...]
    to_come: tuple[Mentored, ...]
    previously: tuple[Mentored, ...]
    status: TrainingStatus
    training: Training
    words: TrainingWords
    explanation: Explanation


_OTHER_SCHOOLS = CompiledQuery(
    lambda: (
        MentorAtSchool.objects.filter(not_over(DAY), teacher=Slot("teacher"))
        .exclude(school=Slot("school"))
        .order_by("school__searchable_name")
        .values_list("school__name", flat=True)
        .distinct()
    )
)


_AS_ECT = CompiledQuery(
    lambda: (
        ECTAtSchool.objects.filter(teacher=Slot("teacher"), school=Slot("school"))
        .order_by("-started_on")
        .values_list("public_id", flat=True)[:1]
    )
)


def mentor_page(mentor: MentorAtSchool, policy: Policy, day: date) -> MentorPage:
    """The page of a mentor on this day under this policy; `people.finding` has read the mentor."""
    of_each = mentoring_of([mentor.teacher_id], mentor.school_id, day, changes=True)
    mentoring = of_each.get(mentor.teacher_id, Mentoring())
    status = training_status(training_facts(mentor.teacher_id), policy, day)
    training = training_of(mentor, day, status)
    others = _OTHER_SCHOOLS.all(teacher=mentor.teacher_id, school=mentor.school_id, day=day)
    return MentorPage(
        mentor=mentor,
        is_to_come=mentor.started_on > day,
        has_left=has_left(mentor, day),
        may_leave=may_leave(mentor, day),
        may_be_withdrawn=may_be_withdrawn(mentor, day),
        may_be_undone=may_be_undone(mentor, day),
        can_be_assigned_an_ect=can_be_assigned_an_ect(mentor, day),
        as_ect=_AS_ECT.first(teacher=mentor.teacher_id, school=mentor.school_id),
        also_at=() if has_left(mentor, day) else tuple(others),
        mentoring=mentoring.now,
        to_come=mentoring.to_come,
        previously=mentoring.completed_induction if policy.shows_previously_mentored else (),
        status=status,
        training=training,
        words=words_of_training(training, status),
        explanation=what_mentor_training_is(),
    )
