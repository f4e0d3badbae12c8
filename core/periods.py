"""Periods of days, which this service keeps half-open and shows with their last day.

`started_on` is the first day, included; `finished_on` is the first day not included, or None while
it goes on. Pages, forms and files ask for and show the last day: `last_day` and `finished_on`
below convert, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar, overload

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations import RunSQL
from django.db.models import Case, F, Func, Q, When


@overload
def last_day(finished_on: date) -> date: ...
@overload
def last_day(finished_on: None) -> None: ...
def last_day(finished_on: date | None) -> date | None:
    """The last day of a period that is kept as the first day not included; None while open."""
    return finished_on - timedelta(days=1) if finished_on else None


@overload
def finished_on(last_day: date) -> date: ...
@overload
def finished_on(last_day: None) -> None: ...
def finished_on(last_day: date | None) -> date | None:
    """The first day not included of a period that a person gave by its last day; None if open."""
    return last_day + timedelta(days=1) if last_day else None


def date_range(start: str, finish: str) -> Func:
    """SQL for the half-open daterange between two columns; the finish may be null.

    Reversed days make an empty range, so that the check constraint names the fault: PostgreSQL's
    own complaint about reversed bounds would come before it and name nothing.
    """
    not_before_start = Case(When(**{f"{finish}__lt": F(start)}, then=F(start)), default=F(finish))
    return Func(F(start), not_before_start, function="daterange", output_field=DateRangeField())


def on_day(day: date) -> Q:
    """The filter for rows whose period includes this day."""
    return Q(started_on__lte=day) & (Q(finished_on__isnull=True) | Q(finished_on__gt=day))


def not_over(day: date) -> Q:
    """The filter for rows that go on on this day or are to come."""
    return Q(finished_on__isnull=True) | Q(finished_on__gt=day)


class PeriodQuerySet(models.QuerySet):
    """Rows that hold for a period of days."""

    def on(self, day: date) -> PeriodQuerySet:
        """Those whose period includes this day."""
        return self.filter(on_day(day))


class Period(models.Model):
    """A row that holds from a day until a day, or still."""

    started_on = models.DateField(help_text="The first day.")
    finished_on = models.DateField(
        null=True, blank=True, help_text="The day after the last day; empty while it goes on."
    )
    # Stale on an instance after save() until refresh_from_db(): for the database's keys only.
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
        """Refuse reversed days by name, before the exclusion constraints are asked about them."""
        super().clean()
        if self.started_on and self.finished_on and self.finished_on <= self.started_on:
            raise ValidationError({"finished_on": "The end must be after the start."})

    def validate_constraints(self, exclude: Iterable[str] | None = None) -> None:
        """Ask about overlaps too, of which Django knows only `period`, which is in no form."""
        exclude = set(exclude or ())
        if not exclude & {"started_on", "finished_on"}:
            exclude.discard("period")
        super().validate_constraints(exclude=exclude)

    @property
    def last_day(self) -> date | None:
        """The last day of the period, included; None while it goes on."""
        return last_day(self.finished_on)

    def includes(self, day: date) -> bool:
        """Whether this day is one of the period's."""
        return self.started_on <= day and (self.finished_on is None or day < self.finished_on)


def composite_foreign_key(
    table: str, name: str, columns: str, parent: str, parent_columns: str
) -> RunSQL:
    """Add a foreign key over several columns (comma-separated; `PERIOD p` makes it temporal).

    It is deferrable, so that a merge of two teachers can move parents and children in any order;
    until a transaction asks for that, it is checked at once.
    """
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
        f" REFERENCES {parent} ({parent_columns}) DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
