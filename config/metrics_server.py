"""Shows the metrics of this instance in OpenMetrics: `python -m config.metrics_server`.

gunicorn.conf.py starts it beside the service where METRICS_PORT is set. It is a process of its own,
so that it answers when all threads of the service are busy.
"""

import os
import sys
import threading
from collections.abc import Iterator

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


class DatabaseCollector(Collector):
    """What the database knows, asked at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("database_up", "Whether the database answers.")
        sessions = GaugeMetricFamily(
            "database_connections", "Connections to the database.", labels=["state"]
        )
        most = GaugeMetricFamily("database_connections_limit", "The most that it takes.")
        try:
            with connection.cursor() as cursor:
                cursor.execute(_SESSIONS)
                for state, number in cursor.fetchall():
                    sessions.add_metric([state], number)
                cursor.execute("SHOW max_connections")
                most.add_metric([], int(cursor.fetchone()[0]))
            up.add_metric([], 1)
        except (DatabaseError, InterfaceError):
            up.add_metric([], 0)
        finally:
            connection.close()
        yield from (up, sessions, most)


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
