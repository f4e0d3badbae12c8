"""Base classes of admin pages: refusals in words, read-only pages, last days, quick counts."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import flatten
from django.contrib.admin.widgets import AdminDateWidget
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.models import DateField, Field, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst

from core.bounds import check_day
from core.forms import at_its_field
from core.hand_made import HandMadeAddresses, HandMadeForms
from core.periods import finished_on, last_day, london_day
from core.refusals import RefusedChange, is_refusal, refusals_in_words, words_of

# From this many rows on, PostgreSQL's estimate is good enough.
_ESTIMATED_FROM = 20_000


class EstimatingPaginator(Paginator):
    """Estimates the number of rows of a long table that is shown unfiltered; counts all others."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet) and not (rows.query.where or rows.query.distinct):
            estimate = _estimate(rows.model._meta.db_table)
            if estimate >= _ESTIMATED_FROM:
                return estimate
        return super().count


def _estimate(table: str) -> int:
    """The number of rows at the table's last vacuum or analyze; -1 before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


class _RefusedRequest(HttpRequest):
    """A request to save a form, which the database refused."""

    refused_because: str


# Raises RefusedChange when a day, the first argument, cannot be entered on another, today.
DayRule = Callable[[date, date], None]


class BoundedDaysMixin(BaseModelAdmin):
    """Holds each day and moment that staff enter to the bounds of the schools' pages.

    `day_rules` has, by field, another rule than the bounds of core/bounds.py, or None for no rule.
    """

    day_rules: ClassVar[dict[str, DayRule | None]] = {}

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return self.bounded(db_field, field)

    def bounded(self, db_field: Field, field: forms.Field | None) -> forms.Field | None:
        """The form's field, which refuses a day that the rule for the model's field refuses."""
        if field and isinstance(db_field, DateField):
            rule = self.day_rules.get(db_field.name, partial(check_day, capfirst(str(field.label))))
            if rule:
                field.validators.append(_validator(rule))
        return field


def _validator(rule: DayRule) -> Callable[[date], None]:
    def validate(entered: date) -> None:
        day = london_day(entered) if isinstance(entered, datetime) else entered
        with at_its_field():
            rule(day, timezone.localdate())

    return validate


class RelatedRowsMixin(BaseModelAdmin):
    """Reads with each record the related rows that `list_select_related` names.

    Django does so in lists only. A record's name is made of related rows in inlines, too, and
    where the record is chosen in another one's form.
    """

    list_select_related: ClassVar[bool | list[str] | tuple[str, ...]] = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, related = super().get_queryset(request), self.list_select_related
        return rows if isinstance(related, bool) else rows.select_related(*related)


class RecordAdmin(BoundedDaysMixin, RelatedRowsMixin, HandMadeAddresses):
    """An admin that says in words why the database refused a change.

    The database refuses what passed the form's own checks when another change came in between. The
    form then shows the reason as an error and keeps what was entered.
    """

    list_per_page = 50
    show_full_result_count = False
    paginator = EstimatingPaginator

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            cast(_RefusedRequest, request).refused_because = words_of(error)
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_say_why(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_say_why(super().changelist_view, request, *args, **kwargs)

    def _or_say_why(
        self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            with refusals_in_words():
                return view(request, *args, **kwargs)
        except RefusedChange as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        reason = getattr(request, "refused_because", None)
        if reason is None:
            return form
        return type(form.__name__, (form,), {"clean": _clean_that_refuses(reason)})


class ReadOnlyAdmin(RecordAdmin):
    """An admin that shows records and lets no user add, change or delete one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnlyInline(HandMadeForms, RelatedRowsMixin, admin.TabularInline):
    """The rows of another model that belong to a record: shown on its page, not changed."""

    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        # All fields: some of them are methods, which Django accepts only if they are read-only.
        return tuple(flatten(self.fields or ()))

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def who(request: HttpRequest) -> str:
    """The user who makes this request, as the logs name them: "user 12"."""
    return f"user {request.user.pk}"


def _clean_that_refuses(reason: str) -> Callable[[ModelForm], None]:
    def clean(form: ModelForm) -> None:
        form.add_error(None, reason)

    return clean


class LastDayField(forms.DateField):
    """A form field for the end of a period: it shows and takes the last day.

    The model keeps the first day not included, so the field cleans to the day after the last day.
    """

    def prepare_value(self, value: Any) -> Any:
        # A date comes from the model; text is what the user typed, and stays.
        return last_day(value) if isinstance(value, date) else super().prepare_value(value)

    def clean(self, value: Any) -> date | None:
        try:
            return finished_on(super().clean(value))
        except OverflowError as error:  # 31 December 9999 has no day after it
            raise forms.ValidationError(self.error_messages["invalid"]) from error

    def has_changed(self, initial: date | None, data: Any) -> bool:
        return super().has_changed(last_day(initial), data)


class PeriodFormMixin(BoundedDaysMixin):
    """Makes an admin or an inline of periods ask for the last day.

    `last_days` has the label of each field that is the end of a period.
    """

    last_days: ClassVar[dict[str, str]] = {"finished_on": "Last day"}

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        label = self.last_days.get(db_field.name)
        if label is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        field = LastDayField(
            label=label,
            required=False,
            widget=AdminDateWidget,
            help_text="The last day, included. Leave empty while it goes on.",
        )
        return self.bounded(db_field, field)
