"""The page of an ECT: personal details, mentor, induction and training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from core.compiled_queries import CompiledQuery, Slot
from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.leaving.undoing import may_be_undone
from mentors.pairing.candidates import with_another_mentor
from mentors.pairing.mentoring import NextMentor, next_mentors_of
from mentors.people.ect_training import (
    Dated,
    Tag,
    induction_end_of,
    induction_start_of,
    tag_of,
)
from mentors.people.listing import has_left
from mentors.people.trained_by import training_of
from mentors.people.training import Training
from mentors.people.training_words import TrainingWords, words_of_training
from schools.models import ECTAtSchool, MentorAtSchool

if TYPE_CHECKING:
    from mentors.people.ect_training import CategorisedECT


@dataclass(frozen=True)
class MentorOfECT:
    """The mentor of an ECT: the name, and the public id of the mentor's row at the school."""

    name: str
    public_id: UUID


@dataclass(frozen=True)
class ECTPage:
    """The data of the page.

    `mentor` is the mentor on the day, and `next_mentor` the first to begin after it; or None.
    `as_mentor`: the public id of their time as a mentor at this school, if they have one.
    """

    ect: CategorisedECT
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    may_be_undone: bool
    can_be_given_a_mentor: bool
    mentor: MentorOfECT | None
    next_mentor: NextMentor | None
    tag: Tag
    induction: Dated
    induction_end: Dated | None
    training: Training
    words: TrainingWords
    as_mentor: UUID | None


_AS_MENTOR = CompiledQuery(
    lambda: (
        MentorAtSchool.objects.filter(teacher=Slot("teacher"), school=Slot("school"))
        .order_by("-started_on")
        .values_list("public_id", flat=True)[:1]
    )
)


def ect_page(ect_at_school: ECTAtSchool, day: date) -> ECTPage:
    """The page of an ECT on this day; `people.finding` has read the ECT for the same day."""
    ect = cast("CategorisedECT", ect_at_school)
    mentor, training = ect.mentored_by, training_of(ect, day)
    return ECTPage(
        ect=ect,
        is_to_come=ect.started_on > day,
        has_left=has_left(ect, day),
        may_leave=may_leave(ect, day),
        may_be_withdrawn=may_be_withdrawn(ect, day),
        may_be_undone=may_be_undone(ect, day),
        can_be_given_a_mentor=bool(with_another_mentor([ect.pk], day)),
        mentor=MentorOfECT(mentor["name"], UUID(mentor["public_id"])) if mentor else None,
        next_mentor=next_mentors_of([ect.pk], day).get(ect.pk),
        tag=tag_of(ect, day),
        induction=induction_start_of(ect.teacher, day),
        induction_end=induction_end_of(ect.teacher, day),
        training=training,
        words=words_of_training(training),
        as_mentor=_AS_MENTOR.first(teacher=ect.teacher_id, school=ect.school_id),
    )
