"""A real SMTP server that keeps what it is given."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from threading import Event

from aiosmtpd.controller import Controller
from django.test import override_settings


class Sink:
    """A real SMTP server's handler that keeps what it is given."""

    def __init__(self, port: int) -> None:
        self.kept: list = []
        self.answer = "250 Message accepted for delivery"
        self.goes_on = Event()
        self.goes_on.set()
        self.port = port

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.kept.append((envelope.rcpt_tos, envelope.content))
        while not self.goes_on.is_set():
            await asyncio.sleep(0.01)
        return self.answer


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """While this is open, Django sends its emails to it."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sink = Sink(port)
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
    ):
        try:
            yield sink
        finally:
            server.stop()
