"""Where the page that a token just read ended, for the next page to begin there.

It costs what the first page costs, and is the better answer besides: what was voided or came into
sight in between shifts no declaration from one page to another.
"""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from declarations.listing import Filters, Place
from declarations.models import ApiToken, PageCursor

_LASTS = timedelta(hours=1)


def recall(token: ApiToken, filters: Filters, page: int, size: int, now: datetime) -> Place | None:
    """Where the page before this one ended, if this token has just read it."""
    mark = PageCursor.objects.filter(
        token=token, asked=_asked(filters, size), next_page=page, made_at__gt=now - _LASTS
    ).first()
    return Place(mark.created_at, mark.declaration_id) if mark else None


def remember(
    token: ApiToken, filters: Filters, page: int, size: int, end: Place, now: datetime
) -> None:
    """Remember where the page that this token just read ended; old marks are forgotten."""
    PageCursor.objects.filter(made_at__lte=now - _LASTS).delete()
    mark = PageCursor(
        token=token,
        asked=_asked(filters, size),
        next_page=page + 1,
        created_at=end.created_at,
        declaration_id=end.declaration_id,
        made_at=now,
    )
    PageCursor.objects.bulk_create(
        [mark],
        update_conflicts=True,
        unique_fields=["token", "asked"],
        update_fields=["next_page", "created_at", "declaration_id", "made_at"],
    )


def _asked(filters: Filters, size: int) -> UUID:
    return uuid5(NAMESPACE_OID, repr((filters, size)))
