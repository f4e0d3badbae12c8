"""The log of a declaration's states, with a name for whoever moved it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from accounts.record_admin import ReadOnlyInline
from declarations.models import ApiToken, DeclarationStateChange

# Of the kinds in "user 12" and "token 3": what the id is of, and what that is called.
_KINDS = {"user": (User, User.get_full_name), "token": (ApiToken, str)}


class DeclarationStateChangeInline(ReadOnlyInline):
    """Who moved the state, when, from what to what, and why."""

    model = DeclarationStateChange
    verbose_name_plural = "state log"
    show_change_link = False
    fields = ("changed_at", "from_state", "to_state", "who", "why")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeclarationStateChange]:
        """The log; admin makes an inline for each request, so this one may keep whose it is."""
        self.reader = request.user
        return super().get_queryset(request)

    @admin.display(description="who")
    def who(self, change: DeclarationStateChange) -> str:
        """The name of the person or provider, with a link for readers who may follow it."""
        kind, _, number = change.by.partition(" ")
        if kind not in _KINDS or not number.isdecimal():
            return change.by
        model, name_of = _KINDS[kind]
        record = model.objects.filter(pk=number).first()
        if record is None:
            return change.by
        name = f"{name_of(record)} ({change.by})"
        if not self.reader.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            return name
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(address, args=[number]), name)
