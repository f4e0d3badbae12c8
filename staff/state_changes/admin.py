"""The declarations' admin, with what finance staff do there: move states, and void."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from declarations.admin.declarations import DeclarationAdmin
from declarations.models import Declaration
from declarations.states import TRANSITIONS, State
from staff.state_changes import pages
from staff.state_changes.forms import MOST, TOO_MANY, MoveManyForm
from staff.state_changes.words import BUTTONS


class MovableDeclarationAdmin(DeclarationAdmin):
    """Whoever may change declarations moves their states; nobody edits or deletes one.

    It stands on this floor since it shows what schools read after a move.
    """

    actions = ("move_selected",)

    def has_move_permission(self, request: HttpRequest) -> bool:
        """Whether this member of staff may move states and void."""
        return request.user.has_perm("declarations.change_declaration")

    def get_urls(self) -> list[URLPattern]:
        """The addresses of this admin, and those of the pages that ask before a move."""
        one, many = map(self.admin_site.admin_view, (self.move_view, self.move_many_view))
        return [
            path("<uuid:pk>/move/<str:to>/", one, name="declarations_declaration_move"),
            path("move/", many, name="declarations_declaration_move_many"),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Declaration | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """The declaration's page, with a button for each move that the machine has from here."""
        may_move = obj is not None and self.has_move_permission(request)
        context["moves"] = [
            (reverse("admin:declarations_declaration_move", args=[obj.pk, to]), BUTTONS[to])
            for to in (TRANSITIONS[State(obj.state)] if may_move else ())
        ]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.action(description="Move or void the selected declarations", permissions=["move"])
    def move_selected(
        self, request: HttpRequest, declarations: QuerySet[Declaration]
    ) -> HttpResponse | None:
        """Ask to which state, and why."""
        chosen = list(declarations.values_list("pk", flat=True)[: MOST + 1])
        if len(chosen) > MOST:
            self.message_user(request, f"{TOO_MANY}.", messages.ERROR)
            return None
        return pages.ask_many(self, request, MoveManyForm(initial={"declarations": chosen}))

    def move_view(self, request: HttpRequest, pk: object, to: str) -> HttpResponse:
        """Ask about the move of one declaration, and make it."""
        return pages.move_one(self, request, pk, to)

    def move_many_view(self, request: HttpRequest) -> HttpResponse:
        """Make the move of many."""
        return pages.move_many(self, request)
