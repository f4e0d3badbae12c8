"""Answers what no page of admin leads to: addresses and forms that were made by hand.

Django's admin trusts the ids and filters that it is sent more than it may: what cannot be one ends
in an error of its own or of the database.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db import (
    DataError,
    NotSupportedError,
    ProgrammingError,
    transaction,
)
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

# What Django and PostgreSQL raise for a filter that means nothing, such as a broken pattern.
_MEANINGLESS = (
    DataError,
    FieldError,
    LookupError,
    NotSupportedError,
    ProgrammingError,
    TypeError,
    ValidationError,
    ValueError,
)


def can_be_id(model: type[Model], text: str, field_name: str = "pk") -> bool:
    """Whether the text can be an id of this model; it need not be that of a row."""
    field: Any = model._meta.pk if field_name == "pk" else model._meta.get_field(field_name)
    try:
        field.run_validators(field.to_python(text))
    except (ValidationError, ValueError, OverflowError):
        return False
    return "\0" not in text


class _Autocomplete(AutocompleteSelect):
    """Shows the chosen row; leaves out a value that cannot be an id."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        model = self.field.remote_field.model
        to_field = getattr(self.field.remote_field, "field_name", None) or "pk"
        return super().optgroups(name, [v for v in value if can_be_id(model, v, to_field)], attr)


class HandMadeForms(BaseModelAdmin):
    """An admin or inline whose form can be shown again, also with an impossible id."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", _Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class HandMadeAddresses(HandMadeForms, admin.ModelAdmin):
    """An admin that answers an address with an impossible id or filter, and does not fail."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            with transaction.atomic():  # or the failed query would be the transaction's last
                return super().get_changelist_instance(request)
        except _MEANINGLESS as error:
            raise IncorrectLookupParameters from error

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        return super().get_object(request, object_id, from_field or None)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._can_be(name, value)}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        are_ids = all(can_be_id(self.model, text) for text in chosen)
        # Django says when no row was selected. Of rows not in the list it would say nothing.
        if are_ids and (not chosen or queryset.filter(pk__in=chosen).exists()):
            return super().response_action(request, queryset, *args, **kwargs)
        self.message_user(request, "Select rows of the list", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def _can_be(self, name: str, value: Any) -> bool:
        """Whether a field may be filled in with this value of the address."""
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return True
        if isinstance(field, ManyToManyField):
            return all(can_be_id(field.related_model, text) for text in value)
        return not isinstance(field, ForeignKey) or can_be_id(
            field.related_model, value, field.target_field.name
        )
