"""How a list's address is read: which page, and by what it is narrowed."""

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from django.http import QueryDict

from declarations.api.errors import BadRequest
from declarations.claims import in_utc, read_uuid
from declarations.listing import Filters

PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 3000
# Larger than any page number that has a page, and small enough to reckon with.
_BEYOND_ANY_END = 10**12
# Any of ISO 8601's forms that has a time of day.
_DATE_TIME = re.compile(r"[0-9W-]+T[0-9:.,]+(Z|[+-][0-9:]+)?", re.ASCII)


def page_of(query: QueryDict) -> tuple[int, int]:
    """The number, from 1 on, and the size of the page that is asked for."""
    if "page" in query:
        raise _wrong_page()
    number = _positive(query.get("page[page]", "1"))
    size = _positive(query.get("page[per_page]", str(PAGE_SIZE)))
    return number, min(size, LARGEST_PAGE_SIZE)


def filters_of(query: QueryDict) -> Filters:
    """What the list is narrowed by; of a list of entries those of the wrong form are left out."""
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
    return int(digits) if len(digits) < len(str(_BEYOND_ANY_END)) else _BEYOND_ANY_END


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
    # Encoded once, it is decoded by now; twice, it is encoded still; not at all, its plus sign has
    # become a space.
    text = unquote(text).strip().replace(" ", "+").upper()
    moment = in_utc(text) if _DATE_TIME.fullmatch(text) else None
    if moment is None:
        raise BadRequest("The filter '#/updated_since' must be a valid ISO 8601 date")
    return moment
