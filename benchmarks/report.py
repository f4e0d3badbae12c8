"""Writes what was measured as docs/performance.md."""

import importlib.metadata
import math
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.db import connection
from django.utils import timezone

from benchmarks.cases import COMPARED
from benchmarks.growth import Growth
from benchmarks.measuring import Measured
from benchmarks.servers import FLOOR, KEPT, SERVICE, STOCK, WORKERS
from benchmarks.writing import Imported, Submitted

# How tutors read: of a hundred pages, so many are these. An estimate, as nothing is measured of it.
_MIX = {"home": 25, "mentors": 25, "mentor": 25, "ect": 25}
_TUTORS, _PEAK, _BUSY = 25_000, 30, 0.6  # pages a second in September; how busy a core may be
_CORES = 4  # of a machine


@dataclass(frozen=True)
class AtScale:
    """What was measured at one scale."""

    scale: float
    counts: dict[str, int]
    equal: int
    measured: list[Measured]
    sums: float  # milliseconds of the machine for the same sums
    submitted: Submitted
    imported: list[Imported]
    grown: dict[str, Growth]  # against the smallest scale, by case

    def of(self, page: str, server: str) -> Measured | None:
        """One of the four pages on one of the servers."""
        found = (m for m in self.measured if m.compared == page and m.server == server)
        return next(found, None)

    def case(self, name: str) -> Measured | None:
        """A case on the service."""
        found = (m for m in self.measured if m.case == name and m.server == SERVICE)
        return next(found, None)

    @property
    def name(self) -> str:
        """The scale in per cent of England."""
        return f"{self.scale * 100:g} %"


def report(results: Sequence[AtScale]) -> str:
    """The document."""
    middle = min(results, key=lambda each: abs(each.scale - 1))
    parts = [
        *_heading(results),
        "## The four pages against a floor and stock\n",
        _FLOOR_AND_STOCK,
        *(_compared(each) for each in results),
        "## Every page\n",
        _EVERY,
        _cases(results, "page"),
        "## The API\n",
        _cases(results, "api"),
        "## Admin\n",
        _cases(results, "admin"),
        "## Where the time of a page goes\n",
        _LOOKED_INTO.format(name=middle.name),
        _layers(middle),
        "## Writing\n",
        *_writing(results),
        "## What one machine carries\n",
        _sum(middle),
    ]
    return "\n".join(parts).rstrip() + "\n"


_LOOKED_INTO = """Milliseconds of a request by layer, at {name}, in one process without a network,
by looking every millisecond at what runs. Waiting for PostgreSQL counts where the waiting is done.
"""
_FLOOR_AND_STOCK = """The **floor** is plain WSGI with psycopg: the session's query, one prepared
statement for all facts, one compiled template. **Stock** is Django used plainly: a generic view,
the plain ORM with related rows prefetched, a Django template, the middleware of `startproject`;
with a connection for each request, which is Django's default, and with a connection kept. Both
check the session and whose school it is, and both answer the service's HTML to the letter: their
templates are cut from pages that the service rendered, and every run compares them
(`benchmarks/compared/`).

CPU is in milliseconds a request: of the workers, and with PostgreSQL's. Requests a second are with
four requests at once, the client on the same machine.
"""
_EVERY = """CPU of workers and PostgreSQL together, in milliseconds a request; p50 and p95 on the
clock, in milliseconds, one request at a time; what a request asks of the database. Each request is
another user's.

The last columns divide the times of the largest scale by those of the smallest. They are measured
apart from the others: both scales are served, and asked in turn, one request of each
(`benchmarks/growth.py`). Where the answers themselves are larger, as there are too few rows to fill
a page at the smallest, they say so.
"""
_SUM = """A page of the four, each as often as the others, takes {app} ms of the service and
{postgres} ms of PostgreSQL at {name}. With cores {busy:.0%} busy at most, a machine of {cores}
cores carries {carried:,.0f} pages a second with PostgreSQL on it.

England has about {tutors:,} induction tutors; September's peak is estimated at {peak} pages a
second.
"""
_TEN_TIMES = """Machines of the service stand side by side and share nothing but PostgreSQL, so ten
times the need is more of them. PostgreSQL then needs {cores} cores, and memory for the rows and
indexes in use: one server, no replicas for reading.
"""


def _heading(results: Sequence[AtScale]) -> Iterable[str]:
    yield "# Performance\n"
    yield (
        "Written by `make bench` (`benchmarks/`); do not edit. `make bench SCALE=0.01` takes a"
        " quick look and writes the same page to `var/performance.md`.\n"
    )
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        settings = {}
        for name in ("fsync", "synchronous_commit", "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            (settings[name],) = cursor.fetchone()
    said = ", ".join(f"{name}={value}" for name, value in settings.items())
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("Django", "psycopg", "gunicorn")
    )
    yield _table(
        ("", ""),
        [
            ("day", timezone.localdate().isoformat()),
            ("commit", _commit()),
            ("machine", f"{os.cpu_count()} cores ({_processor()}),"
             f" {psutil.virtual_memory().total / 2**30:.0f} GB, {platform.system()}"),
            ("software", f"Python {platform.python_version()}, {packages}"),
            ("PostgreSQL", f"{version}, {said}"),
            ("servers", f"gunicorn, {WORKERS} workers each, PostgreSQL and the client beside them;"
             " rounds interleaved, medians of rounds"),
            ("the same sums took", ", ".join(f"{at.sums:.2f} ms at {at.name}" for at in results)),
        ],
    )  # fmt: skip
    tables = list(results[0].counts)
    yield "The data is as many times England's (`benchmarks/national/`):\n"
    yield _table(
        ("rows", *(each.name for each in results)),
        [(table, *(f"{each.counts[table]:,}" for each in results)) for table in tables],
    )


