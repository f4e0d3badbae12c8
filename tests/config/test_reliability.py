"""Submissions and page views go on while things break; what came of it is docs/reliability.md.

The service connects as the role `application` of docs/deploying.md. Each provider sends a
declaration until it is acknowledged, as the contract says. Nothing that was acknowledged may be
lost, nothing counted twice, and no request may be stuck.
"""

import contextlib
import os
import platform
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event

import psutil
import pytest
from django.db import connection, transaction

from config.database import BASE_DIR
from config.embedded_postgres import server as embedded
from declarations.models import Declaration, DeclarationStateChange
from tests.config.test_deadlines import LIMIT, USUAL, ask, frozen
from tests.declarations.client import Provider
from tests.declarations.server import Server, database_url, serving
from tests.declarations.test_killed import others_are_gone, wait_until
from tests.declarations.trained import claim_about, make_trained

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]
CLIENTS, EACH = 4, 12
ROLE = f"application_{os.getpid()}"
LASTS = 6.0  # seconds that something is broken
DOCUMENT = BASE_DIR / "docs" / "reliability.md"


@dataclass
class Seen:
    """What the clients saw while one thing was broken."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # by teacher, the declaration
    statuses: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    unavailable: list[float] = field(default_factory=list)  # moments

    def note(self, status: object, began: float) -> None:
        now = time.monotonic()
        self.statuses[str(status)] += 1
        self.longest = max(self.longest, now - began)
        if status in (503, "hung up"):
            self.unavailable.append(now)

    def down_for(self) -> float:
        """Seconds between the first and the last refusal."""
        return max(self.unavailable) - min(self.unavailable) if self.unavailable else 0.0


@contextlib.contextmanager
def nothing(server: Server) -> Iterator[None]:
    yield


@contextlib.contextmanager
def frozen_database(server: Server) -> Iterator[None]:
    with frozen():
        yield


@contextlib.contextmanager
def locked_table(server: Server) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE declarations_declaration IN ACCESS EXCLUSIVE MODE")
        yield


@contextlib.contextmanager
def sessions_killed(server: Server) -> Iterator[None]:
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            time.sleep(1)
    yield


@contextlib.contextmanager
def no_connections(server: Server) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {ROLE} CONNECTION LIMIT 0")
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = %s",
            [ROLE],
        )
        yield
        cursor.execute(f"ALTER ROLE {ROLE} CONNECTION LIMIT -1")


@contextlib.contextmanager
def worker_killed(server: Server) -> Iterator[None]:
    for _ in range(2):
        workers = psutil.Process(server.process.pid).children()
        random.choice(workers).kill()
        time.sleep(1)
    yield


@contextlib.contextmanager
def new_release(server: Server) -> Iterator[None]:
    os.kill(server.process.pid, signal.SIGHUP)
    yield


@contextlib.contextmanager
def half_sent_requests(server: Server) -> Iterator[None]:
    with contextlib.ExitStack() as slow:
        for _ in range(50):
            client = slow.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        yield


Breaks = Callable[[Server], AbstractContextManager[None]]
BREAKS: dict[str, Breaks] = {
    "nothing": nothing,
    "the database is frozen for 6 s": frozen_database,
    "the table of declarations is locked for 6 s": locked_table,
    "the database hangs up on all sessions, three times": sessions_killed,
    "the database has no connection free for 6 s": no_connections,
    "a worker of gunicorn is killed, twice": worker_killed,
    "new workers take over (HUP)": new_release,
    "50 clients send half a request": half_sent_requests,
}


def submit_all(server: Server, secret: str, claims: list[dict], seen: Seen) -> None:
    """Send each claim until it is acknowledged, a little while apart, for two minutes at most."""
    give_up = time.monotonic() + 120
    for claim in claims:
        while claim["participant_id"] not in seen.acknowledged and time.monotonic() < give_up:
            began = time.monotonic()
            try:
                status, answer = server.submit(secret, **claim)
            except (OSError, HTTPException):
                status = "hung up"
            seen.note(status, began)
            if status == 200:
                seen.acknowledged[claim["participant_id"]] = answer["data"]["id"]
            time.sleep(0.4)


def view_pages(server: Server, seen: Seen, done: Event) -> None:
    while not done.wait(0.2):
        began = time.monotonic()
        try:
            seen.note(ask(server, "/")[0], began)
        except (OSError, HTTPException):
            seen.note("hung up", began)


@pytest.fixture
def application() -> Iterator[str]:
    """The address of the test's database, for a role made as docs/deploying.md says."""
    grants = re.search(r"```sql\n(GRANT.*?)```", (BASE_DIR / "docs/deploying.md").read_text(), re.S)
    owner = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
        cursor.execute(
            re.sub(r"\bapplication\b", ROLE, re.sub(r"\bROLE owner\b", f"ROLE {owner}", grants[1]))
        )
        yield re.sub(r"//[^@]*@", f"//{ROLE}@", database_url())
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def pooled() -> Iterator[str]:
    """A PgBouncer in transaction mode before the database; gives the address by it."""
    with tempfile.TemporaryDirectory() as made:
        yield from _pooled(Path(made))


