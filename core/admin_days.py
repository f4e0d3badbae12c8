"""The days of admin's forms: they are held to bounds, and a period is asked for by its last day."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import DateField, Field
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from core.bounds import check_day
from core.forms import at_its_field
from core.periods import finished_on, last_day, london_day

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
        if isinstance(field, forms.SplitDateTimeField):
            for part, name in zip(field.widget.widgets, ("date", "time"), strict=True):
                part.attrs["aria-label"] = f"{capfirst(str(field.label))}, {name}"
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
