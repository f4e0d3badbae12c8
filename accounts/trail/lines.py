"""Writing a line, and the id of the request or command that all its lines share."""

import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

logger = logging.getLogger("trail")

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
