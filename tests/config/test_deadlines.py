"""A database that is frozen, locked or gone gets each request its 503 in under 5 seconds."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from core.audit_log.recording import AuditedCommand
from core.management.commands import migrate
from core.postgresql import base
from core.postgresql.deadlines import Deadlines, waiting
from tests.config.processes import wait_until
from tests.declarations.client import PATH
from tests.declarations.server import Server, serving
from tests.declarations.test_killed import sessions

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 5.0  # seconds
# As settings have them where nothing is set; the suite itself runs without deadlines.
USUAL = {f"DATABASE_{name.upper()}_TIMEOUT": str(s) for name, s in asdict(Deadlines()).items()}
# The same, but sooner: `make prove` breaks the database under the usual ones.
QUICK = USUAL | {
    "DATABASE_SILENCE_TIMEOUT": "1",
    "DATABASE_STATEMENT_TIMEOUT": "0.8",
    "DATABASE_LOCK_TIMEOUT": "0.5",
}
# What each request reads of the database first.
READS = {"/": "accounts_session", PATH: "declarations_apitoken"}


KNOWN_TO_NONE = {"Cookie": "sessionid=" + "0" * 32, "Authorization": "Bearer unknown"}


def ask(
    server: Server, path: str, headers: dict[str, str] = KNOWN_TO_NONE
) -> tuple[int, str, float]:
    """The status, the text and the seconds of an answer."""
    began = time.monotonic()
    with contextlib.closing(server.connect()) as client:
        client.request("GET", path, headers=headers)
        response = client.getresponse()
        text = response.read().decode()
    return response.status, text, time.monotonic() - began


def assert_unavailable(answer: tuple[int, str, float], path: str) -> None:
    status, text, seconds = answer
    assert status == 503
    if path == PATH:
        assert json.loads(text)["errors"][0]["title"] == "Service unavailable"
    else:
        assert "Sorry, the service is unavailable" in text
        assert "govuk-template" in text
    assert seconds < LIMIT


@contextlib.contextmanager
def frozen() -> Iterator[None]:
    """Stop PostgreSQL's postmaster, which connects, and all sessions but that of the test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, pid = pg_backend_pid() FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        pids = dict(cursor.fetchall())
    mine = next(pid for pid, is_mine in pids.items() if is_mine)
    postmaster = psutil.Process(mine).parent()
    stopped = [postmaster, *(psutil.Process(pid) for pid in pids if pid != mine)]
    try:
        for process in stopped:
            process.suspend()
        yield
    finally:
        for process in stopped:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()


def test_the_usual_deadlines_end_a_request_in_time():
    usual = Deadlines()
    assert usual.lock < usual.statement < usual.silence < LIMIT
    # A kept connection that does not answer, and then a new one that cannot be made.
    assert base._HEALTH_CHECK + usual.connect < LIMIT


def test_a_frozen_database_is_a_503_in_time_and_the_service_recovers():
    with serving(workers=1, threads=2, **QUICK) as server:
        for path, known in ((p, s) for _ in range(2) for p, s in (("/", 302), (PATH, 401))):
            assert ask(server, path)[0] == known  # both threads have connections now
        with frozen(), ThreadPoolExecutor(4) as at_once:
            for path, answer in [(p, at_once.submit(ask, server, p)) for p in READS]:
                assert_unavailable(answer.result(), path)
            assert ask(server, "/privacy", {})[0] == 200  # needs no database
        wait_until(lambda: ask(server, "/")[0] == 302, "it has connected again")


def test_a_locked_table_is_a_503_in_time():
    with serving(workers=1, threads=1, **QUICK) as server:
        for path, table in READS.items():
            ask(server, path)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
                assert_unavailable(ask(server, path), path)
            assert ask(server, path)[0] in (302, 401)


def test_a_connection_that_is_silent_is_closed_and_not_made_again_at_once():
    connection.close()
    with waiting(Deadlines(silence=0.2, statement=0, lock=0)):
        with pytest.raises(OperationalError, match="did not answer in time"):
            connection.cursor().execute("SELECT pg_sleep(20)")
        began = time.monotonic()
        connection.close()
        with pytest.raises(OperationalError, match="a moment ago"):
            connection.cursor()
        assert time.monotonic() - began < 0.1
        wait_until(reconnects, "it may connect again")


def reconnects() -> bool:
    try:
        connection.cursor()
    except OperationalError:
        return False
    return True


def test_the_server_has_deadlines_too_and_a_command_has_others():
    shown = []

    class Command(AuditedCommand):
        def handle(self, **options):
            shown.append(show("statement_timeout"))

    connection.close()
    with waiting(Deadlines()):
        assert [show(f"{of}_timeout") for of in ("statement", "lock")] == ["3s", "1500ms"]
        assert show("idle_in_transaction_session_timeout") == "30s"
        assert show("max_parallel_workers_per_gather") == "0"
        call_command(Command())
        assert shown == ["0"]
        assert show("statement_timeout") == "3s"


def show(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def test_a_second_migrate_waits_for_the_first(monkeypatch):
    soon = Deadlines(lock=0.1)
    monkeypatch.setattr(migrate, "MIGRATION", soon)

    def migrate_too() -> None:
        try:
            with waiting(soon):
                call_command("migrate", verbosity=0)
        finally:
            connection.close()

    with connection.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        cursor.execute("SELECT pg_advisory_lock(hashtext('migrate'))")
        second = pool.submit(migrate_too)
        try:
            wait_until(lambda: sessions("wait_event = 'advisory'") == 1, "the second one waits")
            time.sleep(0.3)  # longer than a migration waits for a table
            assert not second.done()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('migrate'))")
        second.result(timeout=60)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (OperationalError("could not extend file: No space left on device\nHINT: Check free disk"),
         "The database could not go on: could not extend file: No space left on device"),
        (KeyboardInterrupt(), "Stopped."),
    ],
    ids=["a full disk", "Ctrl-C"],
)  # fmt: skip
def test_what_stops_a_command_is_said_in_one_line(happens, said):
    class Command(AuditedCommand):
        def handle(self, **options):
            raise happens

    with pytest.raises(CommandError) as stopped:
        call_command(Command())
    assert str(stopped.value) == said


def test_a_command_that_is_told_to_end_ends_as_by_ctrl_c():
    class Command(AuditedCommand):
        def handle(self, **options):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)

    with pytest.raises(CommandError, match="Stopped") as stopped:
        call_command(Command())
    assert stopped.value.returncode == 130
