"""What leaves the service when a fault is reported, read where the reports arrive."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.config.processes import GIVE_UP, PROJECT

PERSONAL = ["Jane", "Thomas", "1234567", "jane@school.example", "zebedee"]
# A fault with personal data wherever a report could take it from.
FAULT = """
import logging, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
import sentry_sdk
from django.test import Client, override_settings
from django.urls import include, path

def breaks(request, name):
    name += " Thomas"
    logging.getLogger("ours").warning("looking for %s", name)
    raise ValueError(f"DETAIL: Key (trn)=(1234567) of {name} exists")
breaks.login_required = False

class urls:
    urlpatterns = [path("breaks/<name>", breaks), path("", include("config.urls"))]
    handler500 = "config.pages.server_error"

with override_settings(ROOT_URLCONF=urls):
    answer = Client(raise_request_exception=False).post(
        "/breaks/Jane?search=zebedee", {"email": "jane@school.example"},
        headers={"cookie": "sessionid=zebedee", "x-request-id": "the-request"},
    )
logging.getLogger("ours").error("An email to %s did not go out", "jane@school.example")
sentry_sdk.flush()
print(answer.status_code)
"""


@contextmanager
def reports_taken() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes reports; gives its DSN, and what it was sent."""
    bodies: list[bytes] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_zipped = self.headers["Content-Encoding"] == "gzip"
            bodies.append(gzip.decompress(body) if is_zipped else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://key@127.0.0.1:{server.server_port}/1", bodies
        server.shutdown()


def test_a_report_says_where_the_fault_is_and_nothing_of_a_person() -> None:
    with reports_taken() as (dsn, bodies):
        done = subprocess.run(
            [sys.executable, "-c", FAULT],
            cwd=PROJECT,
            env=os.environ | {"ENVIRONMENT": "test", "SENTRY_DSN": dsn, "RELEASE": "abc"},
            capture_output=True,
            text=True,
            timeout=GIVE_UP,
        )
    assert done.stdout == "500\n", done.stderr
    reports = [json.loads(body.splitlines()[2]) for body in bodies]
    fault = next(report for report in reports if report["exception"]["values"])
    (error,) = fault["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "breaks"
    assert fault["tags"] == {"request": "the-request"}
    assert (fault["environment"], fault["release"]) == ("test", "abc")
    assert [r["logentry"]["message"] for r in reports] == [
        "%s: %s",
        "An email to %s did not go out",
    ]
    sent = b"".join(bodies).decode()
    for word in PERSONAL:
        assert word not in sent
