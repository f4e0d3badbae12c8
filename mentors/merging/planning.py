"""What merging two records of one teacher would change, and what is in the way of it.

The record that is kept gets all rows of the other one, which goes. Overlapping times in one role at
one school become one, and so does a mentorship that both records have. Where both records have a
declaration and only one may count, the one further along stays and the other one is voided.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from django.db.models import ForeignObjectRel, Model, Q

from core.periods import not_over
from core.refusals import RefusedChange
from declarations.models import Declaration, RecordedCompletion, TrainingPeriod
from declarations.states import COUNTING_STATES, State
from mentors.merging.periods import Joined, as_one, overlap, overlapping
from mentors.models import Leaving, Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, Teacher

# Read with each row, for its name.
_RELATED: dict[type[Model], tuple[str, ...]] = {
    MentorAtSchool: ("teacher", "school"),
    ECTAtSchool: ("teacher", "school"),
    Mentorship: ("mentor__teacher", "ect__teacher"),
    TrainingPeriod: ("teacher", "lead_provider"),
    Declaration: ("teacher", "lead_provider"),
}


class Induction(NamedTuple):
    """A teacher's induction; `finished_on` is the day after its last day."""

    started_on: date | None
    finished_on: date | None


class InTheWay(NamedTuple):
    """Why the records cannot be merged as they are, and the rows to change first."""

    why: str
    rows: tuple[Model, ...] = ()


class OneCounts(NamedTuple):
    """Two declarations of which one may count: one stays, and the other one is voided."""

    stays: Declaration
    voided: Declaration


@dataclass(frozen=True)
class Merge:
    """What a merge would change. Nothing may be in the way.

    `moving` are the rows of the other record that become the kept one's as they are. `deleted` are
    recorded completions that both have, and leavings of times that become one. `induction` is what
    the kept record has then; None while the user has not said which of two it is.
    """

    kept: Teacher
    other: Teacher
    moving: tuple[Model, ...]
    times: tuple[Joined[Any], ...]
    mentorships: tuple[Joined[Mentorship], ...]
    declarations: tuple[OneCounts, ...]
    deleted: tuple[RecordedCompletion | Leaving, ...]
    induction: Induction | None
    funding_eligible_from: date | None
    in_the_way: tuple[InTheWay, ...]

    @property
    def key(self) -> str:
        """A text that differs when the merge would do anything else."""
        rows = [f"{row._meta.model_name} {row.pk}" for row in (*self.moving, *self.deleted)]
        for joined in (*self.times, *self.mentorships):
            names = ", ".join(f"{row._meta.model_name} {row.pk}" for row in joined.gone)
            days = f"{joined.started_on} {joined.finished_on}"
            rows.append(f"{names} into {joined.into.pk}: {days}")
        rows += [f"{each.stays.pk} for {each.voided.pk}" for each in self.declarations]
        facts = (self.kept.pk, self.other.pk, self.induction, self.funding_eligible_from)
        return "; ".join([*rows, *map(str, facts)])


def inductions_differ(kept: Teacher, other: Teacher) -> bool:
    """Whether both records have an induction, and not the same."""
    both = None not in (kept.induction_started_on, other.induction_started_on)
    return both and induction_of(kept) != induction_of(other)


def induction_of(teacher: Teacher) -> Induction:
    """The induction that a record has."""
    return Induction(teacher.induction_started_on, teacher.induction_finished_on)


def plan_merge(kept: Teacher, other: Teacher, right: Teacher | None = None) -> Merge:
    """What merging `other` into `kept` would change; `right` has the right one of two inductions.

    Raises RefusedChange when they are the same record.
    """
    if kept.pk == other.pk:
        raise RefusedChange("This is the same record: enter the TRN of the other one")
    induction = _induction(kept, other, right)
    rows = [_rows_of(other, relation.get_accessor_name() or "") for relation in relations()]
    times, apart = _times(kept, other)
    mentorships, two_mentors = _mentorships(kept, other)
    declarations, both_paid = _declarations(kept, other)
    deleted = _deleted(kept, other, times)
    gone = {row for joined in (*times, *mentorships) for row in joined.gone} | {*deleted}
    funded = (kept.mentor_funding_eligible_from, other.mentor_funding_eligible_from)
    return Merge(
        kept,
        other,
        moving=tuple(row for found in rows for row in found if row not in gone),
        times=times,
        mentorships=mentorships,
        declarations=declarations,
        deleted=deleted,
        induction=induction,
        funding_eligible_from=min((day for day in funded if day), default=None),
        in_the_way=(
            *_two_people(kept, other),
            *apart,
            *_addresses_taken(times, kept, other),
            *_overlapping_training(kept, other),
            *two_mentors,
            *both_paid,
            *_after_induction(kept, other, induction),
        ),
    )


def relations() -> list[ForeignObjectRel]:
    """The relations by which rows belong to a teacher; history stays with the record that went."""
    return [
        relation
        for relation in Teacher._meta.related_objects
        if not hasattr(relation.related_model, "pgh_tracked_model")
    ]


def _rows_of(teacher: Teacher, relation: str) -> list[Any]:
    rows = getattr(teacher, relation).order_by("pk")
    return list(rows.select_related(*_RELATED.get(rows.model, ())))


def _induction(kept: Teacher, other: Teacher, right: Teacher | None) -> Induction | None:
    if inductions_differ(kept, other):
        return induction_of(right) if right else None
    return induction_of(kept if kept.induction_started_on else other)


# --- Times at schools ---


