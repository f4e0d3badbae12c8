"""Submissions against the same inserts by psycopg alone, imports against a COPY of the file."""

import csv
import math
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.cases import make_undeclared, submissions
from benchmarks.servers import AT_ONCE, Server, database_url
from declarations import cohort_rules
from declarations.imports import Report, import_declarations
from declarations.imports.declarations import COLUMNS
from declarations.models import Declaration, LeadProvider, TrainingPeriod
from schools.gias import load as load_register
from tests.schools.gias_files import many_rows, write

_DECLARATION, _LOG = "declarations_declaration", "declarations_declarationstatechange"


@dataclass(frozen=True)
class Submitted:
    """Declarations a second, four at once: through the API, and by plain inserts."""

    fsync: str
    number: int
    service: float
    plain: float


def submit(server: Server, number: int) -> Submitted:
    """Submit so many through the API, and insert as many rows like those that this made."""
    provider = LeadProvider.objects.get(pk=1)
    requests = submissions(provider, number)
    started = time.perf_counter()
    server.send_at_once(requests)
    service = len(requests) / (time.perf_counter() - started)
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        (fsync,) = cursor.fetchone()
    return Submitted(fsync, len(requests), service, _plain(provider, number))


def _plain(provider: LeadProvider, number: int) -> float:
    """Transactions a second, each the two rows of a submission with its triggers, by psycopg."""
    newest = Declaration.objects.filter(lead_provider=provider).latest("created_at", "pk")
    made = {_DECLARATION: _row(_DECLARATION, "id", newest.pk)}
    made[_LOG] = _row(_LOG, "declaration_id", newest.pk)
    trainings = [each for each, *_ in make_undeclared(number, provider.pk)]
    copies = [
        _copied(training, made)
        for training in TrainingPeriod.objects.filter(pk__in=trainings).select_related(
            "partnership__school_year"
        )
    ]
    statements = [
        f"INSERT INTO {table} ({', '.join(made[table])})"
        f" VALUES ({', '.join(['%s'] * len(made[table]))})"
        for table in (_DECLARATION, _LOG)
    ]
    clients = [psycopg.connect(database_url()) for _ in range(AT_ONCE)]

    def insert(client: psycopg.Connection, mine: list[tuple[list, list]]) -> None:
        for rows in mine:
            with client.transaction():
                for statement, row in zip(statements, rows, strict=True):
                    client.execute(statement, row, prepare=True)

    threads = [
        threading.Thread(target=insert, args=(client, copies[place::AT_ONCE]))
        for place, client in enumerate(clients)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    for client in clients:
        client.close()
    return len(copies) / taken


def _row(table: str, column: str, value: object) -> dict[str, object]:
    """A row by its columns, but those that the database generates."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
               AND NOT attisdropped AND attgenerated = '' AND attidentity = ''""",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = %s", [value])
        return dict(zip(columns, cursor.fetchone(), strict=True))


def _copied(training: TrainingPeriod, made: dict[str, dict]) -> tuple[list, list]:
    """The same two rows about another training period."""
    new = {
        "id": uuid.uuid4(),
        "training_period_id": training.pk,
        "teacher_id": training.teacher_id,
        "lead_provider_id": training.lead_provider_id,
        "partnership_id": training.partnership_id,
        "delivery_partner_id": training.partnership.delivery_partner_id,
        "cohort_id": training.partnership.school_year.cohort_id,
    }
    declaration = {name: new.get(name, value) for name, value in made[_DECLARATION].items()}
    log = made[_LOG] | {"declaration_id": new["id"], "to_state": declaration["state"]}
    return list(declaration.values()), list(log.values())


@dataclass(frozen=True)
class Imported:
    """Seconds that an import took, against a COPY of the file as it is; MB its memory grew by."""

    what: str
    rows: int
    seconds: float
    copy: float
    memory: float


def imports(schools: int, declarations: int) -> Iterator[Imported]:
    """The register of schools, at first and again, and declarations: a dry run, at first, again."""
    with tempfile.TemporaryDirectory() as folder:
        register = write(Path(folder) / "register.csv", many_rows(schools))
        with transaction.atomic():
            plain = _copy(register)
            for what in ("the register", "the register again"):
                yield Imported(what, schools, *_timed(lambda: load_register(register), plain))
            transaction.set_rollback(True)
        file = Path(folder) / "declarations.csv"
        rows = _write_declarations(file, declarations)
        plain = _copy(file)
        for what, commit in (
            ("declarations, dry run", False),
            ("declarations", True),
            ("declarations again", True),
        ):
            report = Report(on_refusal=print)
            times = _timed(lambda: _import(file, report, commit), plain)  # noqa: B023
            if report.refused:
                raise AssertionError(f"{report.refused} of {rows} refused")
            yield Imported(what, rows, *times)


def _import(file: Path, report: Report, commit: bool) -> None:
    with file.open("rb") as opened:
        import_declarations(
            opened, report, commit=commit, by="command benchmark", now=timezone.now()
        )


def _timed(run: Callable[[], object], plain: float) -> tuple[float, float, float]:
    before, started = psutil.Process().memory_info().rss, time.perf_counter()
    run()
    taken = time.perf_counter() - started
    return taken, plain, (psutil.Process().memory_info().rss - before) / 1e6


def _copy(file: Path) -> float:
    """What PostgreSQL alone takes to read the file into a table of text."""
    with file.open("rb") as lines, connection.cursor() as cursor:
        columns = range(lines.readline().count(b",") + 1)
        cursor.execute("DROP TABLE IF EXISTS plain")
        cursor.execute(f"CREATE TEMPORARY TABLE plain ({', '.join(f'c{n} text' for n in columns)})")
        started = time.perf_counter()
        with cursor.copy("COPY plain FROM STDIN (FORMAT csv)") as copy:
            while chunk := lines.read(64 * 1024):
                copy.write(chunk)
        return time.perf_counter() - started


def _write_declarations(file: Path, rows: int) -> int:
    """A file of so many good rows, or of as many as there are mentors for; returns how many."""
    written = 0
    with file.open("w", newline="") as to:
        writer = csv.writer(to)
        writer.writerow(COLUMNS)
        undeclared = [each for each, *_ in make_undeclared(math.ceil(rows / 4))]
        trainings = TrainingPeriod.objects.filter(pk__in=undeclared).select_related(
            "teacher", "lead_provider", "partnership__school_year__cohort"
        )
        for training in trainings.order_by("pk"):
            for row in _rows_of(training):
                if written < rows:
                    writer.writerow(row)
                    written += 1
    return written


def _rows_of(training: TrainingPeriod) -> Iterator[tuple[str, ...]]:
    """A row for each type that may be declared, in order."""
    cohort = training.partnership.school_year.cohort.start_year
    provider, trn = training.lead_provider.name, training.teacher.trn
    for number, kind in enumerate(cohort_rules.ORDER):
        if cohort_rules.may_be_declared(kind, cohort):
            at = f"{training.started_on.year + 1}-{number + 1:02}-03T10:00:00Z"
            evidence = cohort_rules.accepted_evidence(kind, cohort)[0]
            yield provider, "", trn, str(kind), at, "ecf-mentor", str(evidence)
