"""The import of declarations, judged by the same rules as what providers submit themselves."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

import pghistory
from django.db import connection, transaction

from core.csv_files import ANY_NUMBER, OnProgress, Record, Report, batches
from declarations.claims import Claim, RefusedDeclaration, read_uuid
from declarations.facts import DeclaredFact, TeacherFacts, facts_for_many
from declarations.imports.teachers import teachers_held_still
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
# Any two imports: the second waits, as both lock many teachers.
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
    """Import the declarations of a CSV with COLUMNS; without `commit` nothing stays written.

    `provider` is a lead provider's name. A row gives `participant_id` or, where that is empty,
    `trn`. Each row is judged at the moment `now`, after those before it in the file. The report is
    filled in; memory does not grow with the file. Raises RefusedFile, also for more
    than `at_most` rows, and then nothing is written.
    """
    providers = {provider.name: provider.pk for provider in LeadProvider.objects.all()}
    with transaction.atomic(), pghistory.context(by=by):
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        for batch in batches(file, COLUMNS, report, on_progress, at_most):
            _write(_Batch(batch, report, providers, now).good(), by)
        if not commit:
            transaction.set_rollback(True)


class _Batch:
    """Rows that are judged together: their facts are gathered at once, and grow row by row."""

    def __init__(
        self, records: list[Record], report: Report, providers: dict[str, int], now: datetime
    ) -> None:
        self._records, self._report = records, report
        self._providers, self._now = providers, now
        self._by_participant, self._by_trn, self._facts = _facts_held_still(records)

    def good(self) -> list[Declaration]:
        """The declarations, not saved, of the rows that are good and new."""
        return [made for record in self._records if (made := self._declaration(record))]

    def _declaration(self, record: Record) -> Declaration | None:
        provider_id = self._providers.get(record.values["provider"])
        if provider_id is None:
            self._report.refuse(record.line, "provider: No lead provider has this name.")
            return None
        facts = self._facts_of(record)
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
        self._facts[verdict.teacher_id] = facts.with_declared(_fact(declaration))
        return declaration

    def _facts_of(self, record: Record) -> TeacherFacts | None:
        given = record.values["participant_id"]
        known = self._by_participant if given else self._by_trn
        teacher_id = known.get(read_uuid(given) if given else record.values["trn"])
        return self._facts.get(teacher_id)


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


def _facts_held_still(
    records: list[Record],
) -> tuple[dict[UUID, int], dict[str, int], dict[int, TeacherFacts]]:
    """The teachers of the rows, by participant id and by TRN, and their facts, under a lock."""
    ids = {read_uuid(record.values["participant_id"]) for record in records} - {None}
    teachers = teachers_held_still({record.values["trn"] for record in records}, ids)
    facts = facts_for_many(pk for pk, _, _ in teachers)
    return (
        {participant_id: pk for pk, participant_id, _ in teachers},
        {trn: pk for pk, _, trn in teachers},
        facts,
    )


def _write(declarations: list[Declaration], by: str) -> None:
    Declaration.objects.bulk_create(declarations)
    DeclarationStateChange.objects.bulk_create(
        [
            first_state_change(declaration, by=by, why="imported from a file")
            for declaration in declarations
        ]
    )
