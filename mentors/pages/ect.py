"""What the page of an ECT shows: who they are, their mentor, their induction and training."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.pairing.candidates import with_mentors
from mentors.pairing.mentoring import Coming, coming, next_mentor
from mentors.people.ect_training import Dated, Tag, induction_end_of, induction_of, standing, tag_of
from mentors.people.listing import has_left
from mentors.people.trained_by import TrainedBy, trained_by, with_training
from schools.models import ECTAtSchool


@dataclass(frozen=True)
class Mentor:
    """The mentor of an ECT: `public_id` is that of their time at the school."""

    name: str
    public_id: UUID


@dataclass(frozen=True)
class ECTPage:
    """Everything on the page. `mentor` is that of the day, if there is one.

    `next_mentor` is who will mentor them after that, if that is known.
    """

    ect: ECTAtSchool
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    mentor: Mentor | None
    next_mentor: Coming | None
    tag: Tag
    induction: Dated
    induction_end: Dated | None
    trained_by: TrainedBy


def ect_page(ects: QuerySet[ECTAtSchool], day: date) -> ECTPage:
    """The page of an ECT on this day, in one query.

    `ects` holds one ECT whom the reader may see, as `people.row_of_person` finds them. Raises
    ECTAtSchool.DoesNotExist when it holds none.
    """
    standing_ects = with_mentors(standing(ects.select_related("leaving"), day), day)
    ect = with_training(standing_ects, day).annotate(next_mentor=next_mentor(day, "pk")).get()
    return ECTPage(
        ect=ect,
        is_to_come=ect.started_on > day,
        has_left=has_left(ect, day),
        may_leave=may_leave(ect, day),
        may_be_withdrawn=may_be_withdrawn(ect, day),
        mentor=Mentor(**ect.mentored_by) if ect.mentored_by else None,
        next_mentor=coming(ect.next_mentor),
        tag=tag_of(ect, day),
        induction=induction_of(ect, day),
        induction_end=induction_end_of(ect, day),
        trained_by=trained_by(ect),
    )
