"""The supervisor: starts the server, and stops it when the last of its users has gone.

`users.py` runs it as `python -m config.embedded_postgres.supervisor STATE`, with an open file that
holds the supervisor's own lock. It writes READY to its output when the server takes connections;
when that output ends without it, the log says why.
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
from config.embedded_postgres.paths import READY, EmbeddedPostgresError, Place

_LOOK_AGAIN = 0.005  # seconds
# How long a killed server's processes may need to notice, and a stopping one to write its data.
_PATIENCE = 30  # seconds


class _ServerDiedError(Exception):
    """The server ended though nobody stopped it."""


def main(state: str) -> None:
    """Keep the server of this state folder until nobody uses it."""
    _leave_the_caller()
    place = Place.of(Path(state))
    with place.log.open("wb", buffering=0) as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
        try:
            _keep(place, log)
        except EmbeddedPostgresError as error:
            sys.exit(str(error))  # to the log, as any other exception


def _leave_the_caller() -> None:
    """Be nobody's child, so that nobody need reap us, in a session that no terminal reaches."""
    if os.fork():
        os._exit(0)
    os.setsid()


def _keep(place: Place, log: IO[bytes]) -> None:
    server.make_data_directory(place, log)
    postgres = _start(place, log)
    try:
        _say_ready()
        _wait_for_the_last_user(place, postgres)
    except _ServerDiedError:
        raise EmbeddedPostgresError(f"postgres ended with exit code {postgres.wait()}") from None
    finally:
        _stop(postgres)


def _start(place: Place, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it is ready, which includes its recovery after a kill."""
    stale_pid = server.pid_on_file(place)
    if stale_pid:
        _stop_a_survivor(place, stale_pid)
        place.socket_lock.unlink(missing_ok=True)
    give_up = time.monotonic() + _PATIENCE
    while True:
        postgres = server.start(place, log, stale_pid)
        while postgres.poll() is None:
            if server.is_ready(place, postgres.pid):
                return postgres
            time.sleep(_LOOK_AGAIN)
        # After a kill, processes of the old server may be about: PostgreSQL refuses until they end.
        if not stale_pid or time.monotonic() > give_up:
            raise EmbeddedPostgresError(f"postgres ended with exit code {postgres.returncode}")
        time.sleep(_LOOK_AGAIN)


def _stop_a_survivor(place: Place, pid: int) -> None:
    """Stop the server that a killed keeper left, if this pid is one of this data directory."""
    try:
        process = psutil.Process(pid)
        if process.name() != "postgres" or str(place.data) not in process.cmdline():
            return
        process.send_signal(signal.SIGINT)
        give_up = time.monotonic() + _PATIENCE
        # Looked at rather than waited for: a dead process that nobody reaps would never end.
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > give_up:
                process.kill()
            time.sleep(_LOOK_AGAIN)
    except psutil.Error:
        return  # it has gone, or is none of this account's


def _say_ready() -> None:
    # Who asked may have gone; if nobody else has come, the wait for the last user is short.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), READY)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wait_for_the_last_user(place: Place, postgres: subprocess.Popen[bytes]) -> None:
    def died(*_: object) -> None:
        raise _ServerDiedError

    signal.signal(signal.SIGCHLD, died)
    try:
        if postgres.poll() is not None:
            raise _ServerDiedError
        # Left open: held until this process ends, so that nobody takes the stopping server for one
        # that runs.
        fcntl.flock(os.open(place.share_lock, os.O_RDWR), fcntl.LOCK_EX)
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _stop(postgres: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, none
        postgres.send_signal(kind)
        try:
            postgres.wait(_PATIENCE)
            return
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main(sys.argv[1])
