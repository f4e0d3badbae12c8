"""The process behind `make run`: readies the database, serves, and stops all it started.

It takes the port first, so that a port in use is said before anything else is started. gunicorn is
its child and inherits the port; the embedded PostgreSQL stops when the two have gone.
"""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory

from config.database import ensure_database, state_directory
from config.embedded_postgres import EmbeddedPostgresError
from config.environment import Environment

_HOST = "127.0.0.1"
_PORT = "8000"
# Threads, because a browser opens connections before it needs them, and each would hold a worker.
_SERVER = (
    "--workers=2",
    "--threads=4",
    "--graceful-timeout=5",
    "--log-level=warning",
    "--no-control-socket",
)


class _CannotRunError(Exception):
    """Why the service cannot be run, in one line for a person."""


def main() -> int:
    """Run the service until it is told to stop; return the exit code."""
    try:
        with _take_port(os.environ.get("PORT") or _PORT) as port:
            _ready_the_database()
            address = f"http://{_HOST}:{port.getsockname()[1]}/"
            print(f"\nOpen {address} to use the service. Ctrl-C stops it.", flush=True)
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


def _take_port(wanted: str) -> socket.socket:
    """Listen on the port. Who connects before the service is ready waits until it is."""
    try:
        return socket.create_server((_HOST, int(wanted)), backlog=128)
    except (ValueError, OverflowError):
        reason = f"PORT is {wanted!r}, which is no port"
    except OSError as error:
        reason = (
            f"port {wanted} cannot be had ({os.strerror(error.errno or 0)}). Try PORT=8001 make run"
        )
    raise _CannotRunError(reason)


def _ready_the_database() -> None:
    """Start the embedded database unless one is given, migrate it and fill an empty demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_database()
    django.setup()
    from django.conf import settings  # known only now

    print("Bringing the database up to date", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    if settings.ENVIRONMENT is Environment.DEMO:
        # The trail's line about invented people would bury how to sign in as one.
        logging.getLogger("audit").setLevel(logging.WARNING)
        call_command("load_demo", "--if-empty")
    connections.close_all()


def _how_to_begin_anew() -> str:
    """Say how to get an empty database in place of one that the migrations do not fit."""
    if os.environ.get("DATABASE_URL"):
        return "give an empty database in DATABASE_URL"
    return f"remove the folder {state_directory() / 'postgres'}"


def _serve(port: socket.socket) -> int:
    """Run gunicorn on the port until it ends; return its exit code, or 0 when told to stop."""
    # A terminal sends its signals to gunicorn and its workers as well, and gunicorn's workers do
    # not bear being told twice; so these are blocked there, and only this process hears them.
    from_a_terminal = {signal.SIGINT, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, from_a_terminal)
    # Should this process be killed, gunicorn is told to stop all the same (Linux only).
    setpriv = shutil.which("setpriv")
    with_us = (setpriv, "--pdeathsig=TERM", "--") if setpriv else ()
    gunicorn = subprocess.Popen(
        [
            *with_us,
            sys.executable,
            "-m",
            "gunicorn",
            *_SERVER,
            f"--bind=fd://{port.fileno()}",
            "config.wsgi",
        ],
        pass_fds=(port.fileno(),),
    )
    port.close()
    told_to_stop = False

    def stop(signal_number: int, _frame: object) -> None:
        nonlocal told_to_stop
        told_to_stop = True
        at_once = signal_number == signal.SIGINT
        gunicorn.send_signal(signal.SIGQUIT if at_once else signal.SIGTERM)

    for number in (*from_a_terminal, signal.SIGTERM):
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, from_a_terminal)
    code = gunicorn.wait()
    return 0 if told_to_stop else code or 1


if __name__ == "__main__":
    sys.exit(main())
