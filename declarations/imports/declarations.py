"""The import of declarations, judged by the same rules as submissions through the API.

The facts of a batch of rows are read in one query, and what is accepted is written in two.
"""

import json
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import pghistory
from django.db import connection, transaction

from core.csv_files import ANY_NUMBER, OnProgress, Record, Report, batches
from declarations.claims import Claim, RefusedDeclaration, read_uuid
from declarations.completing import FinalDeclaration, complete
from declarations.facts import DeclaredFact, facts_of_teachers, lock_teachers
from declarations.imports.identifiers import RefusedIdentifier, read_trn, readable_trns
from declarations.judgement import Accepted, judge
from declarations.models import Declaration, LeadProvider

COLUMNS = (
    "provider",
    "participant_id",
    "trn",
    "declaration_type",
    "declaration_date",
    "course_identifier",
    "evidence_held",
)
# A second import waits: both lock many teachers, and could wait for each other forever.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('import of declarations'))"


def import_declarations(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import the declarations of a CSV with COLUMNS; without `commit` it is a dry run.

    `provider` is a lead provider's name. A row gives `participant_id` or `trn`, or both where they
    are of one person. Each row is judged at the moment `now`, after the rows before it in the file.
    `by` is a kind and an id for the state log. Fills in the report; memory does not grow with the
    file. Raises RefusedFile, also for more than `at_most` rows, and then nothing is written.
    """
    providers = {provider.name: provider.pk for provider in LeadProvider.objects.all()}
    with transaction.atomic(), pghistory.context(by=by):
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        for batch in batches(file, COLUMNS, report, on_progress, at_most):
            _write(_Batch(batch, report, providers, now).accepted(), by, now)
        if not commit:
            transaction.set_rollback(True)


class _Batch:
    """Judges a batch of rows: reads all their facts in one query, and adds each row accepted."""

    def __init__(
        self, records: list[Record], report: Report, providers: dict[str, int], now: datetime
    ) -> None:
        self._records, self._report = records, report
        self._providers, self._now = providers, now
        ids = (read_uuid(record.values["participant_id"]) for record in records)
        locked = lock_teachers(
            {participant_id for participant_id in ids if participant_id},
            readable_trns(records),
        )
        self._by_participant = {teacher.participant_id: teacher.id for teacher in locked}
        self._by_trn = {teacher.trn: teacher.id for teacher in locked}
        self._facts = facts_of_teachers(teacher.id for teacher in locked)

    def accepted(self) -> dict[UUID, Accepted]:
        """What is accepted, by the id of the declaration that it is to become."""
        accepted = {}
        for record in self._records:
            new_id = uuid4()
            if verdict := self._judged(new_id, record):
                accepted[new_id] = verdict
        return accepted

    def _judged(self, new_id: UUID, record: Record) -> Accepted | None:
        """The verdict on a row; None when it is refused or a repeat, which is reported."""
        provider_id = self._providers.get(record.values["provider"])
        if provider_id is None:
            self._refuse(record, "provider: No lead provider has this name.")
            return None
        try:
            teacher_id = self._teacher_id(record)
            facts = self._facts[teacher_id] if teacher_id else None
            verdict = judge(provider_id, _claim(record), facts, self._now)
        except RefusedIdentifier as refusal:
            self._refuse(record, str(refusal))
            return None
        except RefusedDeclaration as refusal:
            self._refuse(record, _naming_the_column(refusal, record))
            return None
        if not isinstance(verdict, Accepted):
            self._report.repeated += 1
            return None
        self._report.added += 1
        with_this = self._facts[verdict.teacher_id].with_declared(_fact(new_id, verdict))
        self._facts[verdict.teacher_id] = with_this
        return verdict

    def _refuse(self, record: Record, reason: str) -> None:
        self._report.refuse(record.line, reason, record.cells)

    def _teacher_id(self, record: Record) -> int | None:
        """The teacher of a row; None where it gives no identifier, or an unknown participant_id.

        Raises RefusedIdentifier for a TRN that no teacher has, and where the two disagree.
        """
        trn, given = read_trn(record), record.values["participant_id"]
        by_trn = self._by_trn.get(trn)
        if trn and by_trn is None:
            raise RefusedIdentifier("trn: No teacher has this TRN.")
        if not given:
            return by_trn
        participant_id = read_uuid(given)
        teacher_id = self._by_participant.get(participant_id) if participant_id else None
        if teacher_id and by_trn and teacher_id != by_trn:
            raise RefusedIdentifier("participant_id and trn: They are those of different people.")
        return teacher_id


def _naming_the_column(refusal: RefusedDeclaration, record: Record) -> str:
    """The refusal; where the row gives a TRN alone, it names that instead of the empty column."""
    values, words = record.values, str(refusal)
    by_trn = values["trn"] and not values["participant_id"]
    return words.replace("participant_id", "trn") if by_trn else words


def _claim(record: Record) -> Claim:
    values = record.values
    attributes = {name: values[name] for name in Claim.__dataclass_fields__}
    return Claim(**attributes | {"participant_id": values["participant_id"] or values["trn"]})


def _fact(new_id: UUID, accepted: Accepted) -> DeclaredFact:
    return DeclaredFact(
        new_id,
        accepted.lead_provider_id,
        accepted.declaration_type,
        accepted.declaration_date,
        accepted.evidence_held,
    )


# The rows come as one text in JSON: for each value of each row PostgreSQL and Django would need
# several times as long. The copies of the training period's columns are filled in here.
_INSERT = """
    INSERT INTO declarations_declaration (id, training_period_id, teacher_id, lead_provider_id,
        course_identifier, partnership_id, cohort_id, delivery_partner_id, declaration_type,
        declaration_date, evidence_held, state, created_at, updated_at)
    SELECT accepted.id, training.id, training.teacher_id, training.lead_provider_id,
        training.course_identifier, training.partnership_id, training.cohort_id,
        accepted.delivery_partner_id, declaration_type, declaration_date, evidence_held, state,
        %(now)s, %(now)s
    FROM json_to_recordset(%(accepted)s) AS accepted (id uuid, training_period_id bigint,
        delivery_partner_id bigint, declaration_type text, declaration_date timestamptz,
        evidence_held text, state text)
    JOIN declarations_trainingperiod AS training ON training.id = training_period_id
"""
_INSERT_LOG = """
    INSERT INTO declarations_declarationstatechange (declaration_id, from_state, to_state,
        changed_at, by, why)
    SELECT id, '', state, %(now)s, %(by)s, 'imported from a file'
    FROM json_to_recordset(%(accepted)s) AS accepted (id uuid, state text)
"""


def _write(accepted: dict[UUID, Accepted], by: str, now: datetime) -> None:
    """Insert the declarations and the first row of the log of each; end the completed training."""
    if not accepted:
        return
    rows = [_values(new_id, each) for new_id, each in accepted.items()]
    values: dict[str, Any] = {"accepted": json.dumps(rows), "by": by, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        cursor.execute(_INSERT_LOG, values)
    final = (
        FinalDeclaration(new_id, each.training_period_id, each.declaration_date)
        for new_id, each in accepted.items()
        if each.declaration_type == Declaration.Type.COMPLETED
    )
    complete(final, now)


def _values(new_id: UUID, accepted: Accepted) -> dict[str, Any]:
    return {
        "id": str(new_id),
        "training_period_id": accepted.training_period_id,
        "delivery_partner_id": accepted.delivery_partner_id,
        "declaration_type": accepted.declaration_type,
        "declaration_date": accepted.declaration_date.isoformat(),
        "evidence_held": accepted.evidence_held,
        "state": accepted.state,
    }
