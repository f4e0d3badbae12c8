"""Days, and periods of days.

The database keeps a period half-open: `started_on` is the first day; `finished_on` is the first day
not included, or None while the period goes on. Pages, forms and files ask for and show the last
day. Only `last_day` and `finished_on` below convert between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar, overload
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations import RunSQL
from django.db.models import Case, F, Func, Q, When

LONDON = ZoneInfo("Europe/London")


def in_words(day: date) -> str:
    """A day in GOV.UK style, such as "20 April 2023"."""
    return f"{day.day} {day:%B %Y}"


def years_after(day: date, years: int) -> date:
    """The same day this many years later; 1 March for 29 February when that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def moment_in_words(moment: datetime) -> str:
    """A moment by London's clock, as admin shows it, such as "20 April 2023, 09:30"."""
    there = moment.astimezone(LONDON)
    return f"{in_words(there.date())}, {there:%H:%M}"


def london_day(moment: datetime) -> date:
    """The day in London at this moment: 29 July 23:30 UTC is 30 July."""
    return moment.astimezone(LONDON).date()


@overload
def last_day(finished_on: date) -> date: ...
@overload
def last_day(finished_on: None) -> None: ...
def last_day(finished_on: date | None) -> date | None:
    """The last day of a period that has this first day not included; None while it goes on."""
    return finished_on - timedelta(days=1) if finished_on else None


@overload
def finished_on(last_day: date) -> date: ...
@overload
def finished_on(last_day: None) -> None: ...
def finished_on(last_day: date | None) -> date | None:
    """The first day not included of a period that has this last day; None while it goes on."""
    return last_day + timedelta(days=1) if last_day else None


def date_range(start: str, finish: str) -> Func:
    """SQL for the half-open daterange between two columns; the finish may be null.

    A finish before the start gives an empty range. PostgreSQL would refuse reversed bounds itself,
    without naming the constraint; so the check constraint refuses them, and names the fault.
    """
    not_before_start = Case(When(**{f"{finish}__lt": F(start)}, then=F(start)), default=F(finish))
    return Func(F(start), not_before_start, function="daterange", output_field=DateRangeField())


def on_day(day: date) -> Q:
    """The filter for rows that hold on this day."""
    return Q(started_on__lte=day) & not_over(day)


def not_over(day: date) -> Q:
    """The filter for rows with a last day on this day or later, or without one."""
    return Q(finished_on__isnull=True) | Q(finished_on__gt=day)


class PeriodQuerySet(models.QuerySet):
    """Rows that hold for a period of days."""

    def on(self, day: date) -> PeriodQuerySet:
        """The rows that hold on this day."""
        return self.filter(on_day(day))

    def not_over(self, day: date) -> PeriodQuerySet:
        """The rows with a last day on this day or later, or without one."""
        return self.filter(not_over(day))


class Period(models.Model):
    """A row that holds for a period of days, which may have no end yet."""

    started_on = models.DateField(help_text="The first day.")
    finished_on = models.DateField(
        null=True, blank=True, help_text="The day after the last day; empty while it goes on."
    )
    # For the database's keys only: on an instance it is stale from save() to refresh_from_db().
    period = models.GeneratedField(
        expression=date_range("started_on", "finished_on"),
        output_field=DateRangeField(),
        db_persist=True,
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gt=F("started_on")),
                name="%(class)s_finished_after_started",
                violation_error_message="The end must be after the start.",
            )
        ]

    def clean(self) -> None:
        super().clean()
        # Here, because the exclusion constraints would not say what is wrong.
        if self.started_on and self.finished_on and self.finished_on <= self.started_on:
            raise ValidationError({"finished_on": "The end must be after the start."})

    def validate_constraints(self, exclude: Iterable[str] | None = None) -> None:
        # Overlap constraints name the field `period`, which no form has, so Django would skip them.
        exclude = set(exclude or ())
        if not exclude & {"started_on", "finished_on"}:
            exclude.discard("period")
        super().validate_constraints(exclude=exclude)

    @property
    def last_day(self) -> date | None:
        """The last day of the period, included; None while it goes on."""
        return last_day(self.finished_on)

    def is_over(self, day: date) -> bool:
        """Whether the last day is before this day."""
        return self.finished_on is not None and self.finished_on <= day

    def includes(self, day: date) -> bool:
        """Whether the row holds on this day."""
        return self.started_on <= day and not self.is_over(day)


def composite_foreign_key(
    table: str, name: str, columns: str, parent: str, parent_columns: str, *, follows: bool = False
) -> RunSQL:
    """A migration operation that adds a foreign key over several columns.

    `columns` and `parent_columns` are comma-separated; `PERIOD p` in them makes the key temporal.
    The key is deferrable, so that a merge of two teachers can move parents and children in any
    order. It is checked at once unless a transaction defers it. With `follows`, a change of the
    parent's columns changes the child's too; without, the children that are there refuse it.
    """
    on_update = " ON UPDATE CASCADE" if follows else ""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
        f" REFERENCES {parent} ({parent_columns}){on_update} DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
