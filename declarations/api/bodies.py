"""The body of a request: read as far as the limit, and what is left of it taken off the line."""

from typing import Protocol

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from gunicorn.http.errors import ParseException

from declarations.api.errors import RequestError

_PIECE = 65_536
# Of a body that nobody reads. Whoever sends more finds the line cut.
_DRAINED = 100 * 1024 * 1024
# Bodies that cannot be read; the second of gunicorn's own stream.
_BROKEN = (OSError, ParseException)


class _Stream(Protocol):
    def read(self, size: int) -> bytes: ...


def read_body(request: HttpRequest) -> bytes:
    """The whole body, with a length or in chunks.

    Raises RequestError (413) when it is longer than the limit, UnreadablePostError when it breaks
    off or comes in wrong chunks.
    """
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        body = _chunks(request).read(largest + 1) if _in_chunks(request) else request.body
    except RequestDataTooBig:
        body = None
    except _BROKEN as error:
        raise UnreadablePostError from error
    if body is None or len(body) > largest:
        detail = f"A request may be {largest} bytes long at most"
        raise RequestError(413, "Content too large", detail)
    return body


def drain(request: HttpRequest) -> None:
    """Take what is unread of the body off the line: else the sender may never see the answer."""
    stream: _Stream = _chunks(request) if _in_chunks(request) else request
    try:
        for _ in range(_DRAINED // _PIECE):
            if not stream.read(_PIECE):
                return
    except _BROKEN:
        return  # the sender has gone, or writes no proper chunks


def _in_chunks(request: HttpRequest) -> bool:
    return "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _chunks(request: HttpRequest) -> _Stream:
    # Django reads as many bytes as the length says, and here there is none; gunicorn's own stream
    # ends with the last chunk.
    return request.environ["wsgi.input"]
