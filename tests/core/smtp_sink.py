"""A real SMTP server that keeps what it is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

from aiosmtpd.controller import Controller
from django.test import override_settings


class Sink:
    """A real SMTP server's handler that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.kept.append((envelope.rcpt_tos, envelope.content))
        return "250 Message accepted for delivery"


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """While this is open, Django sends its emails to it."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sink = Sink()
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