def _compared(at: AtScale) -> str:
    rows = []
    for page, route in COMPARED.items():
        floor, stock = at.of(page, FLOOR), at.of(page, STOCK)
        for server in (SERVICE, FLOOR, STOCK, KEPT):
            found = at.of(page, server)
            if found is None or floor is None or stock is None:
                continue
            rows.append(
                (
                    f"`/{route}`" if server == SERVICE else "",
                    server,
                    _number(found.app_cpu),
                    _number(found.cpu),
                    f"{_number(found.cpu / floor.cpu)} times",
                    f"{_number(found.percentile(50))} / {_number(found.percentile(95))}",
                    f"{found.rate:,.0f}",
                    _number(found.rate / stock.rate),
                )
            )
    heading = (
        "page", "", "app CPU", "with PostgreSQL", "against the floor", "p50 / p95",
        "requests a second", "of stock's",
    )  # fmt: skip
    return f"### At {at.name}\n{at.equal} pages of each were compared.\n\n" + _table(heading, rows)


def _cases(results: Sequence[AtScale], kind: str) -> str:
    names = dict.fromkeys(
        each.case for at in results for each in at.measured
        if each.kind == kind and each.server == SERVICE
    )  # fmt: skip
    results = [at for at in results if any(each.kind == kind for each in at.measured)]
    rows = []
    for name in names:
        found = [at.case(name) for at in results]
        of_each = [cell for each in found for cell in _cells(each)]
        size = max(each.size for each in found if each) / 1000
        grown = _grown(results[-1].grown.get(name))
        rows.append((f"`{name}`", f"{size:,.0f}", *of_each, *grown))
    heading = [
        column for at in results for column in (f"{at.name}: CPU", "p50 / p95", "queries / blocks")
    ]
    return _table(("", "kB", *heading, "p50 grown", "p95 grown"), rows)


def _grown(growth: Growth | None) -> tuple[str, str]:
    """How p50 and p95 have grown, and the answers, if they have."""
    if growth is None:
        return "", ""
    larger = growth.size
    said = "" if larger < 1.1 else f", for {_number(larger)} times the answer"
    return _number(growth.p50), f"{_number(growth.p95)}{said}"


def _cells(measured: Measured | None) -> tuple[str, ...]:
    if measured is None:
        return "", "", ""
    return (
        _number(measured.cpu),
        f"{_number(measured.percentile(50))} / {_number(measured.percentile(95))}",
        f"{measured.queries:.0f} / {measured.blocks:,.0f}",
    )


def _layers(at: AtScale) -> str:
    looked_into = [each for each in at.measured if each.layers]
    names = list(looked_into[0].layers) if looked_into else []
    return _table(
        ("", *names, "all"),
        [
            (
                f"`{each.case}`",
                *(_number(each.layers[name]) for name in names),
                _number(sum(each.layers.values())),
            )
            for each in looked_into
        ],
    )


def _writing(results: Sequence[AtScale]) -> Iterable[str]:
    yield (
        "Submissions through the API, four at once, and psycopg alone making the same two rows in a"
        " transaction with the same triggers, over four connections:\n"
    )
    yield _table(
        ("", "fsync", "submissions", "a second", "plain inserts a second", "of that"),
        [
            (
                at.name,
                at.submitted.fsync,
                str(at.submitted.number),
                f"{at.submitted.service:,.0f}",
                f"{at.submitted.plain:,.0f}",
                f"{at.submitted.service / at.submitted.plain:.2f}",
            )
            for at in results
        ],
    )
    yield "Imports, against a COPY of the same file into a table of text:\n"
    yield _table(
        ("", "", "rows", "seconds", "of that COPY", "times", "memory, MB"),
        [
            (
                at.name,
                each.what,
                f"{each.rows:,}",
                f"{each.seconds:.1f}",
                f"{each.copy:.2f}",
                _number(each.seconds / each.copy),
                f"{each.memory:+.0f}",
            )
            for at in results
            for each in at.imported
        ],
    )


def _sum(at: AtScale) -> str:
    found = {page: at.of(page, SERVICE) for page in _MIX}
    if not all(found.values()):
        return ""
    weight = sum(_MIX.values())
    app = sum(_MIX[page] * each.app_cpu for page, each in found.items()) / weight
    both = sum(_MIX[page] * each.cpu for page, each in found.items()) / weight
    said = _SUM.format(
        app=_number(app),
        postgres=_number(both - app),
        name=at.name,
        busy=_BUSY,
        cores=_CORES,
        carried=_CORES * _BUSY * 1000 / both,
        tutors=_TUTORS,
        peak=_PEAK,
    )
    rows = []
    for rate in (_PEAK, _PEAK * 10):
        cores, of_postgres = (rate * cpu / 1000 / _BUSY for cpu in (app, both - app))
        machines = str(math.ceil(cores / _CORES))
        rows.append((str(rate), _number(cores), machines, _number(of_postgres)))
    heading = (
        "pages a second",
        "cores of the service",
        f"machines of {_CORES} cores",
        "cores of PostgreSQL",
    )
    ten_times = _TEN_TIMES.format(cores=max(2, math.ceil(of_postgres)))
    return "\n".join((said, _table(heading, rows), ten_times))


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _number(value: float) -> str:
    """With so many digits as mean something."""
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _commit() -> str:
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    names = cpus.read_text().splitlines() if cpus.exists() else []
    found = (line.split(":")[1].strip() for line in names if line.startswith("model name"))
    return next(found, platform.processor() or platform.machine())
