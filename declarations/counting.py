"""Counts of the declarations that lead providers see, by the week in which they were made.

So a page far down a list is found by its number, and the rows before it need not be counted.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from core.postgresql.deadlines import NATIONAL, waiting
from declarations.models import Cohort, DeclarationCount, LeadProvider


class PlaceInWeek(NamedTuple):
    """A place in a list: the start of its week, and how many rows of that week come before it."""

    start: datetime
    before: int


def counts_of(
    provider: LeadProvider, cohorts: Sequence[Cohort] | None
) -> QuerySet[DeclarationCount]:
    """The counts of what a provider sees: of these cohorts, or of all if None is given."""
    counts = DeclarationCount.objects.filter(lead_provider=provider)
    return counts if cohorts is None else counts.filter(cohort__in=cohorts)


def place_in_week(counts: QuerySet[DeclarationCount], place: int) -> PlaceInWeek | None:
    """Where in its week the declaration at this place, from 0 on, stands; oldest first.

    None when there are not so many.
    """
    before = place
    weeks = counts.values("week").annotate(all=Sum("number")).order_by("week")
    for week, number in weeks.values_list("week", "all"):
        if before < number:
            return PlaceInWeek(datetime.combine(week, time.min, UTC), before)
        before -= number
    return None


def count_anew(now: datetime) -> None:
    """Replace all counts by one for each week, as the declarations give it.

    The service does it nightly, and gives each task the moment `now`, which plays no part here.
    Declarations may change meanwhile.
    """
    with waiting(NATIONAL), transaction.atomic(), connection.cursor() as cursor:
        # Two at once would each add the new counts. Whoever adds to the counts does not wait.
        cursor.execute("LOCK declarations_declarationcount IN SHARE UPDATE EXCLUSIVE MODE")
        # One statement sees the declarations and their counts at one moment.
        cursor.execute(
            "WITH gone AS (DELETE FROM declarations_declarationcount)"
            " INSERT INTO declarations_declarationcount (lead_provider_id, cohort_id, week, number)"
            " SELECT * FROM declarations_counts()"
        )
