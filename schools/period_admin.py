"""How admin asks for periods: by their first and last day, though the end is kept half-open."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import Field
from django.http import HttpRequest

from schools.periods import finished_on, last_day


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
