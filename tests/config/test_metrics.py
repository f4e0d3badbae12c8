"""The metrics as they are scraped: of all processes together, in OpenMetrics."""

import os
import re
import socket
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from config import metrics_server
from core.email_queue import Email, send_later
from core.models import OutgoingEmail
from tests.config.processes import wait_until
from tests.declarations.server import serving

OPEN_METRICS = {"Accept": "application/openmetrics-text; version=1.0.0"}


def scraped(port: int) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers=OPEN_METRICS)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.read().decode()
    except urllib.error.URLError:
        return ""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.mark.django_db(transaction=True)
def test_requests_of_every_process_are_counted_by_page_and_status(tmp_path):
    port = free_port()
    with serving(
        workers=2,
        threads=1,
        METRICS_PORT=str(port),
        METRICS_HOST="127.0.0.1",
        PROMETHEUS_MULTIPROC_DIR=str(tmp_path),
    ) as server:
        for _ in range(10):
            assert server.send("unknown")[0] == 401
        assert server.send("unknown", "POST", body={})[0] == 401
        for method in ("BREW", "WHEN"):  # a client may send any word
            assert server.send("unknown", method)[0] == 405
        wait_until(lambda: scraped(port), "the metrics are shown")
        shown = scraped(port)
    page = "lead-provider-api:submit_declaration"
    labels = f'method="GET",page="{page}",status="401"'
    assert f"http_requests_total{{{labels}}} 10.0" in shown
    assert 'declarations_total{outcome="no token"} 1.0' in shown
    assert f'http_requests_total{{method="other",page="{page}",status="405"}} 2.0' in shown
    assert "BREW" not in shown
    assert f'http_request_seconds_count{{page="{page}"}} 13.0' in shown
    assert re.search(rf'database_queries_total{{page="{page}"}} [1-9]', shown)
    assert "database_up 1.0" in shown
    assert 'database_connections{state="active"} ' in shown
    assert shown.endswith("# EOF\n")
    assert os.listdir(tmp_path)


def queue_email(**changed: object) -> None:
    send_later("tutor@school.example", Email("sign-in code", "Code", "123456"), user_id=None)
    OutgoingEmail.objects.filter(pk=OutgoingEmail.objects.latest("pk").pk).update(**changed)


def of_the_database() -> dict[tuple[str, ...], float]:
    """Each figure, by its name and the value of its label."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for metric in metrics_server.DatabaseCollector().collect()
        for sample in metric.samples
    }


def ended(ago: timedelta) -> dict[str, object]:
    return {"state": "given_up", "content": "", "finished_at": timezone.now() - ago}


@pytest.mark.django_db(transaction=True)
def test_the_queue_of_emails_is_seen_with_its_age_and_why_it_does_not_move(worker_after_requests):
    worker_after_requests.disconnect()
    shown = of_the_database()
    assert shown["emails_waiting_seconds",] == shown["workers",] == 0
    minutes_ago = timezone.now() - timedelta(minutes=5)
    queue_email()
    queue_email(failure="wrong key", queued_at=minutes_ago)
    queue_email(failure="wrong key")
    queue_email(failure="bad address", **ended(timedelta(hours=23)))
    queue_email(failure="bad address", **ended(timedelta(hours=25)))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now()), (now() - interval '31 seconds')"
        )
    shown = of_the_database()
    assert shown["emails_waiting", "not tried yet"] == 1
    assert shown["emails_waiting", "wrong key"] == 2
    assert 300 <= shown["emails_waiting_seconds",] < 330
    assert shown["emails_given_up", "bad address"] == 1
    assert shown["workers",] == 1
    assert shown["database_connections_limit",] > 1


@pytest.mark.usefixtures("database_down")
def test_without_a_database_the_metrics_say_so():
    assert of_the_database() == {("database_up",): 0}
