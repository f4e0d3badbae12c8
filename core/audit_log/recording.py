"""Writes the lines of the audit log, and makes the id that all lines of one request share."""

import json
import logging
import re
import signal
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from core.audit_log.changes import changes_of
from core.postgresql.deadlines import IMPORT, waiting

logger = logging.getLogger("audit")

_GIVEN = re.compile(r"[0-9A-Za-z._-]{1,64}", re.ASCII)

_request: ContextVar[str | None] = ContextVar("request", default=None)


def request_id() -> str | None:
    """The id of the request or command that runs in this thread; None outside both."""
    return _request.get()


@contextmanager
def one_request_id(given: str = "") -> Iterator[str]:
    """Give everything that runs within the block one id, unless the block around it has one.

    `given` is the id that a proxy gave the request; without one that can be written into a log, the
    id is new.
    """
    if known := _request.get():
        yield known
        return
    one_id = given if _GIVEN.fullmatch(given) else str(uuid.uuid4())
    token = _request.set(one_id)
    try:
        yield one_id
    finally:
        _request.reset(token)


def record(event: str, *, user: int | None, **ids: object) -> None:
    """Write one event as a line of JSON.

    `user` is the id of the user who did it, or None when no user is known. `ids` are further ids,
    or words from our code such as "code" and "password"; never personal data.
    """
    at = timezone.now().isoformat(timespec="milliseconds")
    line = {"at": at, "event": event, "request": request_id(), "user": user, **ids}
    logger.info(json.dumps(line), extra={"event": event})


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Within the block SIGTERM raises KeyboardInterrupt, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class RequestIdFilter(logging.Filter):
    """Adds the request id to every other line of the log; "-" outside requests.

    So a fault in the log leads to the audit log and the history of the same request.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True


class AuditedCommand(BaseCommand):
    """The base of every command that may change a record.

    It writes to the audit log what the command changed, or that it failed. It may ask the database
    for what takes minutes. What stops it from outside ends it with one line.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        if request_id():  # another command or a request called it, and its line has the changes
            return super().execute(*args, **options)
        name = type(self).__module__.rpartition(".")[2]
        with one_request_id() as run, pghistory.context(command=name, request=run) as context:
            try:
                with waiting(IMPORT), _terminated_like_interrupted():
                    output = super().execute(*args, **options)
            except BaseException as error:
                record("command failed", user=None, command=name)
                if isinstance(error, KeyboardInterrupt):
                    raise CommandError("Stopped.", returncode=130) from error
                if isinstance(error, OperationalError):  # a full disk, a server that went away
                    said = str(error).partition("\n")[0]
                    raise CommandError(f"The database could not go on: {said}") from error
                raise
            changes = [change.as_json() for change in changes_of(context.id)]
            record("command ran", user=None, command=name, changes=changes)
            return output
