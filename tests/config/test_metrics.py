"""The metrics as they are scraped: of all processes together, in OpenMetrics."""

import os
import re
import socket
import urllib.error
import urllib.request

import pytest

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
        wait_until(lambda: scraped(port), "the metrics are shown")
        shown = scraped(port)
    page = "lead-provider-api:submit_declaration"
    labels = f'method="GET",page="{page}",status="401"'
    assert f"http_requests_total{{{labels}}} 10.0" in shown
    assert 'declarations_total{outcome="no token"} 1.0' in shown
    assert f'http_request_seconds_count{{page="{page}"}} 11.0' in shown
    assert re.search(rf'database_queries_total{{page="{page}"}} [1-9]', shown)
    assert "database_up 1.0" in shown
    assert 'database_connections{state="active"} ' in shown
    assert shown.endswith("# EOF\n")
    assert os.listdir(tmp_path)
