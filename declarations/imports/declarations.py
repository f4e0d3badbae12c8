"""The import of declarations, judged by the same rules as submissions through the API.

The facts of a batch of rows are read in one query. What is accepted is written once all rows are
judged.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from core.csv_files import ANY_NUMBER, OnProgress, Record, Report, batches
from core.staging import each_by_its_key, importing
from core.text import read_uuid
from declarations.claims import Claim, RefusedDeclaration, read_moment
from declarations.facts import DeclaredFact, facts_of_teachers
from declarations.imports.accepted import AcceptedRows, New
from declarations.imports.identifiers import RefusedIdentifier, read_trn, readable_trns
from declarations.imports.past import PAST_COLUMNS, read_past
from declarations.judgement import Accepted, judge
from declarations.locks import lock_teachers_known_by
from declarations.models import Declaration, LeadProvider
from declarations.states import COUNTING_STATES

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
    tell_schools: bool = False,
) -> None:
    """Import the declarations of a CSV with COLUMNS; without `commit` it is a dry run.

    `provider` is a lead provider's name. A row gives `participant_id` or `trn`, or both where they
    are of one person. Each row is judged at the moment `now`, after the rows before it in the file.
    PAST_COLUMNS, which may be left out, bring the past of a declaration of an old service: those
    that no longer count come first, wherever in the file they stand.
    `by` is a kind and an id for the state log. With `tell_schools`, schools get an email about the
    completions that are new, and not brought from an old service. Fills in the report; memory does
    not grow with the file. Raises RefusedFile, also for more than `at_most` rows, and then nothing
    is written.
    """
    providers = {provider.name: provider.pk for provider in LeadProvider.objects.all()}
    with importing(commit=commit, by=by) as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        rows = AcceptedRows(cursor)
        for batch in _batches_of_past(file, at_most):
            rows.add(_Batch(batch, report, providers, now, rows).accepted())
            report.tell()
        for batch in batches(file, COLUMNS, report, on_progress, at_most, PAST_COLUMNS):
            counting = [record for record in batch if _counts(record)]
            rows.add(_Batch(counting, report, providers, now, rows).accepted())
        rows.write(by, now, tell_schools=tell_schools)


def _batches_of_past(file: BinaryIO, at_most: float) -> Iterator[list[Record]]:
    """The rows of declarations that no longer count, in batches; then the file is at its start.

    What is wrong with other rows is told when those are read.
    """
    report = Report()
    for batch in batches(file, COLUMNS, report, lambda read: None, at_most, PAST_COLUMNS):
        if "state" not in report.heading:
            break
        yield [record for record in batch if not _counts(record)]
    file.seek(0)


class _Batch:
    """Judges a batch of rows: reads all their facts in one query, and adds each row accepted."""

    def __init__(
        self,
        records: list[Record],
        report: Report,
        providers: dict[str, int],
        now: datetime,
        before: AcceptedRows,
    ) -> None:
        self._records, self._report = records, report
        self._providers, self._now = providers, now
        ids = (read_uuid(record.values["participant_id"]) for record in records)
        locked = lock_teachers_known_by(
            {participant_id for participant_id in ids if participant_id},
            readable_trns(records),
        )
        self._by_participant = {teacher.participant_id: teacher.id for teacher in locked}
        self._by_trn = {teacher.trn: teacher.id for teacher in locked}
        with each_by_its_key():
            self._facts = facts_of_teachers(teacher.id for teacher in locked)
            for teacher_id, fact in before.facts_of(self._facts):
                self._facts[teacher_id] = self._facts[teacher_id].with_declared(fact)
            ids = (read_uuid(record.values["declaration_id"]) for record in records)
            given = {each for each in ids if each}
            known = Declaration.objects.filter(pk__in=given).values_list(
                "pk", "teacher_id", "lead_provider_id", "declaration_type", "declaration_date"
            )
            rows = (*known, *before.with_ids(given)) if given else ()
        self._known: dict[UUID, tuple] = {row[0]: row[1:] for row in rows}

    def accepted(self) -> list[New]:
        """The declarations that are to be made."""
        accepted = []
        for record in self._records:
            try:
                new = self._judged(record)
            except RefusedIdentifier as refusal:
                self._refuse(record, str(refusal))
            except RefusedDeclaration as refusal:
                self._refuse(record, _naming_the_column(refusal, record))
            else:
                if new is None:
                    self._report.repeated += 1
                    continue
                self._report.added += 1
                self._keep(new)
                accepted.append(new)
        return accepted

    def _judged(self, record: Record) -> New | None:
        """What a row is to become; None for a repeat. Raises what refuses it."""
        provider_id = self._providers.get(record.values["provider"])
        if provider_id is None:
            raise RefusedIdentifier("provider: No lead provider has this name.")
        past = read_past(record, self._now)
        teacher_id = self._teacher_id(record)
        claim = _claim(record)
        if past.declaration_id in self._known:
            said = (teacher_id, provider_id, claim.declaration_type)
            *known, declared_at = self._known[past.declaration_id]
            if (*said, read_moment(claim.declaration_date)) != (*known, declared_at):
                raise RefusedIdentifier("declaration_id: It is another declaration's.")
            return None
        facts = self._facts[teacher_id] if teacher_id else None
        verdict = judge(provider_id, claim, facts, self._now)
        if not isinstance(verdict, Accepted):
            if past.declaration_id:
                raise RefusedIdentifier("declaration_id: The declaration is there with another id.")
            return None
        past.check(verdict)
        return New(past.declaration_id or uuid4(), verdict, past)

    def _keep(self, new: New) -> None:
        """Let the rows after this one be judged beside it."""
        accepted = new.accepted
        self._known[new.id] = (
            accepted.teacher_id,
            accepted.lead_provider_id,
            accepted.declaration_type,
            accepted.declaration_date,
        )
        if new.past.counts:
            with_this = self._facts[accepted.teacher_id].with_declared(_fact(new.id, accepted))
            self._facts[accepted.teacher_id] = with_this

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


def _counts(record: Record) -> bool:
    """Whether the row gives no state, or one that counts."""
    return record.values["state"] in ("", *COUNTING_STATES)


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
