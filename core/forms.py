"""Parts of forms: questions, lines of text, dates, email addresses, choices with hints."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst

from core.refusals import RefusedChange
from core.text import cleaned, email_of, why_no_name


@dataclass(frozen=True)
class ChoiceLabel:
    """The label of a radio or checkbox, with a hint below it.

    Use it wherever Django takes a label: `choices=[(1, ChoiceLabel("Ray Kirby", "Not mentored"))]`,
    or return it from a ModelChoiceField's `label_from_instance`.
    """

    text: str
    hint: str = ""

    def __str__(self) -> str:
        return self.text


PARTS = ("day", "month", "year")
MONTH_NUMBERS = {
    str(name).lower(): number for names in (MONTHS, MONTHS_3) for number, name in names.items()
} | {"sept": 9}


class DateInputs(forms.MultiWidget):
    """Three text inputs, named after the field: `last_day-day`, `-month` and `-year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({f"-{part}": forms.TextInput() for part in PARTS}, attrs)
        self.widgets_names = [f"-{part}" for part in PARTS]

    def decompress(self, value: date | None) -> list[str]:
        """The text of the three inputs for a date; empty for None."""
        return ["", "", ""] if value is None else [str(getattr(value, part)) for part in PARTS]


class DateField(forms.Field):
    """A date. Cleans to a `datetime.date`, or None when empty and not required.

    Error messages call it `name`, such as "last day"; by default that is the label. A month may
    also be entered by its name, in full or short, with or without a full stop. The params of the
    ValidationError list the wrong inputs as `parts`.
    """

    widget = DateInputs
    default_error_messages = {  # noqa: RUF012 - typed as in the class this extends
        "incomplete": "%(name)s must include a %(missing)s",
        "invalid": "%(name)s must be a real date",
        "invalid_year": "Year must include 4 numbers",
    }

    def __init__(self, *, name: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name or str(self.label)
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = f"Enter {self.name[:1].lower()}{self.name[1:]}"

    def to_python(self, value: date | Sequence[str | None] | None) -> date | None:
        """The date that the three entries make; None if all are empty.

        Raises ValidationError, which says what is wrong.
        """
        if value is None or isinstance(value, date):
            return value
        entries = {part: cleaned(entry or "") for part, entry in zip(PARTS, value, strict=True)}
        missing = [part for part in PARTS if not entries[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._error("incomplete", missing)
        return self._date_of(entries)

    def _date_of(self, entries: dict[str, str]) -> date:
        day = _whole_number(entries["day"])
        named = MONTH_NUMBERS.get(entries["month"].lower().removesuffix("."))
        month = named or _whole_number(entries["month"])
        year = _whole_number(entries["year"])
        valid = {"day": 1 <= day <= 31, "month": 1 <= month <= 12, "year": year >= 0}
        if invalid := [part for part in PARTS if not valid[part]]:
            raise self._error("invalid", invalid)
        if len(entries["year"]) != 4:
            raise self._error("invalid_year", ["year"])
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error("invalid", PARTS) from None

    def _error(self, code: str, parts: Sequence[str]) -> ValidationError:
        params = {
            "name": capfirst(self.name),
            "missing": " and ".join(parts),
            "parts": tuple(parts),
        }
        return ValidationError(self.error_messages[code], code=code, params=params)


def example_of(check: Callable[[date], object], day: date) -> str:
    """The end of a date question's hint: "For example, 27 3 2026.", or "" without an example.

    `check` raises RefusedChange for a day that the question does not take. The example is a day
    that it takes, in a month near `day`. Its number is 27, so that it is not read as a month.
    """
    for months in (*range(13), *range(-1, -25, -1)):
        years, month = divmod(day.month - 1 + months, 12)
        example = date(day.year + years, month + 1, 27)
        try:
            check(example)
        except RefusedChange:
            continue
        return f"For example, {example.day} {example.month} {example.year}."
    return ""


def _whole_number(entry: str) -> int:
    """The number that the entry is; -1 if it is not made of digits."""
    if not (entry.isascii() and entry.isdigit()):
        return -1
    # Python refuses to read thousands of digits; with ten, it is too large already.
    return int(entry.lstrip("0")[:10] or 0)


Size = Literal["s", "m", "l", "xl"]


class Question(Field):
    """A field of a crispy layout, with a size for its label or legend, which may be the page's h1.

    On a page with one question: `Question("mentor")`. For one of several fields, or in a filter:
    `Question("show", size="s", heading=False)`. The other arguments are those of crispy's Field.
    """

    def __init__(self, *fields: str, size: Size = "l", heading: bool = True, **kwargs: Any) -> None:
        super().__init__(*fields, **kwargs)
        self.label = {"label_size": size, "label_is_heading": heading}

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        return super().render(form, context, extra_context=dict(self.label), **kwargs)


class QuestionForm(forms.Form):
    """A page's one question: the first field's label is the page's h1. Below it is the button.

    A subclass may have further fields; they follow with labels of the usual size.
    """

    button = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        first, *others = self.fields
        self.helper.layout = Layout(Question(first), *others)
        self.helper.add_input(Submit("", self.button))

    @property
    def question(self) -> str:
        """The question in words, for the page's title."""
        return str(next(iter(self.fields.values())).label)


@contextmanager
def at_its_field() -> Iterator[None]:
    """Turn a RefusedChange, raised in the block, into an error of the field being cleaned."""
    try:
        yield
    except RefusedChange as refusal:
        raise ValidationError(str(refusal)) from refusal


# For what the user enters about another person, which no browser can fill in.
NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}


class TextField(forms.CharField):
    """A line of text. Characters that no reader can see are taken out before it is measured."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(cleaned(value) if isinstance(value, str) else value)


class RadiosField(forms.ChoiceField):
    """One of several radios; `missing` is the error when none of them is selected."""

    def __init__(self, *, missing: str, **kwargs: Any) -> None:
        errors = dict.fromkeys(("required", "invalid_choice"), missing)
        super().__init__(**{"widget": forms.RadioSelect} | kwargs, error_messages=errors)

    def offer_first(self, choices: Iterable[tuple[str, Any]]) -> None:
        """Offer these choices before those that the form declares."""
        self.choices = [*choices, *cast(list[tuple[str, Any]], self.choices)]


class NameField(TextField):
    """The full name of a person, of at most `longest` characters."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(
            max_length=longest,
            error_messages={
                "required": "Enter their full name",
                "max_length": f"Full name must be {longest} characters or less",
            },
            widget=forms.TextInput(attrs=NO_AUTOFILL),
            **kwargs,
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (reason := why_no_name(value)):
            raise ValidationError(reason)


class AddressField(forms.EmailField):
    """An email address. Cleans to lower case, without characters that no reader can see."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(email_of(value) if isinstance(value, str) else value)


class EmailField(AddressField):
    """The email address of a person other than the user."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=254,
            error_messages={
                "required": "Enter their email address",
                "invalid": "Enter an email address in the correct format, like name@example.com",
                "max_length": "Email address must be 254 characters or less",
            },
            widget=forms.EmailInput(attrs=NO_AUTOFILL),
            **kwargs,
        )
