"""`make run`'s process: it serves, stops all it started, and keeps what was entered."""

import contextlib
import os
import signal
import socket
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from tests.config.processes import (
    GIVE_UP,
    Process,
    finish,
    holder,
    is_up,
    kill_all,
    nothing_left_of,
    postmasters,
    processes_of,
    start_python,
    wait_until,
)


@pytest.fixture
def state(tmp_path: Path):
    yield tmp_path / "var"
    kill_all(processes_of(tmp_path))


@contextlib.contextmanager
def running(state: Path, **environment: str) -> Iterator[tuple[Process, str]]:
    """The process behind `make run`, and the address that it prints when it is about to serve."""
    settings = {"STATE_DIR": str(state), "PORT": "0"} | environment
    with start_python("-m", "config.run", **settings) as run:
        said = ""
        for line in run.stdout:
            said += line
            if line.startswith("Open http://"):
                break
        else:
            pytest.fail(f"it did not get so far as to serve:\n{said}")
        yield run, line.split()[1]


def connect(state: Path):
    return psycopg.connect(embedded_postgres.database_url(state / "postgres"), autocommit=True)


def entered(state: Path) -> list[int]:
    with connect(state) as connection:
        return [number for [number] in connection.execute("SELECT number FROM entered")]


def answers(address: str) -> bool:
    """Whether the service says that it is well, its database included."""
    with urllib.request.urlopen(f"{address}health", timeout=GIVE_UP) as response:
        return response.status == 200


def has_a_worker(state: Path) -> bool:
    """Whether a worker waits for emails to send."""
    with connect(state) as connection:
        [count] = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
    return count > 0


def users(state: Path) -> int:
    """How many users a management command finds."""
    count = "from accounts.models import User; print(User.objects.count())"
    with start_python("manage.py", "shell", "-v0", "-c", count, STATE_DIR=str(state)) as command:
        said, _ = command.communicate(timeout=GIVE_UP)
    assert command.returncode == 0, said
    return int(said)


# After each of the last two the next start comes at once, when the old server may still be ending.
ENDS: dict[str, Callable[[Process], None]] = {
    "the terminal is closed": lambda run: os.killpg(run.pid, signal.SIGHUP),
    "it is asked to end": lambda run: run.terminate(),
    "it is killed": lambda run: run.kill(),
    "it is killed with all it started": lambda run: os.killpg(run.pid, signal.SIGKILL),
}


@pytest.mark.proof
def test_however_it_ends_nothing_is_left_of_it_and_all_that_was_entered_stays(state: Path):
    """One long story, because the first start, which fills the demo, is what takes long."""
    with running(state) as (run, address):
        assert answers(address)
        wait_until(lambda: has_a_worker(state), "the worker had begun")
        with connect(state) as connection:
            connection.execute("CREATE TABLE entered (number integer)")
        beside = users(state)
        os.killpg(run.pid, signal.SIGINT)  # Ctrl-C
        assert run.wait(GIVE_UP) == 0
        assert run.stdout.read() == ""
        assert processes_of(state) == []
    assert users(state) == beside > 0
    assert processes_of(state) == []

    for number, end in enumerate(ENDS.values()):
        with running(state) as (run, address):
            assert answers(address)
            with connect(state) as connection:
                connection.execute("INSERT INTO entered VALUES (%s)", [number])
            end(run)
            if run.wait(GIVE_UP) == 0:
                assert processes_of(state) == []
    with running(state) as (run, address):
        assert answers(address)
        assert entered(state) == list(range(len(ENDS)))
        run.kill()  # it alone, so that nothing tells gunicorn
        wait_until(lambda: nothing_left_of(state), "all had ended")


def test_a_port_that_is_taken_is_said_in_one_line_before_anything_is_started(state: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with start_python("-m", "config.run", STATE_DIR=str(state), PORT=port) as run:
            said, _ = run.communicate(timeout=GIVE_UP)
    assert run.returncode == 1
    assert said.count("\n") == 1
    assert f"port {port} cannot be had (Address already in use)" in said
    assert not state.exists()


@pytest.mark.parametrize("port", ["eighty", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_one_line(state: Path, port: str):
    with start_python("-m", "config.run", STATE_DIR=str(state), PORT=port) as run:
        said, _ = run.communicate(timeout=GIVE_UP)
    assert run.returncode == 1
    assert said == f"Cannot run the service: PORT is {port!r}, which is no port\n"


def test_on_a_database_of_an_older_version_it_says_how_to_begin_anew(state: Path):
    url = embedded_postgres.database_url(state / "postgres")
    ways = [
        ({}, f"remove the folder {state / 'postgres'}"),
        ({"DATABASE_URL": url, "ENVIRONMENT": "demo"}, "give an empty database in DATABASE_URL"),
    ]
    with holder(state / "postgres") as other:
        assert is_up(other)
        with connect(state) as connection:
            # The first migrations that the last version had: core's have other names now.
            connection.execute(
                "CREATE TABLE django_migrations AS"
                " SELECT 0 AS id, app, name, now() AS applied FROM (VALUES"
                " ('core', '0001_extensions_cache_history'), ('core', '0002_emails'),"
                " ('core', '0003_searchable'), ('accounts', '0001_initial')) AS old (app, name)"
            )
        for environment, way in ways:
            with start_python(
                "-m", "config.run", STATE_DIR=str(state), PORT="0", **environment
            ) as run:
                said, _ = run.communicate(timeout=GIVE_UP)
            assert run.returncode == 1
            assert said.splitlines()[1:] == [
                f"Cannot run the service: an older version made the database. To begin anew, {way}"
            ]
        with connect(state) as connection:
            tables = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            )
            assert tables.fetchone() == (1,)
        assert finish(other) == 0


def test_a_database_that_does_not_answer_is_said_in_one_line(state: Path):
    with start_python(
        "-m",
        "config.run",
        STATE_DIR=str(state),
        PORT="0",
        ENVIRONMENT="demo",
        DATABASE_URL="postgresql://nobody@localhost:1/nothing",
    ) as run:
        said, _ = run.communicate(timeout=GIVE_UP)
    assert run.returncode == 1
    assert "Cannot run the service: the database does not answer" in said
    assert "Traceback" not in said
    assert not postmasters(state)
