"""Writes the lines of the audit log, and makes the id that all lines of one request share."""

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
    """The id of the request or command that runs in this thread; None outside both."""
    return _request.get()


@contextmanager
def new_request_id() -> Iterator[str]:
    """Give everything that runs within the block one new id. No client can choose it."""
    new_id = str(uuid.uuid4())
    token = _request.set(new_id)
    try:
        yield new_id
    finally:
        _request.reset(token)


def record(event: str, *, user: int | None, **ids: object) -> None:
    """Write one event as a line of JSON.

    `user` is the id of the user who did it, or None when no user is known. `ids` are further ids,
    or words from our code such as "code" and "password"; never personal data.
    """
    at = timezone.now().isoformat(timespec="milliseconds")
    line = {"at": at, "event": event, "request": request_id(), "user": user, **ids}
    logger.info(json.dumps(line))


class RequestIdFilter(logging.Filter):
    """Adds the request id to every other line of the log; "-" outside requests.

    So a fault in the log leads to the audit log and the history of the same request.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True


class AuditedCommand(BaseCommand):
    """The base of every command that may change a record.

    It writes to the audit log what the command changed, or that it failed.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        if request_id():  # another command or a request called it, and its line has the changes
            return super().execute(*args, **options)
        name = type(self).__module__.rpartition(".")[2]
        with new_request_id() as run, pghistory.context(command=name, request=run) as context:
            try:
                output = super().execute(*args, **options)
            except BaseException:
                record("command failed", user=None, command=name)
                raise
            changes = [change.as_json() for change in changes_of(context.id)]
            record("command ran", user=None, command=name, changes=changes)
            return output
