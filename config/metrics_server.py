"""Shows the metrics of this instance in OpenMetrics: `python -m config.metrics_server`.

gunicorn.conf.py starts it beside the service where METRICS_PORT is set. It is a process of its own,
so that it answers when all threads of the service are busy.
"""

import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import django
from django.db import DatabaseError, InterfaceError, connection
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

_SESSIONS = """
    SELECT coalesce(state, 'unknown'), count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1
"""
_WAITING = """
    SELECT coalesce(nullif(failure, ''), 'not tried yet'), count(*),
           extract(epoch FROM now() - min(queued_at))
    FROM core_outgoingemail WHERE state = 'waiting' GROUP BY 1
"""
_GIVEN_UP = """
    SELECT failure, count(*) FROM core_outgoingemail
    WHERE state = 'given_up' AND finished_at > now() - interval '1 day' GROUP BY 1
"""
# A worker says every 10 seconds that it lives.
_WORKERS = """
    SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'
"""


class DatabaseCollector(Collector):
    """What the database knows, asked at each scrape: its connections, and the queue of emails."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("database_up", "Whether the database answers.")
        try:
            metrics = [*_of_connections(), *_of_emails()]
            up.add_metric([], 1)
        except (DatabaseError, InterfaceError):
            metrics = []
            up.add_metric([], 0)
        finally:
            connection.close()
        yield from (up, *metrics)


def _of_connections() -> Iterator[GaugeMetricFamily]:
    sessions = GaugeMetricFamily(
        "database_connections", "Connections to the database.", labels=["state"]
    )
    for state, number in _rows(_SESSIONS):
        sessions.add_metric([state], number)
    ((most,),) = _rows("SHOW max_connections")
    yield sessions
    yield GaugeMetricFamily("database_connections_limit", "The most that it takes.", int(most))


def _of_emails() -> Iterator[GaugeMetricFamily]:
    waiting = GaugeMetricFamily(
        "emails_waiting", "Emails in the queue, by why they failed last.", labels=["reason"]
    )
    oldest = 0.0
    for reason, number, age in _rows(_WAITING):
        waiting.add_metric([reason], number)
        oldest = max(oldest, float(age))
    given_up = GaugeMetricFamily(
        "emails_given_up", "Emails given up in the last 24 hours.", labels=["reason"]
    )
    for reason, number in _rows(_GIVEN_UP):
        given_up.add_metric([reason], number)
    ((workers,),) = _rows(_WORKERS)
    yield waiting
    yield GaugeMetricFamily("emails_waiting_seconds", "How long the oldest has waited.", oldest)
    yield given_up
    yield GaugeMetricFamily("workers", "Workers that live: two of each run_worker.", workers)


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def main() -> int:
    """Serve until the process is told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(DatabaseCollector())
    start_http_server(settings.METRICS_PORT, settings.METRICS_HOST, registry)
    threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
