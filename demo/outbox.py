"""The outbox of the demo: emails are printed on the console, kept as files, and shown on a page."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.core.mail.backends import console
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 20


@dataclass(frozen=True)
class Sent:
    """An email in the outbox."""

    to: str
    subject: str
    body: str
    at: datetime


class OutboxBackend(console.EmailBackend):
    """Prints each email as Django's console backend does, and keeps it in `directory`."""

    def __init__(self, *args: Any, directory: Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._directory = directory or settings.OUTBOX_DIRECTORY

    def write_message(self, message: EmailMessage) -> None:
        """Print an email, and write it to a file with a name that sorts by time."""
        super().write_message(message)
        self._directory.mkdir(parents=True, exist_ok=True)
        name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{uuid4()}.eml"
        (self._directory / name).write_bytes(message.message().as_bytes())


def newest(directory: Path) -> list[Sent]:
    """The newest emails in the directory, at most SHOWN, newest first."""
    files = sorted(directory.glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(file) for file in files]


def _read(file: Path) -> Sent:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    at = datetime.fromisoformat(f"{file.name[:15]}+00:00")
    return Sent(message["to"], message["subject"], message.get_content().strip(), at)


@login_not_required
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The page that shows the emails of the demo."""
    return render(request, "demo/outbox.html", {"emails": newest(settings.OUTBOX_DIRECTORY)})
