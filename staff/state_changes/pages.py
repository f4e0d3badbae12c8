"""The pages that ask before declarations are moved, and move them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.admin_bases import RecordAdmin
from core.history_words import who
from declarations.models import Declaration
from declarations.states import State
from declarations.transitions import (
    RefusedTransition,
    change_state,
    change_states,
    check_transition,
)
from staff.state_changes.forms import MoveForm, MoveManyForm
from staff.state_changes.words import BUTTONS, consequences, what_schools_read

_TEMPLATES = "admin/declarations/declaration"


def move_one(admin: RecordAdmin, request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """Ask why this declaration is moved to this state, with the consequences; then move it."""
    if to not in State:
        raise Http404
    state = State(to)
    declarations = Declaration.objects.select_related("teacher", "lead_provider")
    declaration = get_object_or_404(declarations, pk=pk)
    before = State(declaration.state)
    form = MoveForm(request.POST or None)
    try:
        check_transition(before, state)
        if form.is_valid():
            why = form.cleaned_data["why"]
            change_state(declaration, state, by=who(request), why=why, now=timezone.now())
            done = f"The declaration is {state.label} now."
            admin.message_user(request, done, messages.SUCCESS)
            return redirect(_page_of(declaration))
    except RefusedTransition as refused:
        why_not = f"Nothing was changed. {refused} It may have been moved a moment ago."
        admin.message_user(request, why_not, messages.ERROR)
        return redirect(_page_of(declaration))
    context = {
        "title": BUTTONS[state],
        "record": declaration,
        "back": _page_of(declaration),
        "form": form,
        "consequences": [
            *consequences(before, state),
            what_schools_read(declaration, state, timezone.localdate()),
        ],
    }
    return _render(admin, request, "move.html", context)


def ask_many(admin: RecordAdmin, request: HttpRequest, form: MoveManyForm) -> HttpResponse:
    """Ask to which state the chosen declarations are moved, and why."""
    filters = admin.get_preserved_filters(request)
    context = {
        "title": "Move or void declarations",
        "form": form,
        "back": _with_filters(reverse("admin:declarations_declaration_changelist"), filters),
        "action": _with_filters(reverse("admin:declarations_declaration_move_many"), filters),
    }
    return _render(admin, request, "move_many.html", context)


def move_many(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Move the chosen declarations, and tell the user which could not be moved and why."""
    filters = admin.get_preserved_filters(request)
    back = _with_filters(reverse("admin:declarations_declaration_changelist"), filters)
    if request.method != "POST":
        return redirect(back)
    form = MoveManyForm(request.POST)
    if not form.is_valid():
        return ask_many(admin, request, form)
    chosen, to = form.cleaned_data["declarations"], form.cleaned_data["to"]
    refused = change_states(
        chosen, to, by=who(request), why=form.cleaned_data["why"], now=timezone.now()
    )
    if moved := len(chosen) - len(refused):
        admin.message_user(request, f"Now {to.label}: {moved}.", messages.SUCCESS)
    for declaration, refusal in refused:
        address = _page_of(declaration)
        why_not = format_html('Not moved: <a href="{}">{}</a>. {}', address, declaration, refusal)
        admin.message_user(request, why_not, messages.ERROR)
    return redirect(back)


def _page_of(declaration: Declaration) -> str:
    return reverse("admin:declarations_declaration_change", args=[declaration.pk])


def _with_filters(address: str, filters: str) -> str:
    context: dict[str, Any] = {"preserved_filters": filters, "opts": Declaration._meta}
    return add_preserved_filters(context, address)


def _render(
    admin: RecordAdmin, request: HttpRequest, template: str, context: dict[str, object]
) -> HttpResponse:
    shared = admin.admin_site.each_context(request) | {"opts": Declaration._meta}
    return TemplateResponse(request, f"{_TEMPLATES}/{template}", shared | context)
