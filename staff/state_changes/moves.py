"""The pages of moves of many declarations: plan one, read what it would do, and confirm it."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.admin_bases import ReadOnlyAdmin, RecordAdmin
from core.csv_files import csv_parts
from core.history_words import who
from declarations.models import StateMove, StateMoveItem
from declarations.state_moves import Count, begin, counts, plan_filtered, plan_ids, results
from declarations.states import State
from staff.state_changes.forms import MoveAllForm

_NEEDS = "declarations.change_declaration"
_ANOTHERS = "Another user planned this move, and the log would name them. Plan it yourself."
_HEADING = ("declaration_id", "from_state", "outcome", "reason")


def plan_state_move(declarations: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the new state and why; plan the move, and lead to its page.

    The address has the filters of the list, as the list's own address has.
    """
    form = MoveAllForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        move = {"to": answers["to"], "by": who(request), "why": answers["why"], "now": now}
        if answers["file"] is not None:
            planned = plan_ids(answers["file"], **move)
        else:
            planned = plan_filtered(_listed(declarations, request), **move)
        return redirect("admin:declarations_statemove_change", planned.pk)
    context = {
        **declarations.admin_site.each_context(request),
        "title": "Move everything that the list shows, or a file of ids",
        "opts": declarations.opts,
        "form": form,
        "button": "Show what would move",
        "back": reverse("admin:declarations_declaration_changelist"),
    }
    return TemplateResponse(request, "admin/declarations/declaration/move_all.html", context)


def _listed(declarations: RecordAdmin, request: HttpRequest) -> Any:
    """All that the list shows by the filters and the search of this address."""
    try:
        return declarations.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return declarations.get_queryset(request).none()


@admin.register(StateMove)
class StateMoveAdmin(ReadOnlyAdmin):
    """Moves of many declarations: planned, under way, and done, with what became of each."""

    list_display = ("planned_at", "to_state", "by", "begun_at", "finished_at")
    list_filter = ("to_state",)
    fields = ("to_state", "why", "by", "planned_at", "begun_at", "finished_at")
    change_form_template = "admin/declarations/statemove/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses that begin a move, and that give what became of it as a file."""
        begin_it = self.admin_site.admin_view(require_POST(self.begin_view))
        file = self.admin_site.admin_view(self.file_view)
        return [
            path("<int:pk>/begin/", begin_it, name="declarations_statemove_begin"),
            path("<int:pk>/declarations.csv", file, name="declarations_statemove_file"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds what is in the move, and the button that begins it."""
        move = context["original"]
        found = counts(move)
        numbers = _numbers(found)
        waiting = numbers["waiting"]
        context |= {
            "counts": found,
            "numbers": numbers,
            "may_begin": move.begun_at is None and _may_begin(request, move),
            "button": f"Move {waiting:,} declaration{'' if waiting == 1 else 's'}",
            "begin": reverse("admin:declarations_statemove_begin", args=[move.pk]),
            "file": reverse("admin:declarations_statemove_file", args=[move.pk]),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def begin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin a planned move, once."""
        if not request.user.has_perm(_NEEDS):
            raise PermissionDenied
        move = get_object_or_404(StateMove, pk=pk)
        if not _may_begin(request, move):
            self.message_user(request, _ANOTHERS, messages.ERROR)
        elif begin(move, timezone.now()):
            said = f"The declarations are being moved to {State(move.to_state).label}."
            self.message_user(request, said, messages.SUCCESS)
        else:
            self.message_user(request, "This move has begun already.", messages.ERROR)
        return redirect("admin:declarations_statemove_change", pk)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What became of each declaration, as a CSV file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        move = get_object_or_404(StateMove, pk=pk)
        named = {"Content-Disposition": f'attachment; filename="move-{pk}.csv"'}
        lines = csv_parts(chain([_HEADING], results(move)))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=named)


def _may_begin(request: HttpRequest, move: StateMove) -> bool:
    """Whether the user may begin this move: they planned it, and the log of states names them."""
    return request.user.has_perm(_NEEDS) and move.by == who(request)


def _numbers(found: Iterable[Count]) -> dict[str, int]:
    numbers = dict.fromkeys(map(str, StateMoveItem.Outcome), 0)
    for each in found:
        numbers[each.outcome] += each.number
    return numbers
