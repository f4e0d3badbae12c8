"""The forms that the pages of all journeys are made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from allauth.core import ratelimit
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.http import HttpRequest

from core.forms import QuestionForm, at_its_field, example_of
from mentors.journeys.drafts import EntryError, Refused
from schools.details import check_email
from schools.models import RoleModel, School, Teacher

TOO_MANY_EMAILS = (
    "You have tried too many email addresses. Try again tomorrow, or contact us at"
    f" {settings.SUPPORT_EMAIL}"
)
# The most characters of a refused entry that are kept, to be shown again.
LONGEST_KEPT = 2000
NAME_QUESTION = "What is their full name?"
PAST_OR_FUTURE = "This can be in the past or in the future."


class Asked(Protocol):
    """What forms read of a user's progress in a journey: `day` is today."""

    @property
    def request(self) -> HttpRequest: ...
    @property
    def school(self) -> School: ...
    @property
    def answers(self) -> dict[str, Any]: ...
    @property
    def day(self) -> date: ...


class Refusable(forms.Form):
    """A form that shows what its page refused before, with the errors of that time."""

    refused: Refused | None = None

    def full_clean(self) -> None:
        """Add those errors, if any, and validate nothing; else validate what was sent."""
        if self.refused is None:
            super().full_clean()
            return
        bound, self.is_bound = self.is_bound, False
        super().full_clean()
        self.is_bound, self.cleaned_data = bound, {}
        for field, message, parts in self.refused.errors:
            # With params, Django takes the message for a format.
            error = (
                forms.ValidationError(message.replace("%", "%%"), params={"parts": tuple(parts)})
                if parts
                else forms.ValidationError(message)
            )
            self.add_error(field, error)


class StepForm(Refusable, QuestionForm):
    """The form of one step of a journey, filled in with what was answered before.

    A subclass declares the fields, and asks the rules in `clean_<field>`. `progress` has the
    answers of all steps, and what follows from them. `rows` names the rows of the check page that
    show the answers, in the order of the fields; without it they are not shown there.

    `asks` is the question, as a format that takes the progress: "Is this {0.name}?". Without it the
    label of the field is the question. `heading` is the page's h1, if the question is not.
    """

    rows: tuple[str, ...] = ()
    asks = ""
    heading = ""
    # `clean` sets it, so that all earlier answers are forgotten: they are about another person.
    begins_anew = False

    def __init__(
        self,
        progress: Asked,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        refused: Refused | None = None,
    ) -> None:
        super().__init__(refused.entered if refused else data, initial=initial)
        self.progress, self.refused = progress, refused
        if self.asks:
            next(iter(self.fields.values())).label = self.asks.format(progress)

    def refusal(self, page: str) -> Refused:
        """What this form does not accept on this page, and why, to be kept and shown again."""
        errors = [
            EntryError(field, _keepable(error.messages[0]), (error.params or {}).get("parts", ()))
            for field, at_field in self.errors.as_data().items()
            for error in at_field
        ]
        return Refused(page, errors, self._entered())

    def _entered(self) -> dict[str, str]:
        """What was entered in this form's own inputs."""
        inputs = (
            self.add_prefix(name) + part
            for name, field in self.fields.items()
            for part in getattr(field.widget, "widgets_names", [""])
        )
        return {name: _keepable(self.data[name]) for name in inputs if name in self.data}


class DayForm(StepForm):
    """A question for a day. Its hint ends with an example that the rule takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        (field,) = self.fields.values()
        field.help_text = f"{self.hint} {example_of(self.check_day, self.progress.day)}".strip()
        field.validators.append(self._validate)

    @property
    def hint(self) -> str:
        """What the hint says before the example."""
        return ""

    def check_day(self, day: date) -> None:
        """Raise RefusedChange for a day that cannot be the answer."""
        raise NotImplementedError

    def _validate(self, day: date) -> None:
        with at_its_field():
            self.check_day(day)


def _keepable(text: str) -> str:
    """The text, cut, and without the null character, which PostgreSQL does not keep."""
    return str(text)[:LONGEST_KEPT].replace("\0", "\N{REPLACEMENT CHARACTER}")


class CheckForm(Refusable):
    """The button that confirms. What the rules refuse stands above it and leads to the answers.

    `seen` goes with it: what the page showed, of the answers and of the records.
    """

    errors_lead_to = "#answers"

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, seen: str, button: str, refused: Refused | None) -> None:
        super().__init__({"seen": seen})
        self.refused = refused
        self.helper = FormHelper(self)
        self.helper.add_input(Submit("", button))


def check_free_email(
    progress: Asked,
    role: RoleModel,
    teacher: Teacher | None,
    email: str,
    started_on: date,
    finished_on: date | None = None,
) -> None:
    """Raise ValidationError when another person has this address, or after too many look-ups.

    Whether an address is free says whether a mentor or an ECT of any school has it, so how often a
    user and a school may ask is limited. The arguments after `progress` are those of `check_email`.
    An address that the journey has asked about already is not counted again.
    """
    if email != progress.answers.get("email"):
        urn = str(progress.school.urn)
        if not ratelimit.consume(progress.request, action="find_email", key=urn):
            raise forms.ValidationError(TOO_MANY_EMAILS)
    with at_its_field():
        check_email(role, teacher, email, started_on, finished_on)
