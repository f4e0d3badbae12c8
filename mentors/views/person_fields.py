"""What several journeys ask of a teacher: their name."""

from typing import Any

from django import forms

from core.forms import NO_AUTOFILL
from schools.details import tidy_name


class NameField(forms.CharField):
    """A full name. Cleans to how names are kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="What is their full name?",
            max_length=200,
            error_messages={
                "required": "Enter their full name",
                "max_length": "Full name must be 200 characters or less",
            },
            widget=forms.TextInput(attrs=NO_AUTOFILL),
            **kwargs,
        )

    def clean(self, value: str | None) -> str:
        """Return the name, with single spaces and composed accents."""
        return tidy_name(super().clean(value))
