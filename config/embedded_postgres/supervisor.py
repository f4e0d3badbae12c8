"""The supervisor process: starts the server, and stops it when its last user has ended.

A server that ends before, because it was killed or ran out of memory, is started again.

`users.py` runs it as `python -m config.embedded_postgres.supervisor STATE`, with an open file that
holds the supervisor's lock. It writes READY to its output when the server accepts connections. If
its output ends without READY, the log says why.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import psutil

from config.embedded_postgres import server
from config.embedded_postgres.paths import READY, EmbeddedPostgresError, ServerFiles

_POLL_INTERVAL = 0.005  # seconds
# Seconds: for the processes of a killed server to end, and for a stopping server to write its data.
_TIMEOUT = 30
# A server that ends so many times within so many seconds is not started again.
_MOST_DEATHS, _WITHIN = 5, 60


class _ServerDiedError(Exception):
    """The server ended, though the supervisor did not stop it."""


def main(state: str) -> None:
    """Run the server of this state folder until no process uses it."""
    _detach()
    files = ServerFiles.of(Path(state))
    with files.log.open("wb", buffering=0) as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
        try:
            _supervise(files, log)
        except EmbeddedPostgresError as error:
            sys.exit(str(error))  # written to the log, like every other exception


def _detach() -> None:
    """Leave the caller: no process has to wait for this one, and no terminal can signal it."""
    if os.fork():
        os._exit(0)
    os.setsid()


def _supervise(files: ServerFiles, log: IO[bytes]) -> None:
    server.make_data_directory(files, log)
    postgres = _start(files, log)
    deaths: list[float] = []
    try:
        _say_ready()
        while not _has_lost_its_last_user(files, postgres):
            code = postgres.wait()
            deaths = [*deaths[-_MOST_DEATHS + 1 :], time.monotonic()]
            if len(deaths) == _MOST_DEATHS and deaths[-1] - deaths[0] < _WITHIN:
                raise EmbeddedPostgresError(f"postgres ended with exit code {code}, again")
            postgres = _start(files, log)
    finally:
        _stop(postgres)


def _start(files: ServerFiles, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it is ready, which includes its recovery after a kill."""
    stale_pid = server.pid_on_file(files)
    if stale_pid:
        _stop_survivor(files, stale_pid)
        files.socket_lock.unlink(missing_ok=True)
    give_up = time.monotonic() + _TIMEOUT
    while True:
        postgres = server.start(files, log, stale_pid)
        while postgres.poll() is None:
            if server.is_ready(files, postgres.pid):
                return postgres
            time.sleep(_POLL_INTERVAL)
        # After a kill, PostgreSQL does not start until all processes of the old server have ended.
        if not stale_pid or time.monotonic() > give_up:
            raise EmbeddedPostgresError(f"postgres ended with exit code {postgres.returncode}")
        time.sleep(_POLL_INTERVAL)


def _stop_survivor(files: ServerFiles, pid: int) -> None:
    """Stop the server that a killed supervisor left running, if this pid is that server's."""
    try:
        process = psutil.Process(pid)
        if process.name() != "postgres" or str(files.data) not in process.cmdline():
            return
        process.send_signal(signal.SIGINT)
        give_up = time.monotonic() + _TIMEOUT
        # Not `process.wait`: it would never return for a dead process without a parent to reap it.
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > give_up:
                process.kill()
            time.sleep(_POLL_INTERVAL)
    except psutil.Error:
        return  # it has ended, or belongs to another account


def _say_ready() -> None:
    # The process that started this one may have ended. Then the wait for the last user is short.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), READY)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _has_lost_its_last_user(files: ServerFiles, postgres: subprocess.Popen[bytes]) -> bool:
    """Wait until no process uses the server: True; or until the server has ended: False."""

    def died(*_: object) -> None:
        # A server that is frozen, or goes on, signals too.
        if postgres.poll() is not None:
            raise _ServerDiedError

    lock = os.open(files.share_lock, os.O_RDWR)
    signal.signal(signal.SIGCHLD, died)
    try:
        died()
        # Stays open, so that the lock is held until this process ends: no other process can take
        # the stopping server for a running one.
        fcntl.flock(lock, fcntl.LOCK_EX)
    except _ServerDiedError:
        os.close(lock)
        return False
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    return True


def _stop(postgres: subprocess.Popen[bytes]) -> None:
    # PostgreSQL's fast shutdown, then its immediate one; at last the process is killed.
    for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        postgres.send_signal(kind)
        try:
            postgres.wait(_TIMEOUT)
            return
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main(sys.argv[1])
