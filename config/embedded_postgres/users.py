"""What each process does that uses the server: take a shared lock, and start a supervisor."""

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
from config.embedded_postgres.paths import DATABASE, READY, EmbeddedPostgresError, ServerFiles

_PROJECT = Path(__file__).resolve().parents[2]
_POLL_INTERVAL = 0.005  # seconds
_TIMEOUT = 60  # seconds, for a server that its supervisor calls ready and that does not answer
_LINES_OF_LOG = 15

# The open files that hold this process's shared locks, by state folder.
_shared_locks: dict[Path, int] = {}


def ensure(state: Path) -> None:
    """Keep the server of this state folder running for the life of this process.

    Starts the server if it does not run, and creates the folder and the database if they are
    missing. May be called again, and by many processes at once. Raises EmbeddedPostgresError if the
    server cannot be started or does not answer.
    """
    files = ServerFiles.of(state)
    files.create()
    with _locked(files.start_lock):
        _take_shared_lock(files)
        give_up = time.monotonic() + _TIMEOUT
        while True:
            _start_supervisor_if_none_runs(files)
            failure = _create_database_if_missing(files)
            if failure is None:
                return
            if time.monotonic() > give_up:
                raise EmbeddedPostgresError(f"PostgreSQL does not answer: {failure}")
            time.sleep(_POLL_INTERVAL)


def _take_shared_lock(files: ServerFiles) -> None:
    if files.state in _shared_locks:
        return
    lock = _open(files.share_lock)
    fcntl.flock(lock, fcntl.LOCK_SH)  # waits for a supervisor that is stopping the server
    _shared_locks[files.state] = lock
    atexit.register(_release_shared_lock, files, os.getpid())


def _release_shared_lock(files: ServerFiles, owner: int) -> None:
    """Release the lock and, if it was the last, wait until the server has stopped.

    So a process that waits for this one finds no server left when it ends.
    """
    if os.getpid() != owner:
        return  # a forked child: the lock is its parent's
    os.close(_shared_locks.pop(files.state))
    probe, alive = _open(files.share_lock), _open(files.alive_lock)
    give_up = time.monotonic() + _TIMEOUT
    while time.monotonic() < give_up and not _lock_at_once(alive, fcntl.LOCK_SH):
        # A supervisor that stops the server holds the exclusive lock until it ends. So if the lock
        # is held and can be shared, its holder is another user, and the server goes on.
        if _lock_at_once(probe, fcntl.LOCK_EX):
            fcntl.flock(probe, fcntl.LOCK_UN)
        elif _lock_at_once(probe, fcntl.LOCK_SH):
            break
        time.sleep(_POLL_INTERVAL)
    os.close(probe)
    os.close(alive)


def _start_supervisor_if_none_runs(files: ServerFiles) -> None:
    """Start a supervisor, which inherits its lock, and wait until its server is ready."""
    server.binaries()  # raises here, and not in the supervisor, if they are not installed
    alive = _open(files.alive_lock)
    try:
        if not _lock_at_once(alive, fcntl.LOCK_EX):
            return
        supervisor = subprocess.run(
            [sys.executable, "-m", "config.embedded_postgres.supervisor", str(files.state)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(_PROJECT)},
            pass_fds=(alive,),
            check=False,
        )
    finally:
        os.close(alive)
    if supervisor.stdout != READY:
        log = files.log.read_text(errors="replace") if files.log.exists() else ""
        lines = "\n".join(log.splitlines()[-_LINES_OF_LOG:])
        raise EmbeddedPostgresError(f"The embedded PostgreSQL did not start:\n{lines}")


def _create_database_if_missing(files: ServerFiles) -> Exception | None:
    """Return None once the database is there, or the error of a server that does not answer."""
    import psycopg  # here, because the supervisor imports this module and needs none of it
    from psycopg import sql

    try:
        with psycopg.connect(files.url("postgres"), autocommit=True) as connection:
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
    """Take the lock if that needs no waiting; return whether it was taken."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
