"""Links from one page of a list to the others, which keep what was asked for."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict


def without_page(query: QueryDict) -> str:
    """The query of an address, ready for a link, as it is for all pages of the list."""
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()


def pagination(page: Page, request: HttpRequest) -> dict[str, object] | None:
    """What govukPagination needs for this page of the list; None when it is the only one."""
    if page.paginator.num_pages == 1:
        return None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    previous = page.number - 1 if page.has_previous() else None
    following = page.number + 1 if page.has_next() else None
    return {
        "items": [
            {"ellipsis": True}
            if number == Paginator.ELLIPSIS
            else {"number": number, "current": number == page.number, **_link(number, request)}
            for number in numbers
        ],
        "previous": previous and _link(previous, request),
        "next": following and _link(following, request),
    }


def _link(number: int, request: HttpRequest) -> dict[str, str]:
    asked = request.GET.copy()
    asked["page"] = number
    return {"href": f"{request.path}?{asked.urlencode()}"}
