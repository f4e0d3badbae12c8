"""Undoing one's own addition in admin: a record that the user added by mistake can be deleted."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from core.admin_bases import RecordAdmin
from core.history import events_of
from core.history_words import user_of


def is_own_addition(record: Model, user_id: int) -> bool:
    """Whether this user added the record, and no other has changed it since, as history has it.

    Whether other records refer to it is not asked here: the database keeps such a record.
    """
    events = events_of(type(record)).filter(pgh_obj_id=record.pk)
    kept = list(events.select_related("pgh_context").order_by("pgh_id"))
    return (
        bool(kept)
        and kept[0].pgh_label == "insert"
        and all(user_of(event) == user_id for event in kept)
    )


class OwnAdditionsMixin(RecordAdmin):
    """An admin in which users who may add a record may also delete one that they added."""

    def is_in_use(self, record: Any) -> bool:
        """Whether the record has served its purpose, so that it is ended and not undone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user may delete all records, or this one, as they added it."""
        if super().has_delete_permission(request, obj):
            return True
        return (
            obj is not None
            and self.has_add_permission(request)
            and not self.is_in_use(obj)
            and is_own_addition(obj, request.user.pk or 0)
        )
