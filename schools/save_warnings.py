"""What admin warns of after saving, as it may be a slip: a closed school, a day long ago."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst

from core.admin_addresses import address_of_page
from core.admin_bases import RecordAdmin
from core.periods import in_words, years_after
from schools.models import School

# Days further ahead than a year are refused (core/bounds.py); older ones than this are rare.
YEARS_BACK = 5
# Days that are long ago for any person.
_EXPECTED = frozenset(("date_of_birth", "opened_on", "closed_on"))


def warnings_of(form: forms.ModelForm, day: date) -> Iterator[str]:
    """What is unusual in what this valid form changed, a sentence each; `day` is today."""
    school = getattr(form.instance, "school", None)
    if isinstance(school, School) and form.changed_data and school.is_closed(day):
        yield f"{school.name} is closed."
    for name in form.changed_data:
        field = form.fields[name]
        shown = field.prepare_value(form.cleaned_data.get(name))  # such as the last day of a period
        if not isinstance(shown, date) or name in _EXPECTED:
            continue
        entered = shown.date() if isinstance(shown, datetime) else shown
        if entered < years_after(day, -YEARS_BACK):
            label = capfirst(str(field.label))
            yield f"{label} is more than {YEARS_BACK} years ago: {in_words(entered)}."


class WarningsMixin(RecordAdmin):
    """An admin that saves what is unusual, and then warns of it, with a link to the record."""

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        for sentence in warnings_of(form, timezone.localdate()):
            said = format_html(
                '{} If that is a slip, <a href="{}">put it right</a>.',
                sentence,
                address_of_page(form.instance, request),
            )
            self.message_user(request, said, messages.WARNING)
