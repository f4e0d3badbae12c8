"""Writes what was measured as docs/performance.md."""

import math
from collections.abc import Iterable, Sequence

from benchmarks.cases import COMPARED
from benchmarks.growth import Growth
from benchmarks.heading import heading
from benchmarks.measuring import Measured
from benchmarks.results import AtScale
from benchmarks.servers import FLOOR, KEPT, SERVICE, STOCK
from benchmarks.tables import number, table

# How tutors read: of a hundred pages, so many are these. An estimate, as nothing is measured of it.
_MIX = {"home": 25, "mentors": 25, "mentor": 25, "ect": 25}
_TUTORS, _PEAK, _BUSY = 25_000, 30, 0.6  # pages a second in September; how busy a core may be
_CORES = 4  # of a machine


def report(results: Sequence[AtScale]) -> str:
    """The document."""
    middle = min(results, key=lambda each: abs(each.scale - 1))
    parts = [
        *heading(results),
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
apart from the others: both scales are served, and asked in turn, one request of each, of 100 users
who have asked before (`benchmarks/growth.py`). The other columns are of first requests: where the
data is larger than the memory, they have reads from disk in them. Where the answers themselves are
larger, as there are too few rows to fill a page at the smallest, the last column says so. Of a case
that takes long fewer are asked: ten seconds of each scale.
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
                    number(found.app_cpu),
                    number(found.cpu),
                    f"{number(found.cpu / floor.cpu)} times",
                    f"{number(found.percentile(50))} / {number(found.percentile(95))}",
                    f"{found.rate:,.0f}",
                    number(found.rate / stock.rate),
                )
            )
    columns = (
        "page", "", "app CPU", "with PostgreSQL", "against the floor", "p50 / p95",
        "requests a second", "of stock's",
    )  # fmt: skip
    return f"### At {at.name}\n{at.equal} pages of each were compared.\n\n" + table(columns, rows)


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
    of_each_scale = [
        column for at in results for column in (f"{at.name}: CPU", "p50 / p95", "queries / blocks")
    ]
    return table(("", "kB", *of_each_scale, "p50 grown", "p95 grown"), rows)


def _grown(growth: Growth | None) -> tuple[str, str]:
    """How p50 and p95 have grown, and the answers, if they have."""
    if growth is None:
        return "", ""
    larger = growth.size
    said = "" if larger < 1.1 else f", for {number(larger)} times the answer"
    return number(growth.p50), f"{number(growth.p95)}{said}"


def _cells(measured: Measured | None) -> tuple[str, ...]:
    if measured is None:
        return "", "", ""
    return (
        number(measured.cpu),
        f"{number(measured.percentile(50))} / {number(measured.percentile(95))}",
        f"{measured.queries:.0f} / {measured.blocks:,.0f}",
    )


def _layers(at: AtScale) -> str:
    looked_into = [each for each in at.measured if each.layers]
    names = list(looked_into[0].layers) if looked_into else []
    return table(
        ("", *names, "all"),
        [
            (
                f"`{each.case}`",
                *(number(each.layers[name]) for name in names),
                number(sum(each.layers.values())),
            )
            for each in looked_into
        ],
    )


def _writing(results: Sequence[AtScale]) -> Iterable[str]:
    yield (
        "Submissions through the API, four at once, and psycopg alone making the same two rows in a"
        " transaction with the same triggers, over four connections:\n"
    )
    yield table(
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
    yield table(
        ("", "", "rows", "seconds", "of that COPY", "times", "memory, MB"),
        [
            (
                at.name,
                each.what,
                f"{each.rows:,}",
                f"{each.seconds:.1f}",
                f"{each.copy:.2f}",
                number(each.seconds / each.copy),
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
        app=number(app),
        postgres=number(both - app),
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
        rows.append((str(rate), number(cores), machines, number(of_postgres)))
    columns = (
        "pages a second",
        "cores of the service",
        f"machines of {_CORES} cores",
        "cores of PostgreSQL",
    )
    ten_times = _TEN_TIMES.format(cores=max(2, math.ceil(of_postgres)))
    return "\n".join((said, table(columns, rows), ten_times))
