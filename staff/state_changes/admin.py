"""The admin of declarations, in which finance staff move them to other states and void them."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from declarations.admin.declarations import DeclarationAdmin
from declarations.models import Declaration
from declarations.states import TRANSITIONS, State
from staff.state_changes import moves, pages
from staff.state_changes.forms import MOST, TOO_MANY, MoveManyForm
from staff.state_changes.words import BUTTONS


class MovableDeclarationAdmin(DeclarationAdmin):
    """Declarations, which staff with permission to change them can move, but not edit or delete.

    It is in this app because its pages show what schools read after a move.
    """

    actions = ("move_selected",)
    change_list_template = "admin/declarations/declaration/change_list_with_moves.html"

    def has_move_permission(self, request: HttpRequest) -> bool:
        """Whether this member of staff may move states and void."""
        return request.user.has_perm("declarations.change_declaration")

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of the pages that ask before a move."""
        move_one = self.admin_site.admin_view(self.move_view)
        move_many = self.admin_site.admin_view(self.move_many_view)
        move_all = self.admin_site.admin_view(self.move_all_view)
        return [
            path("move-all/", move_all, name="declarations_declaration_move_all"),
            path("<uuid:pk>/move/<str:to>/", move_one, name="declarations_declaration_move"),
            path("move/", move_many, name="declarations_declaration_move_many"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Adds the link to the page that plans a move of the whole list, for users who may move."""
        may_move = self.has_move_permission(request)
        return super().changelist_view(request, {"may_move": may_move} | (extra_context or {}))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Declaration | None = None,
    ) -> HttpResponse:
        """Adds a button for each state that the declaration can be moved to."""
        if obj is not None and self.has_move_permission(request):
            context["moves"] = [
                (reverse("admin:declarations_declaration_move", args=[obj.pk, to]), BUTTONS[to])
                for to in TRANSITIONS[State(obj.state)]
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.action(description="Move or void the selected declarations", permissions=["move"])
    def move_selected(
        self, request: HttpRequest, declarations: QuerySet[Declaration]
    ) -> HttpResponse | None:
        """Asks to which state the selected declarations are moved, and why."""
        chosen = list(declarations.values_list("pk", flat=True)[: MOST + 1])
        if len(chosen) > MOST:
            self.message_user(request, f"{TOO_MANY}.", messages.ERROR)
            return None
        return pages.ask_many(self, request, MoveManyForm(initial={"declarations": chosen}))

    def move_view(self, request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
        """The page that moves one declaration."""
        self._refuse_without_permission(request)
        return pages.move_one(self, request, pk, to)

    def move_many_view(self, request: HttpRequest) -> HttpResponse:
        """The page that moves several declarations."""
        self._refuse_without_permission(request)
        return pages.move_many(self, request)

    def move_all_view(self, request: HttpRequest) -> HttpResponse:
        """The page that plans a move of all that the list shows, or of the ids of a file."""
        self._refuse_without_permission(request)
        return moves.plan_state_move(self, request)

    def _refuse_without_permission(self, request: HttpRequest) -> None:
        if not self.has_move_permission(request):
            raise PermissionDenied