def _times(kept: Teacher, other: Teacher) -> tuple[tuple[Joined[Any], ...], list[InTheWay]]:
    """The times that become one; in the way are an ECT's times at two schools at once."""
    joined: list[Joined[Any]] = []
    for relation in ("mentoratschools", "ectatschools"):
        by_school: dict[int, list[PersonAtSchool]] = defaultdict(list)
        for row in (*_rows_of(kept, relation), *_rows_of(other, relation)):
            by_school[row.school_id].append(row)
        for rows in by_school.values():
            joined += (_joined(group, kept) for group in overlapping(rows))
    ects = product(_rows_of(kept, "ectatschools"), _rows_of(other, "ectatschools"))
    apart = [
        InTheWay("They would be an ECT at two schools at once", pair)
        for pair in ects
        if pair[0].school_id != pair[1].school_id and overlap(*pair)
    ]
    return tuple(joined), apart


def _joined(group: Sequence[Any], kept: Teacher) -> Joined[Any]:
    """Rows of both records as one: the first one of the record that is kept stays."""
    into = next(row for row in group if row.teacher_id == kept.pk)
    return as_one(into, group)


def _addresses_taken(
    times: Iterable[Joined[Any]], kept: Teacher, other: Teacher
) -> Iterator[InTheWay]:
    """The email addresses that another person has on a day that a joined time gets."""
    for joined in times:
        held = type(joined.into).objects.filter(
            email=joined.into.email, period__overlap=(joined.started_on, joined.finished_on)
        )
        taken = held.exclude(teacher__in=(kept, other)).select_related("teacher", "school")
        if rows := tuple(taken):
            yield InTheWay(f"Another person has the email address {joined.into.email} then", rows)


# --- Training and mentorships ---


def _two_people(kept: Teacher, other: Teacher) -> Iterator[InTheWay]:
    between = Q(mentor_teacher=kept, ect_teacher=other) | Q(mentor_teacher=other, ect_teacher=kept)
    rows = Mentorship.objects.filter(between).select_related("mentor__teacher", "ect__teacher")
    if found := tuple(rows):
        yield InTheWay("One of them mentors the other, and no person mentors themself", found)


def _overlapping_training(kept: Teacher, other: Teacher) -> Iterator[InTheWay]:
    for pair in product(_rows_of(kept, "training_periods"), _rows_of(other, "training_periods")):
        if pair[0].course_identifier == pair[1].course_identifier and overlap(*pair):
            yield InTheWay("They would be in training twice at the same time", pair)


def _mentorships(
    kept: Teacher, other: Teacher
) -> tuple[tuple[Joined[Mentorship], ...], list[InTheWay]]:
    """The mentorships as an ECT that become one; in the way are two mentors at the same time."""
    joined, in_the_way = [], []
    rows = (*_rows_of(kept, "mentorships_as_ect"), *_rows_of(other, "mentorships_as_ect"))
    for group in overlapping(rows):
        if len({row.mentor_id for row in group}) == 1:
            into = next(row for row in group if row.ect_teacher_id == kept.pk)
            joined.append(as_one(into, group))
        else:
            in_the_way.append(InTheWay("They would have two mentors at the same time", (*group,)))
    return tuple(joined), in_the_way


def _after_induction(
    kept: Teacher, other: Teacher, induction: Induction | None
) -> Iterator[InTheWay]:
    if induction is None:
        yield InTheWay("Their inductions differ: choose the right one")
    elif end := induction.finished_on:
        mentored = Mentorship.objects.filter(not_over(end), ect_teacher__in=(kept, other))
        longer = mentored.exclude(finished_on=end)
        if rows := tuple(longer.select_related("mentor__teacher", "ect__teacher")):
            yield InTheWay("They would be mentored after the end of induction", rows)


# --- Declarations and what DfE recorded ---


def _declarations(kept: Teacher, other: Teacher) -> tuple[tuple[OneCounts, ...], list[InTheWay]]:
    """The pairs of one type and course that both count; in the way are those that are both paid."""
    pairs, both_paid = [], []
    of_kept = {_kind(row): row for row in _rows_of(kept, "declarations") if _counts(row)}
    for row in filter(_counts, _rows_of(other, "declarations")):
        if beside := of_kept.get(_kind(row)):
            # Of two in the same state that of the kept record stays: `sorted` keeps their order.
            stays, voided = sorted((beside, row), key=_how_far, reverse=True)
            if voided.state == State.PAID:
                why = "Both are paid: begin the clawback of one of them first"
                both_paid.append(InTheWay(why, (beside, row)))
            else:
                pairs.append(OneCounts(stays, voided))
    return tuple(pairs), both_paid


def _counts(declaration: Declaration) -> bool:
    return declaration.state in COUNTING_STATES


def _kind(declaration: Declaration) -> tuple[str, str]:
    return declaration.course_identifier, declaration.declaration_type


def _how_far(declaration: Declaration) -> int:
    return COUNTING_STATES.index(State(declaration.state))


def _deleted(
    kept: Teacher, other: Teacher, times: Iterable[Joined[Any]]
) -> tuple[RecordedCompletion | Leaving, ...]:
    recorded = kept.recorded_completions.values("kind")
    twice = other.recorded_completions.filter(kind__in=recorded).select_related("teacher")
    # A leaving belongs to the days of its time at the school.
    changed = [
        row
        for joined in times
        for row in (*joined.gone, joined.into)
        if row != joined.into or row.finished_on != joined.finished_on
    ]
    leavings = [
        *Leaving.objects.filter(mentor__in=[r for r in changed if isinstance(r, MentorAtSchool)]),
        *Leaving.objects.filter(ect__in=[r for r in changed if isinstance(r, ECTAtSchool)]),
    ]
    return (*twice, *leavings)
