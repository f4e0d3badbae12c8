"""The process of `make run`: prepares the database, serves, and stops all that it started.

It takes the port first, so that a port in use stops it before it starts anything. Its children are
gunicorn, which inherits the port, and the worker, which sends emails. The embedded PostgreSQL stops
when all have ended.
"""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory

from config.database import BASE_DIR, ensure_database, state_directory
from config.embedded_postgres import EmbeddedPostgresError
from config.environment import Environment

_HOST = "127.0.0.1"
_PORT = "8000"
_LOOK_AGAIN = 0.1  # seconds
# Threads, because a browser opens connections before it needs them. Without threads, each would
# keep a worker busy.
_SERVER = (
    "--workers=2",
    "--threads=4",
    "--graceful-timeout=5",
    "--log-level=warning",
)


class _CannotRunError(Exception):
    """The service cannot be run. The message, one line, tells the user why."""


def main() -> int:
    """Run the service until it is told to stop; return the exit code."""
    try:
        with _take_port(os.environ.get("PORT") or _PORT) as port:
            address = f"http://{_HOST}:{port.getsockname()[1]}"
            os.environ.setdefault("SERVICE_URL", address)  # for the links in emails
            _prepare_database()
            print(f"\nOpen {address}/ to use the service. Ctrl-C stops it.", flush=True)
            return _serve(port)
    except KeyboardInterrupt:
        return 0
    except OperationalError as error:
        problem = f"the database does not answer: {error}"
    except InconsistentMigrationHistory:
        problem = f"an older version made the database. To begin anew, {_how_to_begin_anew()}"
    except (_CannotRunError, EmbeddedPostgresError, ImproperlyConfigured, CommandError) as error:
        problem = str(error)
    print(f"Cannot run the service: {problem}", file=sys.stderr)
    return 1


def _take_port(port: str) -> socket.socket:
    """Listen on the port. A browser that connects now waits until the service is ready."""
    try:
        return socket.create_server((_HOST, int(port)), backlog=128)
    except (ValueError, OverflowError):
        reason = f"PORT is {port!r}, which is no port"
    except OSError as error:
        reason = (
            f"port {port} cannot be had ({os.strerror(error.errno or 0)}). Try PORT=8001 make run"
        )
    raise _CannotRunError(reason)


def _prepare_database() -> None:
    """Start the embedded database if none is given, migrate it, and fill an empty demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_database()
    django.setup()
    from django.conf import settings  # after `setup`, which reads them

    print("Bringing the database up to date", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    if settings.ENVIRONMENT is Environment.DEMO:
        # The audit log's long line about the demo's people would hide how to sign in as one.
        logging.getLogger("audit").setLevel(logging.WARNING)
        call_command("load_demo", "--if-empty")
    connections.close_all()


def _how_to_begin_anew() -> str:
    """Say how to get an empty database in place of one that the migrations do not fit."""
    if os.environ.get("DATABASE_URL"):
        return "give an empty database in DATABASE_URL"
    return f"remove the folder {state_directory() / 'postgres'}"


def _serve(port: socket.socket) -> int:
    """Run gunicorn on the port, and the worker, until one ends; return 0 when told to stop."""
    # A terminal sends its signals to gunicorn and its workers too, and a second signal makes the
    # workers fail. So they are blocked there, and only this process receives them.
    from_a_terminal = {signal.SIGINT, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, from_a_terminal)
    gunicorn = _start(
        "-m",
        "gunicorn",
        *_SERVER,
        f"--bind=fd://{port.fileno()}",
        "config.wsgi",
        pass_fds=(port.fileno(),),
    )
    worker = _start("manage.py", "run_worker")
    port.close()
    told_to_stop = False

    def stop(signal_number: int, _frame: object) -> None:
        nonlocal told_to_stop
        told_to_stop = True
        at_once = signal_number == signal.SIGINT
        gunicorn.send_signal(signal.SIGQUIT if at_once else signal.SIGTERM)
        worker.terminate()

    for number in (*from_a_terminal, signal.SIGTERM):
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, from_a_terminal)
    while gunicorn.poll() is None and worker.poll() is None:
        time.sleep(_LOOK_AGAIN)
    if not told_to_stop:  # neither is of use without the other
        gunicorn.terminate()
        worker.terminate()
    codes = gunicorn.wait(), worker.wait()
    return 0 if told_to_stop else max(codes) or 1


def _start(*arguments: str, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start Python. On Linux it is told to stop even if this process is killed."""
    setpriv = shutil.which("setpriv")
    with_us = (setpriv, "--pdeathsig=TERM", "--") if setpriv else ()
    return subprocess.Popen([*with_us, sys.executable, *arguments], cwd=BASE_DIR, pass_fds=pass_fds)


if __name__ == "__main__":
    sys.exit(main())
