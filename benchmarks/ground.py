"""What the benchmarks stand on: the suite's settings, and a database of their own.

Imported first, so that it comes before Django's settings. A benchmark's models are imported in its
functions, once Django is set up.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

os.environ["ENVIRONMENT"] = "test"
# The same in every process of a benchmark, whichever environment it says it is.
os.environ["SECRET_KEY"] = "signs the sessions of a benchmark and nothing else"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.db import connection
from django.test.utils import setup_databases

from config.database import ensure_database, state_directory
from config.embedded_postgres import server
from config.embedded_postgres.paths import ServerFiles

_OWN = "benchmark_"  # and the process, and a number
_numbers = itertools.count(1)


def use_own_server() -> None:
    """Let this run start a PostgreSQL of its own, which has a quarter of the machine's memory.

    So has production's (docs/deploying.md); what developers use has PostgreSQL's 128 MB. Call it
    first. With DATABASE_URL that server is used as it is.
    """
    if os.environ.get("DATABASE_URL"):
        return
    os.environ["STATE_DIR"] = str(state_directory() / "benchmarks")
    files = ServerFiles.of(state_directory() / "postgres")
    files.create()
    with files.log.open("ab") as log:
        server.make_data_directory(files, log)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = files.data / "postgresql.auto.conf"
    settings.write_text(f"shared_buffers = {memory // 4}MB\n")


def set_up() -> None:
    """Have the database run, and Django set up."""
    ensure_database()
    django.setup()


@contextmanager
def migrated_database() -> Iterator[str]:
    """The name of an empty, migrated database to copy, gone at the end; nobody is connected."""
    set_up()
    _drop_what_was_left()
    ((_, before, _),) = setup_databases(verbosity=0, interactive=False)
    name = connection.settings_dict["NAME"]
    _connect_to(before)
    try:
        yield name
    finally:
        _drop(name)


@contextmanager
def own_database(template: str) -> Iterator[None]:
    """An empty, migrated database of this run's own, gone at the end, which is connected to.

    `template` names one that is just that, and to which nobody is connected: it is copied. Within
    the block another may be opened, which is connected to until its own block ends.
    """
    set_up()
    name = f"{_OWN}{os.getpid()}_{next(_numbers)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    before = connection.settings_dict["NAME"]
    _connect_to(name)
    try:
        yield
    finally:
        _connect_to(before)
        _drop(name)


def _drop_what_was_left() -> None:
    """Drop the databases of runs that were killed."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            " AND NOT EXISTS (SELECT FROM pg_stat_activity other"
            " WHERE other.datname = pg_database.datname)",
            [_OWN],
        )
        left = cursor.fetchall()
    for (name,) in left:
        _drop(name)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _drop(name: str) -> None:
    """Drop the database, in which autovacuum may be at work."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
