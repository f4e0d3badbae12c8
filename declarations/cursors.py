"""Page cursors: where the page that a token just read ended, so that its next page starts there.

A next page then costs as much as the first one. And no declaration moves from one page to another
when others are voided or become visible in between.
"""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from declarations.listing import Filters, Position
from declarations.models import ApiToken, PageCursor

_LASTS = timedelta(hours=1)


def recall(
    token: ApiToken, filters: Filters, page: int, size: int, now: datetime
) -> Position | None:
    """The position at which the page before this one ended; None if this token has not read it.

    It counts for an hour, and for the same filters and size only.
    """
    cursor = PageCursor.objects.filter(
        token=token, asked=_asked(filters, size), next_page=page, made_at__gt=now - _LASTS
    ).first()
    return Position(cursor.created_at, cursor.declaration_id) if cursor else None


def remember(
    token: ApiToken, filters: Filters, page: int, size: int, end: Position, now: datetime
) -> None:
    """Keep the position at which the page that this token just read ended; delete old cursors."""
    forget_old(now)
    cursor = PageCursor(
        token=token,
        asked=_asked(filters, size),
        next_page=page + 1,
        created_at=end.created_at,
        declaration_id=end.declaration_id,
        made_at=now,
    )
    PageCursor.objects.bulk_create(
        [cursor],
        update_conflicts=True,
        unique_fields=["token", "asked"],
        update_fields=["next_page", "created_at", "declaration_id", "made_at"],
    )


def forget_old(now: datetime) -> None:
    """Delete the cursors that no longer count."""
    PageCursor.objects.filter(made_at__lte=now - _LASTS).delete()


def _asked(filters: Filters, size: int) -> UUID:
    return uuid5(NAMESPACE_OID, repr((filters, size)))
