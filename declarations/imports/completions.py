"""The import of completions that DfE recorded outside declarations (docs/domain.md)."""

from datetime import datetime, time
from typing import BinaryIO

from core.cells import day_of
from core.csv_files import ANY_NUMBER, OnProgress, Record, Report, batches
from core.periods import LONDON
from core.refusals import RefusedChange
from core.staging import importing
from declarations.imports.identifiers import RefusedIdentifier, read_trn, readable_trns
from declarations.locks import lock_teachers_known_by
from declarations.models import RecordedCompletion

COLUMNS = ("trn", "kind")
OPTIONAL = ("recorded_on",)


def import_completions(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Record the completions of a CSV with COLUMNS; without `commit` it is a dry run.

    `kind` is `early_roll_out` or `started_not_completed`; `recorded_on` is the day on which DfE
    recorded it, if that is not today. `by` is a kind and an id for the history.
    Fills in the report. Raises RefusedFile, also for more than `at_most` rows, and then nothing is
    written.
    """
    with importing(commit=commit, by=by):
        for batch in batches(file, COLUMNS, report, on_progress, at_most, OPTIONAL):
            _write(batch, report, now)


def _write(batch: list[Record], report: Report, now: datetime) -> None:
    locked = lock_teachers_known_by(trns=readable_trns(batch))
    teachers = {teacher.trn: teacher.id for teacher in locked}
    recorded = RecordedCompletion.objects.filter(teacher__in=teachers.values())
    known = set(recorded.values_list("teacher_id", "kind"))
    kinds, new = RecordedCompletion.Kind.values, []
    for record in batch:
        line, kind = record.line, record.values["kind"]
        try:
            teacher_id = teachers.get(read_trn(record))
        except RefusedIdentifier as refusal:
            report.refuse(line, str(refusal), record.cells)
            continue
        try:
            recorded_at = _recorded_at(record, now)
        except RefusedChange as refusal:
            report.refuse(line, f"recorded_on: {refusal}.", record.cells)
            continue
        if teacher_id is None:
            report.refuse(line, "trn: No teacher has this TRN.", record.cells)
        elif kind not in kinds:
            allowed = " or ".join(kinds)
            report.refuse(line, f"kind: It must be {allowed}.", record.cells)
        elif (teacher_id, kind) in known:
            report.repeated += 1
        else:
            report.added += 1
            known.add((teacher_id, kind))
            new.append(
                RecordedCompletion(teacher_id=teacher_id, kind=kind, recorded_at=recorded_at)
            )
    RecordedCompletion.objects.bulk_create(new)


def _recorded_at(record: Record, now: datetime) -> datetime:
    """The beginning of the day on which it was recorded in London; now where the row has none."""
    entry = record.values["recorded_on"]
    if not entry:
        return now
    recorded_at = datetime.combine(day_of(entry), time(), LONDON)
    if recorded_at > now:
        raise RefusedChange("It is in the future")
    return recorded_at
