"""Writing a line of the audit log, and the id that all lines of one request or command share."""

import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pghistory
from django.core.management.base import BaseCommand
from django.utils import timezone

from core.audit_log.changes import changes_of

logger = logging.getLogger("audit")

_request: ContextVar[str | None] = ContextVar("request", default=None)


def request_id() -> str | None:
    """The id of the request or command that runs in this thread, if one does."""
    return _request.get()


@contextmanager
def one_request() -> Iterator[str]:
    """Give what runs within an id of its own. No client has a say in it."""
    made = str(uuid.uuid4())
    token = _request.set(made)
    try:
        yield made
    finally:
        _request.reset(token)


def record(event: str, *, user: int | None, **ids: object) -> None:
    """Write one event; `ids` are further ids or names of ways, never personal data."""
    at = timezone.now().isoformat(timespec="milliseconds")
    line = {"at": at, "event": event, "request": request_id(), "user": user, **ids}
    logger.info(json.dumps(line))


class RequestIdFilter(logging.Filter):
    """Gives every other line of the log the id too, so that a fault leads to its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `request_id`, "-" outside requests; let every line through."""
        record.request_id = request_id() or "-"
        return True


class AuditedCommand(BaseCommand):
    """What every command of ours extends that may change a record."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, and write to the trail what was changed, or that it failed.

        One that another command or a request calls is part of that.
        """
        if request_id():
            return super().execute(*args, **options)
        name = type(self).__module__.rpartition(".")[2]
        with one_request() as run, pghistory.context(command=name, request=run) as context:
            try:
                said = super().execute(*args, **options)
            except BaseException:
                record("command failed", user=None, command=name)
                raise
            changes = [change.as_line() for change in changes_of(context.id)]
            record("command ran", user=None, command=name, changes=changes)
            return said
