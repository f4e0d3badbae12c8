"""What every form is made of: questions, dates, email addresses, choices with hints."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst

from core.refusals import RefusedChange


@dataclass(frozen=True)
class ChoiceLabel:
    """The label of a radio or checkbox, with a hint beneath it.

    Use it where Django takes a label: `choices=[(1, ChoiceLabel("Ray Kirby", "Not mentored"))]`,
    or returned by a ModelChoiceField's `label_from_instance`.
    """

    text: str
    hint: str = ""

    def __str__(self) -> str:
        return self.text


PARTS = ("day", "month", "year")
MONTH_NUMBERS = {
    str(name).lower(): number for names in (MONTHS, MONTHS_3) for number, name in names.items()
}


class DateInputs(forms.MultiWidget):
    """Three text inputs, named after the field: `last_day-day`, `-month` and `-year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({f"-{part}": forms.TextInput() for part in PARTS}, attrs)
        self.widgets_names = [f"-{part}" for part in PARTS]

    def decompress(self, value: date | None) -> list[str]:
        """Return what stands in the three inputs for a date."""
        return ["", "", ""] if value is None else [str(getattr(value, part)) for part in PARTS]


class DateField(forms.Field):
    """A date. Cleans to a `datetime.date`, or None when empty and not required.

    `name` is what messages call it, such as "last day"; by default the label. A month may also be
    entered by its name. The ValidationError's params name the inputs at fault in `parts`.
    """

    widget = DateInputs
    default_error_messages: ClassVar[dict[str, str]] = {
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
        """Return the date of the three entries; raise ValidationError saying what is wrong."""
        if value is None or isinstance(value, date):
            return value
        entries = {part: (entry or "").strip() for part, entry in zip(PARTS, value, strict=True)}
        missing = [part for part in PARTS if not entries[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._error("incomplete", missing)
        return self._date_of(entries)

    def _date_of(self, entries: dict[str, str]) -> date:
        day = _whole_number(entries["day"])
        month = MONTH_NUMBERS.get(entries["month"].lower()) or _whole_number(entries["month"])
        year = _whole_number(entries["year"])
        sound = {"day": 1 <= day <= 31, "month": 1 <= month <= 12, "year": year >= 0}
        if faulty := [part for part in PARTS if not sound[part]]:
            raise self._error("invalid", faulty)
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


def _whole_number(entry: str) -> int:
    """The number that the digits spell, or -1."""
    return int(entry) if entry.isascii() and entry.isdigit() else -1


Size = Literal["s", "m", "l", "xl"]


class Question(Field):
    """A field of a crispy layout whose label or legend has a size, and may be the page's heading.

    A page with one question has it as its h1: `Question("mentor")`. Among several, or in a filter:
    `Question("show", size="s", heading=False)`. The rest is as in crispy's Field.
    """

    def __init__(self, *fields: str, size: Size = "l", heading: bool = True, **kwargs: Any) -> None:
        super().__init__(*fields, **kwargs)
        self.label = {"label_size": size, "label_is_heading": heading}

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        """Return the HTML, as crispy asks every layout object."""
        return super().render(form, context, extra_context=dict(self.label), **kwargs)


class QuestionForm(forms.Form):
    """One question, whose label is the page's h1, and the button to go on.

    Further fields, which a subclass may have, stand below it with labels of the usual size.
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
        """What the page asks, for its title."""
        return str(next(iter(self.fields.values())).label)


@contextmanager
def at_its_field() -> Iterator[None]:
    """Say at the field that is being cleaned what a rule refuses."""
    try:
        yield
    except RefusedChange as refusal:
        raise ValidationError(str(refusal)) from refusal


# No browser has it ready.
NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}


class EmailField(forms.EmailField):
    """Somebody's email address. Cleans to lower case, as it is kept."""

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

    def clean(self, value: str | None) -> str:
        """Return the address in lower case."""
        return super().clean(value).lower()
