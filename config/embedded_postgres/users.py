"""What a process that uses the server does: hold a share, have it started, wait for its end."""

import atexit
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded_postgres import server
from config.embedded_postgres.paths import DATABASE, READY, EmbeddedPostgresError, Place

_PROJECT = Path(__file__).resolve().parents[2]
_LOOK_AGAIN = 0.005  # seconds
_PATIENCE = 60  # seconds, for a server that a keeper says is there but that does not answer
_LINES_OF_LOG = 15

# The files that hold this process's shares, by state folder.
_shares: dict[Path, int] = {}


def ensure(state: Path) -> None:
    """Have the server of this state folder run for the life of this process, with its database.

    Starts it if it does not run; creates the folder and the database if they are missing. May be
    called again, and by many processes at once. Raises EmbeddedPostgresError when the server cannot
    be had.
    """
    place = Place.of(state)
    place.create()
    with _locked(place.start_lock):
        _take_a_share(place)
        give_up = time.monotonic() + _PATIENCE
        while True:
            _start_a_keeper_if_none_lives(place)
            failure = _create_the_database_if_missing(place)
            if failure is None:
                return
            if time.monotonic() > give_up:
                raise EmbeddedPostgresError(f"PostgreSQL does not answer: {failure}")
            time.sleep(_LOOK_AGAIN)


def _take_a_share(place: Place) -> None:
    if place.state in _shares:
        return
    share = _open(place.share_lock)
    fcntl.flock(share, fcntl.LOCK_SH)  # waits for a keeper that is stopping the server
    _shares[place.state] = share
    atexit.register(_give_back, place, os.getpid())


def _give_back(place: Place, owner: int) -> None:
    """Give up the share and, if it was the last, wait until the server has gone.

    So that whoever waits for this process finds nothing left of it.
    """
    if os.getpid() != owner:
        return  # a child that was forked: the share is its parent's
    os.close(_shares.pop(place.state))
    probe, alive = _open(place.share_lock), _open(place.alive_lock)
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up and not _lock_at_once(alive, fcntl.LOCK_SH):
        # A keeper that stops the server holds the share alone to its end. So if somebody held it
        # just now and we may share it now, that somebody was another user.
        if _lock_at_once(probe, fcntl.LOCK_EX):
            fcntl.flock(probe, fcntl.LOCK_UN)
        elif _lock_at_once(probe, fcntl.LOCK_SH):
            break
        time.sleep(_LOOK_AGAIN)
    os.close(probe)
    os.close(alive)


def _start_a_keeper_if_none_lives(place: Place) -> None:
    """Start a keeper, which is born with its lock held, and wait until its server is ready."""
    server.binaries()  # says so here and now when they are not installed
    alive = _open(place.alive_lock)
    try:
        if not _lock_at_once(alive, fcntl.LOCK_EX):
            return
        keeper = subprocess.run(
            [sys.executable, "-m", "config.embedded_postgres.supervisor", str(place.state)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(_PROJECT)},
            pass_fds=(alive,),
            check=False,
        )
    finally:
        os.close(alive)
    if keeper.stdout != READY:
        said = place.log.read_text(errors="replace") if place.log.exists() else ""
        lines = "\n".join(said.splitlines()[-_LINES_OF_LOG:])
        raise EmbeddedPostgresError(f"The embedded PostgreSQL did not start:\n{lines}")


def _create_the_database_if_missing(place: Place) -> Exception | None:
    """Return None when the database is there, or the error of a server that does not answer."""
    import psycopg  # here, because the keeper needs none of it
    from psycopg import sql

    try:
        with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not found.rowcount:
                name = sql.Identifier(DATABASE)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    except psycopg.OperationalError as error:
        return error
    return None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = _open(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _lock_at_once(file: int, kind: int) -> bool:
    """Whether the lock could be had without waiting."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
