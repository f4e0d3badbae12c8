"""What ends when somebody leaves a school: their mentorships and training there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q

from core.refusals import is_refusal
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.pairing.planning import end_of
from schools.models import ECTAtSchool, MentorAtSchool

Row = Mentorship | TrainingPeriod
_MODELS = {model._meta.model_name: model for model in (Mentorship, TrainingPeriod)}


@dataclass(frozen=True)
class CutShort:
    """The rows that end with somebody's time at a school (`ended`), or never begin (`deleted`).

    `finished_on` is the first day on which they are not there.
    """

    finished_on: date
    ended: tuple[Row, ...]
    deleted: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return self.ended + self.deleted

    @property
    def key(self) -> str:
        """What tells this from other days and rows: to see whether it is still what was shown."""
        rows = [f"{row._meta.model_name} {row.pk}" for row in self.rows]
        return ", ".join([self.finished_on.isoformat(), *rows])


def cut_short_by(person: MentorAtSchool | ECTAtSchool, finished_on: date) -> CutShort:
    """What is cut short when this person's time ends; `finished_on` is the first day without them.

    Earliest first, mentorships before training.
    """
    runs_on = Q(finished_on__isnull=True) | Q(finished_on__gt=finished_on)
    mentorships = person.mentorships.filter(runs_on).select_related(
        "mentor__teacher", "ect__teacher"
    )
    periods = person.training_periods.filter(runs_on).select_related(
        "partnership__lead_provider", "partnership__delivery_partner"
    )
    rows = [*mentorships.order_by("started_on", "id"), *periods.order_by("started_on", "id")]
    return CutShort(
        finished_on=finished_on,
        ended=tuple(row for row in rows if row.started_on < finished_on),
        deleted=tuple(row for row in rows if row.started_on >= finished_on),
    )


def as_it_was(row: Row) -> dict[str, Any]:
    """Return what a row holds, under its model's name, to be kept as JSON."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.generated
    }
    return {"model": row._meta.model_name, "values": values}


def rows_of(kept: Iterable[dict[str, Any]]) -> list[Row]:
    """Return the rows that `as_it_was` described, as they were; not as they stand now."""
    return [
        _MODELS[was["model"]](
            **{
                name: _MODELS[was["model"]]._meta.get_field(name).to_python(value)
                for name, value in was["values"].items()
            }
        )
        for was in kept
    ]


def reopen(row: Row, ended_on: date) -> bool:
    """Let a row go on that was ended, or make it again when it was deleted; whether that fits.

    It gets the end that it had; a mentorship gets the end that is known now, unless the mentor was
    to be changed. It does not fit when somebody has changed it since it was ended on `ended_on`
    (the first day not included), or when other records do not allow it any more, such as an ECT's
    new mentor.
    """
    there = type(row).objects.filter(pk=row.pk)
    now = there.first()
    if now is None and row.started_on < ended_on:
        return False  # it was ended, and somebody deleted it since
    if now is not None and now.finished_on != ended_on:
        return False
    if isinstance(row, Mentorship) and row.end_reason != Mentorship.EndReason.CHANGED:
        end = end_of(row.mentor, row.ect)
        row.finished_on, row.end_reason = end.finished_on, end.reason
    try:
        with transaction.atomic():
            if now is None:
                row.save(force_insert=True)
            else:
                row.save(update_fields=["finished_on", "end_reason"])
    except DatabaseError as error:
        if not is_refusal(error):
            raise
        return False
    return True


def in_words_of(row: Row, person: MentorAtSchool | ECTAtSchool) -> str:
    """Return what a row is to this person: "Mentoring Ray Kirby", "Training with Teach First"."""
    if isinstance(row, TrainingPeriod):
        return f"Training with {row.partnership.lead_provider.name}"
    if isinstance(person, MentorAtSchool):
        return f"Mentoring {row.ect.teacher.name}"
    return f"Mentored by {row.mentor.teacher.name}"
