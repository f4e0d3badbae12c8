"""Submissions and page views go on while things break; what came of it is docs/reliability.md.

The service connects as the role `application` of docs/deploying.md. Each provider sends a
declaration until it is acknowledged, as the contract says. Nothing that was acknowledged may be
lost, nothing counted twice, and no request may be stuck.
"""

import shutil
import time
from collections.abc import Callable, Iterator

import pytest

from tests.declarations.at_once import AT_ONCE, ROUNDS
from tests.declarations.server import Server, serving
from tests.reliability import breaks
from tests.reliability.breaks import Break
from tests.reliability.document import RACES, Report
from tests.reliability.load import HEAD, tried
from tests.reliability.mail import mail_hangs
from tests.reliability.pooler import pooled
from tests.reliability.postgres import APPLICATION, Postgres, own_postgres

pytestmark = pytest.mark.proof
# Of each kind; with sixteen at the same moment each time, 4,000 in all.
TIMES = 50

FULL_DISK = Break("the disk of PostgreSQL is full for 6 s", breaks.full_disk)
# Debian's PgBouncer knows no prepared statements.
POOLER = Break(
    "nothing, behind PgBouncer in transaction mode",
    breaks.nothing,
    environment=lambda world: {"DATABASE_PREPARE": "off"},
)
BREAKS = [
    Break("nothing", breaks.nothing),
    Break("PostgreSQL is killed, and started 2 s later", breaks.database_killed),
    Break("the database is frozen for 6 s", breaks.frozen_database),
    Break("the table of declarations is locked for 6 s", breaks.locked_table),
    Break("the database hangs up on all sessions, three times", breaks.sessions_killed),
    Break("the database has no connection free for 6 s", breaks.no_connections),
    FULL_DISK,
    Break("a worker of gunicorn is killed, twice", breaks.worker_killed),
    Break("the service is killed, and started again", breaks.server_killed),
    Break("a release: a column is added, then new workers take over (HUP)", breaks.release),
    Break("50 clients send half a request", breaks.half_sent_requests),
    Break("the mail server hangs for 6 s", mail_hangs),
    Break(
        "the service's clock goes 2 hours ahead, then is 2 hours behind",
        breaks.clock_moved,
        breaks.a_clock,
    ),
    POOLER,
]


@pytest.fixture(scope="module")
def postgres(django_db_blocker) -> Iterator[Postgres]:
    with django_db_blocker.unblock(), own_postgres() as running:
        yield running


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    report = Report()
    yield report
    report.write([broken.name for broken in BREAKS], [play.__doc__ for play in ROUNDS])


@pytest.fixture
def say(capsys) -> Callable[[list[str], list[str]], None]:
    def say(head: list[str], row: list[str]) -> None:
        with capsys.disabled():
            print("\n" + "; ".join(f"{name}: {cell}" for name, cell in zip(head, row, strict=True)))

    return say


def why_not(broken: Break, postgres: Postgres) -> str:
    """Why this machine cannot try it; "" if it can."""
    if broken is FULL_DISK and not postgres.disk_is_its_own:
        return "a full disk, as only root may mount a small one"
    if broken is POOLER and not shutil.which("pgbouncer"):
        return "PgBouncer, as it is not installed"
    return ""


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.name)
def test_what_is_acknowledged_is_there_once(broken: Break, postgres, report, say) -> None:
    if reason := why_not(broken, postgres):
        report.not_tried.append(reason)
        pytest.skip(reason)
    if broken is POOLER:
        with pooled(postgres) as url:
            row = tried(broken, postgres, url)
    else:
        row = tried(broken, postgres, postgres.url(APPLICATION))
    say(HEAD, row)
    report.broken[broken.name] = row
    assert row[-1] == "yes"


@pytest.fixture(scope="module")
def server(postgres) -> Iterator[Server]:
    with serving(DATABASE_URL=postgres.url(APPLICATION)) as running:
        yield running


@pytest.mark.parametrize("play", ROUNDS)
def test_of_sixteen_at_once_one_stands_each_time(play, server, report, say) -> None:
    began, wrong = time.monotonic(), 0
    for _ in range(TIMES):
        try:
            play(server)
        except AssertionError:
            wrong += 1
    each = (time.monotonic() - began) / TIMES
    well = f"NO, {wrong} times not" if wrong else "yes"
    row = [play.__doc__, str(TIMES), str(TIMES * AT_ONCE), f"{each:.2f} s", well]
    say(RACES, row)
    report.raced[play.__doc__] = row
    assert not wrong
