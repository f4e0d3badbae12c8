"""The parts that a provider's list of declarations merges, each of which an index has in order.

They are the provider's own declarations, and those of others that it sees (SharedDeclaration); of
both those of each cohort and of each delivery partner that is asked for or, if it asks for what
changed in the last 53 weeks, those of each week of change, of which other filters then leave some.
Those of participants that are asked for are one part, which no index has in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from declarations.counting import counts_of
from declarations.models import (
    Cohort,
    DeclarationCount,
    DeliveryPartner,
    LeadProvider,
    SharedDeclaration,
)
from declarations.visibility import own, seen
from schools.finding import present_participant_ids
from schools.models import Teacher

# For more delivery partners or weeks than these the list has no parts of its own: planning them all
# would take longer than filtering.
_FEW_PARTNERS, _FEW_WEEKS = 5, 53


@dataclass(frozen=True)
class Filters:
    """The filters of a provider's list. All must hold; one that is None does not filter."""

    cohorts: tuple[int, ...] | None = None  # the years they start
    participant_ids: tuple[UUID, ...] | None = None
    delivery_partner_ids: tuple[UUID, ...] | None = None
    updated_since: datetime | None = None  # included


class Position(NamedTuple):
    """The position of a declaration in the list."""

    created_at: datetime
    declaration_id: UUID


class Part(NamedTuple):
    """A part of the list: declarations, or what is shared of others'.

    `id` is the column of the declaration's id, and `condition` what its rows are filtered by.
    """

    rows: QuerySet
    id: str
    condition: Q = Q()

    def of(self, **value: object) -> "Part":
        """Its rows with this value in a column."""
        return self._replace(rows=self.rows.filter(**value))

    def filtered(self) -> "Part":
        return self._replace(rows=self.rows.filter(self.condition))

    def made_since(self, moment: datetime) -> "Part":
        return self._replace(rows=self.rows.filter(created_at__gte=moment))

    def made_until(self, position: Position) -> "Part":
        return self._replace(rows=self.rows.filter(created_at__lte=position.created_at))

    def after(self, position: Position | None) -> "Part":
        if position is None:
            return self
        # The second condition follows from the first, but PostgreSQL estimates the rows by it.
        after = self.rows.filter(
            TupleGreaterThan((F("created_at"), F(self.id)), position),
            created_at__gte=position.created_at,
        )
        return self._replace(rows=after)

    def first(self, size: int, *, sort: bool) -> QuerySet:
        """The positions of its first rows. `sort` has all of them sorted, past the index."""
        # The addition of nothing keeps PostgreSQL from the index, which it would scan for long when
        # the filtered rows are rare in it.
        by = F("created_at") + timedelta(0) if sort else F("created_at")
        return self.rows.order_by(by, self.id).values_list("created_at", self.id)[:size]


class Reading(Enum):
    """How to find the first of the rows that the filters leave."""

    SCAN = "read each part's index until there are enough"
    SORT = "read all such rows, and sort them: they are rare in the index"
    EITHER = "whichever is cheaper, which only the rows themselves can show"


class Parts(NamedTuple):
    """The parts of a list, how to read them, and the list's counts if they are kept."""

    parts: list[Part]
    reading: Reading
    counts: QuerySet[DeclarationCount] | None = None


def parts_of(provider: LeadProvider, filters: Filters) -> Parts:
    """The parts of the list of what this provider sees and these filters leave."""
    years, partner_ids, since = filters.cohorts, filters.delivery_partner_ids, filters.updated_since
    cohorts = None if years is None else list(Cohort.objects.filter(start_year__in=years))
    partners = (
        None
        if partner_ids is None
        else list(DeliveryPartner.objects.filter(public_id__in=partner_ids))
    )
    asked = {"cohort__in": cohorts, "delivery_partner__in": partners, "updated_at__gte": since}
    conditions: dict[str, object] = {
        name: value for name, value in asked.items() if value is not None
    }
    if filters.participant_ids is not None:
        conditions["teacher__in"] = _teachers(filters.participant_ids)
        return Parts([Part(seen(provider), "id", Q(**conditions))], Reading.SORT)
    parts = [
        Part(own(provider), "id"),
        Part(SharedDeclaration.objects.filter(lead_provider=provider), "declaration_id"),
    ]
    if since is not None and (weeks := _weeks_since(since)) is not None:
        parts = _split(parts, "updated_week", weeks)
        return Parts(_filtered(parts, conditions), Reading.SCAN)
    if cohorts is not None:
        parts = _split(parts, "cohort", cohorts)
        del conditions["cohort__in"]
    if partners is not None and len(partners) <= _FEW_PARTNERS:
        parts = _split(parts, "delivery_partner", partners)
        del conditions["delivery_partner__in"]
    reading = Reading.EITHER if conditions else Reading.SCAN
    counts = counts_of(provider, cohorts) if partners is None and since is None else None
    return Parts(_filtered(parts, conditions), reading, counts)


def _split(parts: list[Part], column: str, values: Sequence[object]) -> list[Part]:
    """Each part's rows with each of these values in this column."""
    return [part.of(**{column: value}) for part in parts for value in values]


def _filtered(parts: list[Part], conditions: dict[str, object]) -> list[Part]:
    return [part._replace(condition=Q(**conditions)) for part in parts]


def _teachers(participant_ids: Sequence[UUID]) -> list[int]:
    """The keys of the teachers with these ids, present or former."""
    present = present_participant_ids(participant_ids)
    teachers = Teacher.objects.filter(participant_id__in=present).order_by()
    return list(teachers.values_list("pk", flat=True))


def _weeks_since(moment: datetime) -> list[date] | None:
    """The weeks from that of this moment to the present one, as Mondays; None if over _FEW_WEEKS.

    By the clock of the database, which dates what changes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generate_series(date_trunc('week', %s AT TIME ZONE 'UTC'),"
            " statement_timestamp() AT TIME ZONE 'UTC', '7 days')::date LIMIT %s",
            [moment, _FEW_WEEKS + 1],
        )
        weeks = [monday for (monday,) in cursor.fetchall()]
    return weeks if len(weeks) <= _FEW_WEEKS else None
