"""The people who can be chosen in a pairing, as a journey offers them: a page at a time, or one.

docs/journeys.md, "Pairing", says who they are; `candidates.py` asks it of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, UUIDField

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from core.periods import in_words
from mentors.models import Mentorship
from mentors.pairing.candidates import (
    SLOTS,
    Seeker,
    cannot_be_paired,
    possible_ects,
    possible_mentors,
    seeker_of,
    with_another_mentor,
)
from mentors.people.listing import by_name, found_by
from schools.models import ECTAtSchool, MentorAtSchool

if TYPE_CHECKING:
    from mentors.pairing.candidates import PossibleMentor
    from mentors.people.ect_training import CategorisedECT

# The most people in a list without a search, and the people on each page of a longer one.
CHOICES_ON_A_PAGE = 20


@dataclass(frozen=True)
class Candidate:
    """A person who can be chosen in a pairing, with a hint that helps to choose.

    `is_present`: this is the ECT's present mentor and is not to be changed, so that choosing this
    person would change nothing.
    """

    person: MentorAtSchool | ECTAtSchool
    hint: str
    is_present: bool = False


@dataclass(frozen=True)
class Candidates:
    """A page of the people who can be chosen. `number`: how many there are, whatever the search.

    `page` has the numbers of this page, and of those that the search finds.
    """

    shown: tuple[Candidate, ...]
    number: int
    page: Page

    @property
    def are_searched(self) -> bool:
        """Whether they are too many to choose from without a search."""
        return self.number > CHOICES_ON_A_PAGE


def assignable_ects(
    mentor: MentorAtSchool, day: date, search: str = "", page: str | int = 1
) -> Candidates:
    """The ECTs of the school who can be assigned to this mentor on this day.

    They are currently training, are at the school at some time when the mentor is, and are not
    mentored by this mentor now. ECTs without a mentor come first; then it is A to Z. Empty for a
    mentor who has left, and at a closed school.
    """
    if cannot_be_paired(mentor, day):
        return _NONE
    ects, number, shown = _ECTS.page(mentor, day, search, page)
    return Candidates(_ects_as_candidates(ects), number, shown)


def assignable_ect(mentor: MentorAtSchool, public_id: UUID, day: date) -> Candidate | None:
    """The one of `assignable_ects` with this public id, if any."""
    if cannot_be_paired(mentor, day):
        return None
    return next(iter(_ects_as_candidates(_ECTS.with_id(mentor, public_id, day))), None)


def mentors_for(ect: ECTAtSchool, day: date, search: str = "", page: str | int = 1) -> Candidates:
    """The school's mentors who can mentor this ECT on this day, A to Z, with the present mentor.

    They have not left, and are at the school at some time when the ECT is. Empty when the ECT has
    left or completed induction, at a closed school, or when there is no mentor but the present one.
    """
    if not with_another_mentor([ect.pk], day):
        return _NONE
    mentors, number, shown = _MENTORS.page(ect, day, search, page)
    return Candidates(_mentors_as_candidates(mentors, ect, day), number, shown)


def mentor_for(ect: ECTAtSchool, public_id: UUID, day: date) -> Candidate | None:
    """The one of `mentors_for` with this public id, if any."""
    if not with_another_mentor([ect.pk], day):
        return None
    mentors = _MENTORS.with_id(ect, public_id, day)
    return next(iter(_mentors_as_candidates(mentors, ect, day)), None)


def _ects_as_candidates(ects: Iterable[CategorisedECT]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            ect,
            f"Currently mentored by {ect.mentored_by['name']}"
            if ect.mentored_by
            else "Not currently being mentored",
        )
        for ect in ects
    )


def _mentors_as_candidates(
    mentors: Collection[PossibleMentor], ect: ECTAtSchool, day: date
) -> tuple[Candidate, ...]:
    is_to_change = Q(started_on__gt=day) | Q(
        finished_on__gt=day, end_reason=Mentorship.EndReason.CHANGED
    )
    will_change = Mentorship.objects.filter(is_to_change, ect=ect).exists()
    teachers = [mentor.teacher_id for mentor in mentors]
    ects = dict(_NUMBERS_OF_ECTS.all(teachers=teachers, school=ect.school_id, day=day))
    return tuple(
        Candidate(
            mentor,
            _hint_of(mentor, ect, ects.get(mentor.teacher_id, 0), day),
            mentor.is_present and not will_change,
        )
        for mentor in mentors
    )


def _hint_of(mentor: PossibleMentor, ect: ECTAtSchool, ects: int, day: date) -> str:
    """Says how many ECTs the mentor has, or when a mentor to come starts."""
    if mentor.started_on > day:
        return f"Starts at this school on {in_words(mentor.started_on)}"
    if mentor.is_present:
        others = f" and {_counted(ects - 1, 'other ECT')}" if ects > 1 else ""
        return f"Currently mentors {ect.teacher.name}{others}"
    return f"Currently mentors {_counted(ects, 'ECT')}" if ects else "Not currently mentoring"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Partners:
    """The people who can be paired with a seeker: a page of them, or the one with an id.

    `partners_of` gives the queryset for a seeker and a day, which may be slots.
    """

    def __init__(self, partners_of: Callable[[Seeker, date], QuerySet[Any]], *order: str) -> None:
        self._partners_of, self._order = partners_of, order
        self._listed = CompiledQuery(lambda: self._in_order(partners_of(SLOTS, DAY)))
        self._with_id = CompiledQuery(
            lambda: self._in_order(partners_of(SLOTS, DAY)).filter(
                public_id=Slot("public_id", UUIDField())
            )
        )
        # One row: all are at the seeker's school.
        self._number = CompiledQuery(
            lambda: partners_of(SLOTS, DAY).order_by().values_list("school").annotate(Count("pk"))
        )

    def page(
        self, person: MentorAtSchool | ECTAtSchool, day: date, search: str, page: str | int
    ) -> tuple[list[Any], int, Page]:
        """The partners on a page, the number of all, and the numbers of the pages.

        If all fit on one page, the search makes no difference.
        """
        values = vars(seeker_of(person)) | {"day": day}
        number = dict(self._number.all(**values)).get(person.school_id, 0)
        searched = search.split() and number > CHOICES_ON_A_PAGE
        found = found_by(self._partners_of(seeker_of(person), day), search) if searched else None
        numbers = range(number if found is None else found.count())
        shown = Paginator(numbers, CHOICES_ON_A_PAGE).get_page(page)
        first, after = max(shown.start_index() - 1, 0), shown.end_index()
        if found is None:
            partners = self._listed.all(first=first, at_most=CHOICES_ON_A_PAGE, **values)
        else:
            partners = list(self._in_order(found)[first:after])
        return partners, number, shown

    def with_id(
        self, person: MentorAtSchool | ECTAtSchool, public_id: UUID, day: date
    ) -> list[Any]:
        """The partner with this public id in a list, which is empty if there is none."""
        return self._with_id.all(**vars(seeker_of(person)), public_id=public_id, day=day)

    def _in_order(self, partners: QuerySet[Any]) -> QuerySet[Any]:
        return partners.select_related("teacher").order_by(*self._order)


_NONE = Candidates((), 0, Paginator((), CHOICES_ON_A_PAGE).get_page(1))
_ECTS = _Partners(possible_ects, "-without_mentor", *by_name())
_MENTORS = _Partners(possible_mentors, *by_name())
_NUMBERS_OF_ECTS = CompiledQuery(
    lambda: (
        Mentorship.objects.on(DAY)
        .filter(any_of("mentor_teacher", "teachers"), school=Slot("school"))
        .order_by()
        .values_list("mentor_teacher")
        .annotate(Count("pk"))
    )
)
