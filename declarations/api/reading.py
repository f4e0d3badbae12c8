"""How a request is read: what it claims, and when it is judged."""

import json
from datetime import datetime
from typing import NoReturn

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError
from django.utils import timezone

from declarations.api.bodies import read_body
from declarations.api.errors import BadRequest
from declarations.claims import Claim, read_moment

SERVER_DATE = "X-With-Server-Date"


def judged_at(request: HttpRequest) -> datetime:
    """The moment a request is judged at: now or, in a sandbox, the one that its header says."""
    said = request.headers.get(SERVER_DATE, "") if settings.SANDBOX else ""
    if not said:
        return timezone.now()
    moment = read_moment(said)
    if moment is None:
        raise BadRequest(f"The header '{SERVER_DATE}' must be a valid RFC 3339 date")
    return moment


def claim_of(request: HttpRequest) -> Claim:
    """What a submission claims. Raises BadRequest for a body of the wrong form."""
    sent = _json(request)
    data = sent.get("data") if isinstance(sent, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not attributes or not isinstance(attributes, dict):
        raise _wrong_structure()
    return Claim(**{name: attributes.get(name) for name in Claim.__dataclass_fields__})


def _json(request: HttpRequest) -> object:
    try:
        return json.loads(read_body(request).decode(), parse_constant=_refuse_constant)
    # Not UTF-8, not JSON, a number of thousands of digits; too deep; broken while it was read.
    except (ValueError, RecursionError, UnreadablePostError) as error:
        raise _wrong_structure() from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _wrong_structure() -> BadRequest:
    return BadRequest("Correct json data structure required. See API docs for reference.")
