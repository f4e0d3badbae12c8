"""The page of an ECT: personal details, mentor, induction and training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import QuerySet

from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.pairing.candidates import ECTWithMentorsColumns, with_mentors
from mentors.pairing.mentoring import NextMentor, next_mentor_column, next_mentor_of
from mentors.people.ect_training import (
    Dated,
    Tag,
    induction_end_of,
    induction_of,
    tag_of,
    with_category,
)
from mentors.people.listing import has_left
from mentors.people.trained_by import TrainedBy, TrainingColumns, trained_by, with_training
from schools.models import ECTAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ECTRow = WithAnnotations[ECTAtSchool, "ECTColumns"]


class ECTColumns(ECTWithMentorsColumns, TrainingColumns):
    """The columns of the page's query. `next_mentor` is a `next_mentor_column`."""

    next_mentor: dict[str, str] | None


@dataclass(frozen=True)
class Mentor:
    """The mentor of an ECT: the name, and the public id of the mentor's row at the school."""

    name: str
    public_id: UUID


@dataclass(frozen=True)
class ECTPage:
    """The data of the page.

    `mentor` is the mentor on the day, and `next_mentor` the first to begin after it; or None.
    """

    ect: ECTRow
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    mentor: Mentor | None
    next_mentor: NextMentor | None
    tag: Tag
    induction: Dated
    induction_end: Dated | None
    trained_by: TrainedBy


def ect_page(ects: QuerySet[ECTAtSchool], day: date) -> ECTPage:
    """The page of an ECT on this day, in one query.

    `ects` is the result of `people.row_of_person`: one ECT that the reader may see. Raises
    ECTAtSchool.DoesNotExist when it is empty.
    """
    rows = with_mentors(with_category(ects.select_related("leaving"), day), day)
    rows = rows.annotate(next_mentor=next_mentor_column(day, "pk"))
    ect = cast("ECTRow", with_training(rows, day).get())
    mentor = ect.mentored_by
    return ECTPage(
        ect=ect,
        is_to_come=ect.started_on > day,
        has_left=has_left(ect, day),
        may_leave=may_leave(ect, day),
        may_be_withdrawn=may_be_withdrawn(ect, day),
        mentor=Mentor(mentor["name"], UUID(mentor["public_id"])) if mentor else None,
        next_mentor=next_mentor_of(ect.next_mentor),
        tag=tag_of(ect, day),
        induction=induction_of(ect, day),
        induction_end=induction_end_of(ect, day),
        trained_by=trained_by(ect),
    )
