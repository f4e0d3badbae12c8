"""Model fields for text that people enter: cleaned and refused by the rules of core/text.py.

They act where Django cleans a model or makes a form for it, so in every admin. The column is that
of the plain field, which migrations name.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.forms import AddressField, TextField
from core.text import cleaned, email_of, why_no_name


def validate_name(name: str) -> None:
    """Raise ValidationError, in words, for a text that can be no person's name."""
    if reason := why_no_name(name):
        raise ValidationError(reason)


class LineModelField(models.CharField):
    """A line of text, without characters that no reader can see."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return cleaned(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": TextField} | kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class NameModelField(LineModelField):
    """The full name of a person."""

    default_validators = [validate_name]  # noqa: RUF012 - as in the class this extends


class AddressModelField(models.EmailField):
    """An email address: in lower case, without characters that no reader can see."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return email_of(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**kwargs | {"form_class": AddressField})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
