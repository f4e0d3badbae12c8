"""Page cursors: where the page that a token just read ended, so that its next page starts there.

A next page then costs as much as the first one. And no row moves from one page to another when
others change, go or become visible in between.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from declarations.models import ApiToken, PageCursor

_LASTS = timedelta(hours=1)


def recall(
    token: ApiToken, asked: object, page: int, size: int, now: datetime
) -> tuple[Any, ...] | None:
    """The position at which the page before this one ended; None if this token has not read it.

    A position is the moments by which the list is sorted, and the id, of a row. It counts for an
    hour, and for the same size and what else is `asked` of the list: filters and order.
    """
    cursor = PageCursor.objects.filter(
        token=token, asked=_digest(asked, size), next_page=page, made_at__gt=now - _LASTS
    ).first()
    return (*cursor.moments, cursor.last_id) if cursor else None


def remember(
    token: ApiToken, asked: object, page: int, size: int, end: tuple[Any, ...], now: datetime
) -> None:
    """Keep the position at which the page that this token just read ended; delete old cursors."""
    forget_old(now)
    *moments, last_id = end
    cursor = PageCursor(
        token=token,
        asked=_digest(asked, size),
        next_page=page + 1,
        moments=moments,
        last_id=last_id,
        made_at=now,
    )
    PageCursor.objects.bulk_create(
        [cursor],
        update_conflicts=True,
        unique_fields=["token", "asked"],
        update_fields=["next_page", "moments", "last_id", "made_at"],
    )


def forget_old(now: datetime) -> None:
    """Delete the cursors that no longer count."""
    PageCursor.objects.filter(made_at__lte=now - _LASTS).delete()


def _digest(asked: object, size: int) -> UUID:
    return uuid5(NAMESPACE_OID, repr((asked, size)))
