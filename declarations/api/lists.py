"""The lists of the API but that of declarations: which rows are on the page that is asked for."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from declarations.api.callers import caller
from declarations.api.queries import order_of, page_of
from declarations.cursors import recall, remember
from declarations.paging import Columns, page_of_rows

_COLUMNS = Columns()


def keys_of_page(
    request: HttpRequest,
    rows: QuerySet,
    *asked: object,
    columns: Columns = _COLUMNS,
    are_few: bool = False,
) -> list:
    """The primary keys of the rows on the page that a request asks for, in its order.

    `asked` is the name of the list and what else it is filtered by; `are_few` is as in
    `page_of_rows`. Raises BadRequest for a page of the wrong form.
    """
    number, size = page_of(request.GET)
    order, token, now = order_of(request.GET), caller(request), timezone.now()
    what = (*asked, order)
    after = recall(token, what, number, size, now) if number > 1 else None
    places = page_of_rows(rows, columns, order, number, size, after, are_few=are_few)
    if len(places) == size:
        remember(token, what, number, size, places[-1].position, now)
    return [place.pk for place in places]
