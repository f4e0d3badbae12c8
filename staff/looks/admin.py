"""The admin of who looked at which teacher, found by teacher, user, token, day or request."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin_bases import ReadOnlyAdmin
from core.models import Look
from staff.looks.reading import Named, counted, matching_looks, named


def _named(look: Any) -> Named:
    return getattr(look, "named", None) or named([look])[0]


class LookAdmin(ReadOnlyAdmin):
    """Looks at teachers, the latest first."""

    list_display = ("at", "who", "seen", "page", "request")
    fields = (*list_display, "day", "participant_ids")
    ordering = ("-id",)
    sortable_by = ()
    search_fields = ("pk",)  # with none, Django shows no search box
    search_help_text = (
        "Search by a TRN or participant id, a user's email address or “user 12”, “token 3”, a day"
        " such as 2026-05-01, or the id of a request"
    )

    def prepare(self, rows: Sequence[Any]) -> None:
        """Name the users, tokens and teachers of all rows at once."""
        for each in named(rows):
            each.look.named = each  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return counted(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The looks that every word is about, and False: none of them is there twice."""
        return (matching_looks(queryset, search_term) if search_term.strip() else queryset), False

    @admin.display(description="who looked")
    def who(self, look: Look) -> str:
        """The user, or the lead provider's token."""
        return _named(look).who

    @admin.display(description="looked at")
    def seen(self, look: Look) -> str:
        """The teacher, or how many participants."""
        return _named(look).seen
