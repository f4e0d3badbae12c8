"""What is broken while the service is under load: each a block in which it is, or has been."""

import contextlib
import os
import random
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import psutil
from django.db import DatabaseError, OperationalError, connection, transaction

from core.postgresql.deadlines import MIGRATION, waiting
from tests.config.test_deadlines import ask, frozen
from tests.declarations.server import Server
from tests.reliability.postgres import APPLICATION, Postgres, full


@dataclass
class World:
    """What there is to break. `besides` is what a break adds to its name in the document."""

    postgres: Postgres
    running: ExitStack
    server: Server = field(init=False)
    besides: str = ""


@dataclass(frozen=True)
class Break:
    """A break: its name, the block in which it is broken, and what the service is started with."""

    name: str
    breaks: Callable[[World], AbstractContextManager[None]]
    environment: Callable[[World], dict[str, str]] = lambda world: {}


@contextlib.contextmanager
def nothing(world: World) -> Iterator[None]:
    yield


@contextlib.contextmanager
def database_killed(world: World) -> Iterator[None]:
    world.postgres.kill()
    time.sleep(2)
    world.postgres.start()
    yield


@contextlib.contextmanager
def frozen_database(world: World) -> Iterator[None]:
    with frozen():
        yield


@contextlib.contextmanager
def locked_table(world: World) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE declarations_declaration IN ACCESS EXCLUSIVE MODE")
        yield


@contextlib.contextmanager
def sessions_killed(world: World) -> Iterator[None]:
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            time.sleep(1)
    yield


@contextlib.contextmanager
def no_connections(world: World) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {APPLICATION} CONNECTION LIMIT 0")
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = %s",
            [APPLICATION],
        )
        yield
        cursor.execute(f"ALTER ROLE {APPLICATION} CONNECTION LIMIT -1")


@contextlib.contextmanager
def full_disk(world: World) -> Iterator[None]:
    """Not a byte is free, and the log of changes needs a new file: PostgreSQL ends itself."""
    with full(world.postgres):
        with contextlib.suppress(OperationalError), connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT pg_switch_wal(), txid_current()")
        yield
        ended = not world.postgres.runs()
    if ended:
        world.postgres.start()
        world.besides = ", which ends PostgreSQL; it is started when there is room again"


@contextlib.contextmanager
def worker_killed(world: World) -> Iterator[None]:
    for _ in range(2):
        workers = psutil.Process(world.server.process.pid).children()
        random.choice(workers).kill()
        time.sleep(1)
    yield


@contextlib.contextmanager
def server_killed(world: World) -> Iterator[None]:
    world.server.kill()
    world.server.start(takes_callers_at_once=False)
    yield


@contextlib.contextmanager
def half_sent_requests(world: World) -> Iterator[None]:
    with ExitStack() as slow:
        for _ in range(50):
            client = slow.enter_context(socket.create_connection(("127.0.0.1", world.server.port)))
            client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        yield


@contextlib.contextmanager
def release(world: World) -> Iterator[None]:
    """The schema grows as by a migration of the next release, then that release takes over."""
    with waiting(MIGRATION), connection.cursor() as cursor:
        for _ in range(20):
            with contextlib.suppress(DatabaseError):  # the table is busy: a migration is run again
                cursor.execute("ALTER TABLE declarations_declaration ADD COLUMN next int DEFAULT 1")
                break
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('declarations', 'next', now())"
        )
    assert ask(world.server, "/health")[:2] == (200, "ok")
    os.kill(world.server.process.pid, signal.SIGHUP)
    yield
    assert ask(world.server, "/health")[:2] == (200, "ok")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE declarations_declaration DROP COLUMN next")
        cursor.execute("DELETE FROM django_migrations WHERE name = 'next'")


def a_clock(world: World) -> dict[str, str]:
    """What makes the service's clock one that `clock_moved` moves."""
    _clock(world).write_text("0")
    folder = Path(__file__).with_name("moved_clock")
    return {"PYTHONPATH": str(folder), "MOVED_CLOCK": str(_clock(world))}


def _clock(world: World) -> Path:
    return world.postgres.folder / "hours"


@contextlib.contextmanager
def clock_moved(world: World) -> Iterator[None]:
    """The service's clock goes two hours ahead, then back, and is right; PostgreSQL's stays."""
    for hours in (2, -2):
        _clock(world).write_text(str(hours))
        time.sleep(3)
        assert hours_ahead(world.server) == hours
    _clock(world).write_text("0")
    yield


def hours_ahead(server: Server) -> int:
    """By how many hours the service's clock is ahead, as its answers have it."""
    with contextlib.closing(server.connect()) as client:
        client.request("GET", "/health/live")
        said = parsedate_to_datetime(client.getresponse().headers["Date"])
    return round((said - datetime.now(UTC)).total_seconds() / 3600)
