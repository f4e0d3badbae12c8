"""Reads a request: its body, claim, page and filters, and the moment it is judged at."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import NoReturn, Protocol
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.utils import timezone
from gunicorn.http.errors import ParseException

from declarations.api.answers import BadRequest, RequestError
from declarations.claims import Claim, in_utc, read_moment, read_uuid
from declarations.listing import Filters

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
    body = _json(request)
    data = body.get("data") if isinstance(body, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not attributes or not isinstance(attributes, dict):
        raise _wrong_structure()
    return Claim(**{name: attributes.get(name) for name in Claim.__dataclass_fields__})


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


PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 3000
# Stands for every larger page number: no list is so long, and PostgreSQL can count with it.
_LARGEST_PAGE_NUMBER = 10**12
# Any of ISO 8601's forms that has a time of day.
_DATE_TIME = re.compile(r"[0-9W-]+T[0-9:.,]+(Z|[+-][0-9:]+)?", re.ASCII)


def page_of(query: QueryDict) -> tuple[int, int]:
    """The number, from 1 on, and the size of the page that a list is asked for.

    Raises BadRequest when one of them is no positive number.
    """
    if "page" in query:
        raise _wrong_page()
    number = _positive(query.get("page[page]", "1"))
    size = _positive(query.get("page[per_page]", str(PAGE_SIZE)))
    return number, min(size, LARGEST_PAGE_SIZE)


def filters_of(query: QueryDict) -> Filters:
    """The filters of a list. In a comma list, entries of the wrong form are left out.

    Raises BadRequest for a filter of the wrong form.
    """
    if query.get("filter") or any(query.getlist("filter[]")):
        raise BadRequest("Filter must be a hash", title="Bad parameter")
    return Filters(
        cohorts=_entries(query, "cohort", _year),
        participant_ids=_entries(query, "participant_id", read_uuid),
        delivery_partner_ids=_entries(query, "delivery_partner_id", read_uuid),
        updated_since=_updated_since(query),
    )


def _positive(text: str) -> int:
    digits = text.lstrip("0")
    if not re.fullmatch("[0-9]+", text) or not digits:
        raise _wrong_page()
    return int(digits) if len(digits) < len(str(_LARGEST_PAGE_NUMBER)) else _LARGEST_PAGE_NUMBER


def _wrong_page() -> BadRequest:
    return BadRequest(
        "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid positive number"
    )


def _filter(query: QueryDict, name: str) -> str:
    return query.get(f"filter[{name}]", "").strip()


def _entries(query: QueryDict, name: str, read: Callable[[str], object]) -> tuple | None:
    text = _filter(query, name)
    if not text:
        return None
    entries = (read(entry.strip()) for entry in text.split(","))
    return tuple(entry for entry in entries if entry is not None)


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{4}", text) else None


def _updated_since(query: QueryDict) -> datetime | None:
    text = _filter(query, "updated_since")
    if not text:
        return None
    # Django has decoded the address once. A value that was encoded twice still is encoded; in one
    # that was not encoded at all, the plus sign has become a space.
    text = unquote(text).strip().replace(" ", "+").upper()
    moment = in_utc(text) if _DATE_TIME.fullmatch(text) else None
    if moment is None:
        raise BadRequest("The filter '#/updated_since' must be a valid ISO 8601 date")
    return moment
