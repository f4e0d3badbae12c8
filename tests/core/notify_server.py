"""A server that stands for GOV.UK Notify, and answers what a test tells it to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import uuid4

from django.test import override_settings

TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class NotifyServer(HTTPServer):
    """Keeps what it was asked in `asked`; answers with `status` and, if any, one error."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list = []
        self.status, self.error, self.said = 201, "", ""

    def refuse(self, status: int, error: str, said: str) -> None:
        self.status, self.error, self.said = status, error, said


class _Answer(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, self.headers["authorization"], asked))
        self.send_response(self.server.status)
        self.end_headers()
        errors = [{"error": self.server.error, "message": self.server.said}]
        answer = {"errors": errors} if self.server.error else {"id": "1"}
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Write no line for each request."""


@contextmanager
def notify_server() -> Iterator[NotifyServer]:
    """While this is open, emails go to it."""
    server = NotifyServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with override_settings(
        EMAIL_BACKEND="core.notify.NotifyBackend",
        NOTIFY_API_KEY=f"test-{uuid4()}-{uuid4()}",
        NOTIFY_API_URL=f"http://127.0.0.1:{server.server_port}",
        NOTIFY_TEMPLATE_ID=TEMPLATE,
    ):
        yield server
    server.shutdown()
    thread.join()
    server.server_close()
