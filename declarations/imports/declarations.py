"""The import of declarations, judged by the same rules as submissions through the API."""

from datetime import datetime
from typing import BinaryIO

import pghistory
from django.db import connection, transaction

from core.csv_files import ANY_NUMBER, OnProgress, Record, Report, batches
from declarations.claims import Claim, RefusedDeclaration, read_uuid
from declarations.facts import DeclaredFact, facts_of_teachers, lock_teachers
from declarations.judgement import Accepted, judge
from declarations.models import Declaration, DeclarationStateChange, LeadProvider
from declarations.submission import new_declaration
from declarations.transitions import first_state_change

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

    `provider` is a lead provider's name. A row gives `participant_id` or, where that is empty,
    `trn`. Each row is judged at the moment `now`, after the rows before it in the file. `by` is a
    kind and an id for the state log. Fills in the report; memory does not grow with the file.
    Raises RefusedFile, also for more than `at_most` rows, and then nothing is written.
    """
    providers = {provider.name: provider.pk for provider in LeadProvider.objects.all()}
    with transaction.atomic(), pghistory.context(by=by):
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        for batch in batches(file, COLUMNS, report, on_progress, at_most):
            _write(_Batch(batch, report, providers, now).new_declarations(), by)
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
            {record.values["trn"] for record in records},
        )
        self._by_participant = {teacher.participant_id: teacher.id for teacher in locked}
        self._by_trn = {teacher.trn: teacher.id for teacher in locked}
        self._facts = facts_of_teachers(teacher.id for teacher in locked)

    def new_declarations(self) -> list[Declaration]:
        """The declarations, not saved yet, of the rows that are accepted."""
        judged = map(self._judged, self._records)
        return [declaration for declaration in judged if declaration]

    def _judged(self, record: Record) -> Declaration | None:
        """The new declaration of a row; None when it is refused or a repeat, which is reported."""
        provider_id = self._providers.get(record.values["provider"])
        if provider_id is None:
            self._report.refuse(record.line, "provider: No lead provider has this name.")
            return None
        teacher_id = self._teacher_id(record)
        facts = self._facts[teacher_id] if teacher_id else None
        try:
            verdict = judge(provider_id, _claim(record), facts, self._now)
        except RefusedDeclaration as refusal:
            self._report.refuse(record.line, str(refusal))
            return None
        if not isinstance(verdict, Accepted):
            self._report.repeated += 1
            return None
        self._report.added += 1
        declaration = new_declaration(verdict, self._now)
        with_this = self._facts[verdict.teacher_id].with_declared(_fact(declaration))
        self._facts[verdict.teacher_id] = with_this
        return declaration

    def _teacher_id(self, record: Record) -> int | None:
        if not (given := record.values["participant_id"]):
            return self._by_trn.get(record.values["trn"])
        participant_id = read_uuid(given)
        return self._by_participant.get(participant_id) if participant_id else None


def _claim(record: Record) -> Claim:
    values = record.values
    attributes = {name: values[name] for name in Claim.__dataclass_fields__}
    return Claim(**attributes | {"participant_id": values["participant_id"] or values["trn"]})


def _fact(declaration: Declaration) -> DeclaredFact:
    return DeclaredFact(
        declaration.pk,
        declaration.lead_provider_id,
        declaration.declaration_type,
        declaration.declaration_date,
        declaration.evidence_held,
    )


def _write(declarations: list[Declaration], by: str) -> None:
    Declaration.objects.bulk_create(declarations)
    DeclarationStateChange.objects.bulk_create(
        [
            first_state_change(declaration, by=by, why="imported from a file")
            for declaration in declarations
        ]
    )
