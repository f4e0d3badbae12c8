"""What the service counts while METRICS_PORT is set; config/metrics_server.py shows it.

Each process of gunicorn writes its counts into files of PROMETHEUS_MULTIPROC_DIR, which
gunicorn.conf.py makes. docs/runbook.md has the alerts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import Counter

_SUBMIT = "lead-provider-api:submit_declaration"
_OUTCOMES = {200: "accepted", 401: "no token", 422: "refused", 429: "too many", 503: "unavailable"}


def observer() -> Callable[[str, str, int, float, int], None]:
    """A function that counts a request: method, page, status, seconds, and queries."""
    # Imported here, as it writes files once it is imported, and only a process that counts has a
    # folder for them.
    from prometheus_client import Counter, Histogram

    requests = Counter(
        "http_requests", "Requests that were answered.", ["method", "page", "status"]
    )
    seconds = Histogram(
        "http_request_seconds",
        "How long answers took.",
        ["page"],
        buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    )
    queries = Counter("database_queries", "Statements sent to the database.", ["page"])
    declarations = Counter("declarations", "Declarations that providers sent.", ["outcome"])
    _count_events(Counter("audit_events", "Events of the audit log, such as sign-ins.", ["event"]))

    def observe(method: str, page: str, status: int, took: float, rounds: int) -> None:
        requests.labels(method, page, status).inc()
        seconds.labels(page).observe(took)
        queries.labels(page).inc(rounds)
        if page == _SUBMIT and method == "POST":
            outcome = _OUTCOMES.get(status, "malformed" if status < 500 else "failed")
            declarations.labels(outcome).inc()

    return observe


def _count_events(counter: Counter) -> None:
    """Count the lines of the audit log by their event."""

    class CountingHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            counter.labels(getattr(record, "event", "")).inc()

    logging.getLogger("audit").addHandler(CountingHandler())
