"""What a list is asked for: its page, order and filters, and which rows are on that page."""

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from core.text import read_uuid
from declarations.api.answers import BadRequest
from declarations.api.callers import caller
from declarations.claims import in_utc
from declarations.cursors import recall, remember
from declarations.list_parts import Filters
from declarations.paging import OLDEST_FIRST, Columns, Order, SortedBy, page_of_rows

PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 3000
# Stands for every larger page number: no list is so long, and PostgreSQL can count with it.
_LARGEST_PAGE_NUMBER = 10**12
_COLUMNS = Columns()
# Any of ISO 8601's forms that has a time of day.
_DATE_TIME = re.compile(r"[0-9W-]+T[0-9:.,]+(Z|[+-][0-9:]+)?", re.ASCII)


def keys_of_page(
    request: HttpRequest, rows: QuerySet, *asked: object, columns: Columns = _COLUMNS
) -> list:
    """The keys of the rows on the page that a request asks for, in its order.

    `asked` is the name of the list and what else it is filtered by. Raises BadRequest for a page
    of the wrong form.
    """
    number, size = page_of(request.GET)
    order, token, now = order_of(request.GET), caller(request), timezone.now()
    what = (*asked, order)
    after = recall(token, what, number, size, now) if number > 1 else None
    shown = page_of_rows(rows, columns, order, number, size, after)
    # Of a last page too: rows that come before it shift none of it to the page after it.
    if shown:
        remember(token, what, number, size, shown[-1].position, now)
    return [row.key for row in shown]


def page_of(query: QueryDict) -> tuple[int, int]:
    """The number, from 1 on, and the size of the page that a list is asked for.

    Raises BadRequest when one of them is no positive number.
    """
    if "page" in query:
        raise _wrong_page()
    number = _positive(query.get("page[page]", "1"))
    size = _positive(query.get("page[per_page]", str(PAGE_SIZE)))
    return number, min(size, LARGEST_PAGE_SIZE)


_SORT = re.compile("([-+ ]?)(created_at|updated_at)")


def order_of(query: QueryDict) -> Order:
    """By what a list is to be sorted; other names than the two are passed over."""
    found: dict[str, bool] = {}
    for entry in query.get("sort", "").split(","):
        # In an address that was not encoded, the plus sign has become a space.
        if match := _SORT.fullmatch(entry):
            found.setdefault(match[2], match[1] == "-")
    return tuple(SortedBy(name, descending) for name, descending in found.items()) or OLDEST_FIRST


def check_filter(query: QueryDict) -> None:
    """Raise BadRequest for a filter that names nothing by which to filter."""
    if query.get("filter") or any(query.getlist("filter[]")):
        raise BadRequest("Filter must be a hash", title="Bad parameter")


def filters_of(query: QueryDict) -> Filters:
    """The filters of a list of declarations. Raises BadRequest for one of the wrong form."""
    check_filter(query)
    return Filters(
        cohorts=cohorts_of(query),
        participant_ids=_entries(query, "participant_id", read_uuid),
        delivery_partner_ids=delivery_partner_ids_of(query),
        updated_since=updated_since_of(query),
    )


def cohorts_of(query: QueryDict) -> tuple[int, ...] | None:
    """The years of `filter[cohort]`; entries of the wrong form are left out. None: no filter."""
    return _entries(query, "cohort", read_year)


def delivery_partner_ids_of(query: QueryDict) -> tuple[UUID, ...] | None:
    """The ids of `filter[delivery_partner_id]`, as `cohorts_of` does the years."""
    return _entries(query, "delivery_partner_id", read_uuid)


def filter_of(query: QueryDict, name: str) -> str | None:
    """The text of a filter, without blanks around it; None if it is not given or blank."""
    return query.get(f"filter[{name}]", "").strip() or None


def read_year(text: str) -> int | None:
    """The year, of four digits; None for any other text."""
    return int(text) if re.fullmatch("[0-9]{4}", text) else None


def _positive(text: str) -> int:
    digits = text.lstrip("0")
    if not re.fullmatch("[0-9]+", text) or not digits:
        raise _wrong_page()
    return int(digits) if len(digits) < len(str(_LARGEST_PAGE_NUMBER)) else _LARGEST_PAGE_NUMBER


def _wrong_page() -> BadRequest:
    return BadRequest(
        "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid positive number"
    )


def _entries(query: QueryDict, name: str, read: Callable[[str], object]) -> tuple | None:
    text = filter_of(query, name)
    if not text:
        return None
    entries = (read(entry.strip()) for entry in text.split(","))
    return tuple(entry for entry in entries if entry is not None)


def updated_since_of(query: QueryDict) -> datetime | None:
    """The moment of `filter[updated_since]`, or None. Raises BadRequest when it is no date-time."""
    text = filter_of(query, "updated_since")
    if not text:
        return None
    # Django has decoded the address once. A value that was encoded twice still is encoded; in one
    # that was not encoded at all, the plus sign has become a space.
    text = unquote(text).strip().replace(" ", "+").upper()
    moment = in_utc(text) if _DATE_TIME.fullmatch(text) else None
    if moment is None:
        raise BadRequest("The filter '#/updated_since' must be a valid ISO 8601 date")
    return moment