def _pooled(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder.chmod(0o755)
    folder.joinpath("users").write_text(f'"{ROLE}" ""\n')
    folder.joinpath("pgbouncer.ini").write_text(
        f"""[databases]
* = host={connection.settings_dict["HOST"]} pool_size=4
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
ignore_startup_parameters = options
"""
    )
    command = [*embedded._privileges(), "pgbouncer", "-q", str(folder / "pgbouncer.ini")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as bouncer:
        try:
            wait_until(lambda: listens(port), "it listens")
            name = connection.settings_dict["NAME"]
            yield f"postgresql://{ROLE}@127.0.0.1:{port}/{name}"
        finally:
            bouncer.terminate()


def test_what_is_acknowledged_is_there_once_whatever_breaks(application) -> None:
    rows = [tried(name, breaks, application) for name, breaks in BREAKS.items()]
    if shutil.which("pgbouncer"):
        with pooled() as url:
            rows.append(tried("nothing, behind PgBouncer in transaction mode", nothing, url))
    write(rows)
    assert all(row[-1] == "yes" for row in rows), rows


def tried(
    name: str, breaks: Callable[[Server], AbstractContextManager[None]], url: str
) -> list[str]:
    """Serve, send and break; a row of the document."""
    seen, done = Seen(), Event()
    trainings = [make_trained() for _ in range(CLIENTS * EACH)]
    secret = Provider(trainings[0].lead_provider).secret
    claims = [claim_about(training.teacher).__dict__ for training in trainings]
    before = set(Declaration.objects.values_list("pk", flat=True))
    with serving(workers=2, threads=4, **USUAL, DATABASE_URL=url) as server:
        ask(server, "/")
        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            sent = [
                clients.submit(submit_all, server, secret, claims[n::CLIENTS], seen)
                for n in range(CLIENTS)
            ]
            clients.submit(view_pages, server, seen, done)
            time.sleep(1)
            try:
                with breaks(server):
                    time.sleep(LASTS)
                for one in sent:
                    one.result()
            finally:
                done.set()
    wait_until(others_are_gone, "the database has noticed")
    return judged(name, seen, before)


def judged(name: str, seen: Seen, before: set) -> list[str]:
    """A row of the document: what was broken, what the clients saw, and whether all is well."""
    made = Declaration.objects.exclude(pk__in=before)
    there = {str(pk) for pk in made.values_list("pk", flat=True)}
    logged = DeclarationStateChange.objects.filter(declaration__in=made).count()
    lost = len(set(seen.acknowledged.values()) - there)
    twice = len(there) - len(set(seen.acknowledged.values()))
    all_taken = len(seen.acknowledged) == CLIENTS * EACH
    well = all_taken and not lost and not twice and logged == len(there) and seen.longest < LIMIT
    answers = ", ".join(f"{number} x {status}" for status, number in sorted(seen.statuses.items()))
    return [
        name,
        str(len(seen.acknowledged)),
        str(len(there)),
        str(lost),
        str(twice),
        answers,
        f"{seen.down_for():.1f} s",
        f"{seen.longest:.1f} s",
        "yes" if well else "NO",
    ]


def write(rows: list[list[str]]) -> None:
    head = [
        "what broke",
        "acknowledged",
        "there",
        "lost",
        "twice",
        "answers",
        "refused for",
        "longest answer",
        "as promised",
    ]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])
    DOCUMENT.write_text(
        f"""# Reliability

Written by `make prove` on {time.strftime("%-d %B %Y")}: {os.cpu_count()} cores, Python
{platform.python_version()}. Two processes of gunicorn with four threads each, PostgreSQL beside
them. {CLIENTS} providers submit {CLIENTS * EACH} declarations, each until it is acknowledged, while
a user looks at a page five times a second. "Refused for" is from the first 503, or connection that
was hung up, to the last. As promised: nothing lost, nothing twice, and no answer took
{LIMIT:.0f} seconds.

{table}

`make prove` also runs racing submissions, a server that is killed between a declaration and its
log, and `make run` ended in every way. Not tried here: a full disk below the database, a PostgreSQL
that is killed and started, a clock that is moved.
"""
    )
