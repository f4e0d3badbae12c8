"""Reads a request: its body and attributes, and the moment it is judged at."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, NoReturn, Protocol

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils import timezone
from gunicorn.http.errors import ParseException

from declarations.api.answers import BadRequest, RequestError
from declarations.claims import Claim, read_moment

_CHUNK = 65_536  # bytes
# So many bytes of a body are read and thrown away; after that the connection breaks.
_MOST_DRAINED = 100 * 1024 * 1024
# Raised for a body that cannot be read: by Django, and by gunicorn's stream.
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
    """Read the rest of the body and throw it away: else the sender may never see the answer."""
    stream: _Stream = _chunks(request) if _in_chunks(request) else request
    try:
        for _ in range(_MOST_DRAINED // _CHUNK):
            if not stream.read(_CHUNK):
                return
    except _BROKEN:
        return  # the sender has gone, or writes no proper chunks


def _in_chunks(request: HttpRequest) -> bool:
    return "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _chunks(request: HttpRequest) -> _Stream:
    # Django reads as many bytes as the Content-Length header says, and a body in chunks has none;
    # gunicorn's stream ends with the last chunk.
    return request.META["wsgi.input"]


SERVER_DATE = "X-With-Server-Date"


def judged_at(request: HttpRequest) -> datetime:
    """The moment a request is judged at: now or, in a sandbox, the one that its header gives.

    Raises BadRequest for a header of the wrong form.
    """
    header = request.headers.get(SERVER_DATE, "") if settings.SANDBOX else ""
    if not header:
        return timezone.now()
    moment = read_moment(header)
    if moment is None:
        raise BadRequest(f"The header '{SERVER_DATE}' must be a valid RFC 3339 date")
    return moment


def claim_of(request: HttpRequest) -> Claim:
    """What a submission claims. Raises BadRequest for a body of the wrong form."""
    attributes = _attributes(request)
    return Claim(**{name: attributes.get(name) for name in Claim.__dataclass_fields__})


def attributes_of(request: HttpRequest, names: Collection[str]) -> dict[str, Any]:
    """The attributes with these names that a body has.

    Raises BadRequest for a body of the wrong form, and for one that has none of them.
    """
    attributes = _attributes(request)
    found = {name: attributes[name] for name in names if name in attributes}
    if not found:
        raise _wrong_structure()
    return found


def _attributes(request: HttpRequest) -> dict[str, Any]:
    body = _json(request)
    data = body.get("data") if isinstance(body, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not attributes or not isinstance(attributes, dict):
        raise _wrong_structure()
    return attributes


def _json(request: HttpRequest) -> object:
    try:
        return json.loads(read_body(request).decode(), parse_constant=_refuse_constant)
    # ValueError: not UTF-8, not JSON, or a number of thousands of digits. RecursionError: nested
    # too deep. UnreadablePostError: the body broke off.
    except (ValueError, RecursionError, UnreadablePostError) as error:
        raise _wrong_structure() from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _wrong_structure() -> BadRequest:
    return BadRequest("Correct json data structure required. See API docs for reference.")
