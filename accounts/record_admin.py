"""What the admin of every record does: it shows its history, and takes a refusal as an error."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.estimating_paginator import EstimatingPaginator
from accounts.refusals import is_refusal, words_of


class RecordAdmin(admin.ModelAdmin):
    """An admin whose form shows, as an error of its own, what the database refuses in a race."""

    list_per_page = 50
    show_full_result_count = False
    paginator = EstimatingPaginator

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form; what was entered stays when the database refuses it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            request.refused_because = words_of(error)
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask and delete; say why when the database refuses it."""
        return self._or_say_why(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list and carry out its actions; say why when the database refuses one."""
        return self._or_say_why(super().changelist_view, request, *args, **kwargs)

    def _or_say_why(
        self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            self.message_user(request, words_of(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ModelForm]:
        """The form, which carries the database's refusal if there was one."""
        form = super().get_form(request, *args, **kwargs)
        reason = getattr(request, "refused_because", None)
        if reason is None:
            return form
        return type(form.__name__, (form,), {"clean": _clean_that_refuses(reason)})


class ReadOnlyAdmin(RecordAdmin):
    """An admin that shows records which come about in other ways than by editing them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes one here."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows of another record that belong to this one, to be read here."""

    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Every field shown, also those that no form could have."""
        return tuple(self.fields)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes one here."""
        return False


def who(request: HttpRequest) -> str:
    """Who makes this request, as the logs say it: "user 12"."""
    return f"user {request.user.pk}"


def _clean_that_refuses(reason: str) -> Callable[[ModelForm], None]:
    def clean(form: ModelForm) -> None:
        form.add_error(None, reason)

    return clean
