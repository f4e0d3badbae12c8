"""How gunicorn serves: it reads this file wherever it is started from the project's folder."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from config.logs import GUNICORN

worker_class = "config.gunicorn_worker.Worker"
# A thread holds one connection to the database; two cores are busy with fewer.
threads = 4
# No second way to steer the service, beside its signals.
control_socket_disable = True

# Of a request's first line, the longest that gunicorn can limit: lists are filtered by many ids.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# Seconds for the requests that run when the service is told to stop.
graceful_timeout = 20

logconfig_dict = GUNICORN

_USUAL = "production" if os.environ.get("DATABASE_URL") else "demo"
_IS_DEPLOYED = (os.environ.get("ENVIRONMENT") or _USUAL) not in ("demo", "test")
if os.environ.get("METRICS_PORT"):
    # Where the processes write what they count, before any of them counts.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))


def on_starting(server: Any) -> None:
    """Refuse to start what could not serve. The check is a process, so that a reload loads anew."""
    if _IS_DEPLOYED and subprocess.run([sys.executable, "-m", "config.start_checks"]).returncode:
        sys.exit(1)


def post_worker_init(_worker: Any) -> None:
    """Leave what a worker has imported out of the search for garbage: it stays."""
    gc.collect()
    gc.freeze()


def when_ready(server: Any) -> None:
    """Show the metrics, beside the service and for as long as it runs."""
    if os.environ.get("METRICS_PORT"):
        setpriv = shutil.which("setpriv")
        stops_with_us = [setpriv, "--pdeathsig=TERM", "--"] if setpriv else []
        command = [*stops_with_us, sys.executable, "-m", "config.metrics_server"]
        server.metrics = subprocess.Popen(command)


def on_exit(server: Any) -> None:
    """Stop showing the metrics, and forget them."""
    if metrics := getattr(server, "metrics", None):
        metrics.terminate()
        metrics.wait()
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
