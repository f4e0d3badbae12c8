"""What the admin of every record builds on: last days, refusals in words, and quick counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.models import Field
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from core.periods import finished_on, last_day
from core.refusals import is_refusal, words_of

# From so many rows on, PostgreSQL's own estimate does.
_ESTIMATED_FROM = 20_000


class EstimatingPaginator(Paginator):
    """Takes PostgreSQL's estimate for the whole of a long table, and counts everything else."""

    @cached_property
    def count(self) -> int:
        """How many rows there are; about how many, when a long table is shown unfiltered."""
        query = self.object_list.query
        if not (query.where or query.distinct):
            estimate = _estimate(query.model._meta.db_table)
            if estimate >= _ESTIMATED_FROM:
                return estimate
        return super().count


def _estimate(table: str) -> int:
    """As of the last vacuum or analyze; -1 before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


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


class LastDayField(forms.DateField):
    """A form field that shows and takes the last day of what is kept as the day after it."""

    def prepare_value(self, value: Any) -> Any:
        """Show the last day; what a person typed stays as typed."""
        return last_day(value) if isinstance(value, date) else super().prepare_value(value)

    def clean(self, value: Any) -> date | None:
        """Return the first day not included, or None when no last day was given."""
        try:
            return finished_on(super().clean(value))
        except OverflowError as error:  # the last day that a date can be has no day after it
            raise forms.ValidationError(self.error_messages["invalid"]) from error

    def has_changed(self, initial: date | None, data: Any) -> bool:
        """Whether the last day that was typed is another than the one shown."""
        return super().has_changed(last_day(initial), data)


class PeriodFormMixin:
    """Makes an admin or an inline of periods ask for the last day."""

    last_days = {"finished_on": "Last day"}  # noqa: RUF012  (Django's admin reads class attributes)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The form field of a model field: a last day for the end of a period."""
        label = self.last_days.get(db_field.name)
        if label is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return LastDayField(
            label=label,
            required=False,
            widget=AdminDateWidget,
            help_text="The last day, included. Leave empty while it goes on.",
        )
