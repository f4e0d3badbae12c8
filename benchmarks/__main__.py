"""`make bench`: measures the service on national data and writes docs/performance.md.

`make bench SCALE=0.01` is a quick look, at a hundredth of England's size; it writes the same page
into the state directory (var/) and leaves the document alone. Run it on a machine with nothing else
to do.
"""

import argparse
import contextlib
import itertools
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.ground import migrated_database, own_database, use_own_server

if TYPE_CHECKING:
    from benchmarks.cases import Case
    from benchmarks.results import AtScale
    from benchmarks.servers import Server

FULL = (0.01, 1.0, 4.0)
_ROOT = Path(__file__).resolve().parents[1]


class Effort(NamedTuple):
    """How much is done."""

    rounds: int
    requests: int  # of a case in each round
    in_turn: int  # of a case in each round, to each of two scales
    compared: int  # pages
    seconds: float  # for each page by layer


# The 95th of a hundred requests is seldom chance: of thirty it is the second slowest.
_THOROUGH, _GLANCE = Effort(6, 15, 50, 60, 2.0), Effort(1, 1, 1, 3, 0.02)


def main() -> None:
    """Measure at each scale, and write."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("scales", nargs="*", type=float, default=FULL, metavar="SCALE")
    parser.add_argument("--into", type=Path, help="the file to write")
    parser.add_argument(
        "--glance", action="store_true", help="a few cases, one request of each: for tests"
    )
    parser.add_argument("--template", default="", help="a migrated database to copy, also for them")
    asked = parser.parse_args()
    from config.database import state_directory

    quick = state_directory() / "performance.md"
    scales = tuple(sorted(asked.scales))
    full = scales == FULL and not asked.glance
    into = asked.into or (_ROOT / "docs/performance.md" if full else quick)
    effort = _GLANCE if asked.glance else _THOROUGH
    if not asked.template:
        use_own_server()
    results = []
    with contextlib.ExitStack() as stack:
        template = asked.template or stack.enter_context(migrated_database())
        for scale in scales:
            # Admin's cases are two in three of all, and are measured at England's size only.
            with_admin = scale == 1 or len(scales) == 1
            # One scale has nothing to grow from; at a glance it is asked in turn with itself.
            has_grown = scale == scales[-1] and (bool(results) or asked.glance)
            smallest = scales[0] if has_grown else None
            with own_database(template):
                results.append(_at(scale, effort, template, smallest, with_admin=with_admin))
                from benchmarks.report import report

                # At once, so that a run that is stopped leaves what it has measured.
                into.write_text(report(results))
                _say(f"Written: {into}")


def _at(
    scale: float,
    effort: Effort,
    template: str,
    smallest: float | None,
    *,
    with_admin: bool,
) -> "AtScale":
    """All that is measured at a scale, in an empty, migrated database.

    With how it has grown against the smallest scale, if that is given, in a copy of the template.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        # Django has to be set up before models are there.
        from benchmarks import admin_cases, cases, growth, measuring, writing
        from benchmarks.learning import learn
        from benchmarks.national import load
        from benchmarks.results import AtScale
        from benchmarks.servers import FLOOR, KEPT, SERVICE, STOCK, WORKERS, serving

        glance = effort is _GLANCE
        templates = Path(folder)
        _say(f"Loading {scale:g} times England")
        started = time.perf_counter()
        counts = load(scale)
        _say(f"  {sum(counts.values()):,} rows in {time.perf_counter() - started:.0f} s")
        # Each worker compiles the templates, which is most of what a glance would take.
        workers = 1 if glance else WORKERS
        service = stack.enter_context(serving(SERVICE, templates, workers))
        of_admin: list[Case] = []
        if with_admin:
            of_admin = [*itertools.islice(admin_cases.all_of_admin(), 3 if glance else None)]
        asked = _answering(service, of_admin, glance=glance)
        _say(f"Rendering the four pages to cut the floor's and stock's from ({len(asked)} cases)")
        learn(asked, service, templates)
        servers = {SERVICE: service}
        for what in (FLOOR, STOCK) if glance else (FLOOR, STOCK, KEPT):
            servers[what] = stack.enter_context(serving(what, templates, workers))
        equal = measuring.compare(asked, servers, effort.compared)
        _say(f"  {equal} pages of the floor and of stock equal the service's")
        _say("Measuring")
        measured, sums = measuring.measure(asked, servers, effort.rounds, effort.requests)
        _say("Counting queries and blocks")
        _look_into(asked, measured, templates, effort.seconds, 1 if glance else cases.PROBED)
        grown = {}
        if smallest is not None:
            _say(f"Asking {smallest:g} and {scale:g} times England in turn")
            with own_database(template):
                load(smallest)
                with serving(SERVICE, templates, workers) as small:
                    pair = ((_answering(small, [], glance=glance), small), (asked, service))
                    sent = effort.rounds * effort.requests
                    grown = growth.grown(*pair, sent, effort.rounds, effort.in_turn)
        _say("Submitting and importing")
        submitted = writing.submit(service, 3 if glance else min(round(400 * scale) + 20, 400))
        whole = min(scale, 1.0)
        imported = list(writing.imports(round(50_000 * whole), max(round(100_000 * whole), 10)))
        return AtScale(scale, counts, equal, measured, sums, submitted, imported, grown)


def _answering(service: "Server", of_admin: "list[Case]", *, glance: bool) -> "list[Case]":
    """The cases that answer: pages of schools and calls, made from what there is, and of admin."""
    from benchmarks import cases, measuring

    of_schools = (case for case in cases.pages() if case.compared or not glance)
    calls = list(cases.api_calls())  # first: they delete what is to be declared anew
    return measuring.answering([*of_schools, *of_admin, *calls], service)


def _look_into(asked: list, measured: list, templates: Path, seconds: float, number: int) -> None:
    """Add the queries, blocks and layers of each case on the service."""
    from benchmarks.probe import probe
    from benchmarks.servers import SERVICE, environment

    of_service = {each.case: each for each in measured if each.server == SERVICE}
    looked_into = [case for case in asked if case.name in of_service]
    sent = [
        {
            # What changes something is sent once: those that no round has sent.
            "requests": [
                asdict(request) | {"body": request.body and request.body.decode()}
                for request in (
                    case.requests[:number] if case.is_read else case.requests[-max(number, 2) :]
                )
            ],
            "status": 200,
            "layers": case.is_read and case.kind == "page" and (case.compared or number > 1),
        }
        for case in looked_into
    ]
    for case, found in zip(looked_into, probe(sent, environment(templates), seconds), strict=True):
        into = of_service[case.name]
        into.queries, into.blocks, into.layers = (
            found[name] for name in ("queries", "blocks", "layers")
        )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.chdir(_ROOT)
    main()
