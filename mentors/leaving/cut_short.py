"""The mentorships and training periods that are cut short when a person leaves a school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import DatabaseError, transaction

from core.periods import not_over
from core.refusals import is_conflict
from declarations.models import TrainingPeriod
from mentors.leaving.training import adapt
from mentors.models import Mentorship
from mentors.pairing.days import set_known_end
from mentors.pairing.giving_back import set_end_again
from mentors.pairing.training import training_planned_with
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool

CutShortRow = Mentorship | TrainingPeriod
_MODELS: dict[str, type[CutShortRow]] = {"mentorship": Mentorship, "trainingperiod": TrainingPeriod}


@dataclass(frozen=True)
class CutShort:
    """The rows that a person's leaving ends (`ended`), and those that never begin (`deleted`).

    `finished_on` is the first day on which the person is no longer at the school.
    """

    finished_on: date
    ended: tuple[CutShortRow, ...]
    deleted: tuple[CutShortRow, ...]

    @property
    def rows(self) -> tuple[CutShortRow, ...]:
        """The rows that end, then those that are deleted."""
        return self.ended + self.deleted

    @property
    def mentorships_deleted(self) -> list[Mentorship]:
        """The mentorships that are deleted."""
        return [row for row in self.deleted if isinstance(row, Mentorship)]

    @property
    def mentorships_ended(self) -> list[Mentorship]:
        """The mentorships that end."""
        return [row for row in self.ended if isinstance(row, Mentorship)]

    @property
    def mentorship_ids(self) -> list[int]:
        """The ids of the mentorships that end or are deleted."""
        return [row.pk for row in (*self.mentorships_ended, *self.mentorships_deleted)]

    @property
    def key(self) -> str:
        """A text that differs for another day or other rows, to see whether anything changed."""
        rows = [f"{row._meta.model_name} {row.pk}" for row in self.rows]
        return ", ".join([self.finished_on.isoformat(), *rows])


def cut_short_by(person: PersonAtSchool, finished_on: date, day: date) -> CutShort:
    """The rows that are cut short if this person leaves.

    `finished_on` is the first day on which the person is no longer at the school; `day` is today.
    Rows are sorted by their first day, mentorships before training periods. Training that a mentor
    was to begin with a mentorship of an ECT who leaves before that comes last.
    """
    mentorships = person.mentorships.filter(not_over(finished_on)).select_related(
        "mentor__teacher", "ect__teacher"
    )
    periods = person.training_periods.filter(not_over(finished_on)).select_related("lead_provider")
    rows: list[CutShortRow] = [
        *mentorships.order_by("started_on", "id"),
        *periods.order_by("started_on", "id"),
    ]
    deleted = [row for row in rows if row.started_on >= finished_on]
    if isinstance(person, ECTAtSchool):
        planned = [row for row in deleted if isinstance(row, Mentorship)]
        deleted += training_planned_with(planned, day)
    return CutShort(
        finished_on=finished_on,
        ended=tuple(row for row in rows if row.started_on < finished_on),
        deleted=tuple(deleted),
    )


def snapshot_of(row: CutShortRow) -> dict[str, Any]:
    """The values of a row with the name of its model, to be kept as JSON."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.generated
    }
    return {"model": row._meta.model_name, "values": values}


def rows_from(snapshots: Iterable[dict[str, Any]]) -> list[CutShortRow]:
    """Unsaved rows with the values of these snapshots, not with those of today."""
    rows = []
    for snapshot in snapshots:
        model = _MODELS[snapshot["model"]]
        fields = {field.attname: field for field in model._meta.concrete_fields}
        values = snapshot["values"].items()
        rows.append(model(**{name: fields[name].to_python(value) for name, value in values}))
    return rows


def restore(row: CutShortRow, ended_on: date, cut: CutShortRow | None) -> bool:
    """Restore a row that leaving ended or deleted; False, and no change, on a conflict.

    `row` is as it was before; `ended_on` is the day on which leaving ended it (the first day not
    included). It gets its former end back. A mentorship gets the end that the records foresee now,
    unless a change of mentor had ended it. A conflict is: the row was changed or deleted since,
    training would not begin now, or another record, such as a new mentorship of the ECT, does not
    allow it. `cut` is the mentorship that goes on since this one was deleted, as it was before: it
    is cut short again, unless it was changed since.
    """
    now: CutShortRow | None = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        was_ended_only = row.started_on < ended_on
        if was_ended_only:
            return False
    elif now.finished_on != ended_on:
        return False
    if isinstance(row, TrainingPeriod):
        if not adapt(row, cast("TrainingPeriod | None", now)):
            return False
    elif row.end_reason != Mentorship.EndReason.CHANGED:
        set_known_end(row)
    try:
        with transaction.atomic():
            if now is None:
                if cut and _goes_on_unchanged(cut):
                    cut.save(update_fields=["finished_on", "end_reason"])
                row.save(force_insert=True)
            else:
                row.save(update_fields=["finished_on", "end_reason"])
    except DatabaseError as error:
        if not is_conflict(error):
            raise
        return False
    return True


def _goes_on_unchanged(cut: CutShortRow) -> bool:
    """Whether this mentorship still has the end that it got when it went on again."""
    now = Mentorship.objects.filter(pk=cut.pk).first()
    if now is None:
        return False
    ends = (now.finished_on, now.end_reason)
    following = now.ect.mentorships.filter(started_on__gt=now.started_on).first()
    set_end_again(now, following)
    return ends == (now.finished_on, now.end_reason)


def in_words_of(row: CutShortRow, person: PersonAtSchool) -> str:
    """What the row is for this person: "Mentoring Ray Kirby", "Training with Teach First".

    Training of their mentor: "Jane Thomas’s training with Teach First".
    """
    if isinstance(row, TrainingPeriod):
        is_theirs = row.teacher_id == person.teacher_id
        training = "Training" if is_theirs else f"{row.teacher.name}’s training"
        return f"{training} with {row.lead_provider.name}"
    if isinstance(person, MentorAtSchool):
        return f"Mentoring {row.ect.teacher.name}"
    return f"Mentored by {row.mentor.teacher.name}"
