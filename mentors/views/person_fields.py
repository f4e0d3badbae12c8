"""What is asked of a person on several journeys: their name, and the school's address for them."""

from typing import Any

from django import forms

from schools.details import tidy_name

# Of somebody else: no browser has it ready.
SOMEBODY_ELSES = {"autocomplete": "off", "spellcheck": "false"}


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
            widget=forms.TextInput(attrs=SOMEBODY_ELSES),
            **kwargs,
        )

    def clean(self, value: str | None) -> str:
        """Return the name, with single spaces and composed accents."""
        return tidy_name(super().clean(value))


class EmailField(forms.EmailField):
    """An email address. Cleans to lower case, as it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=254,
            error_messages={
                "required": "Enter their email address",
                "invalid": "Enter an email address in the correct format, like name@example.com",
                "max_length": "Email address must be 254 characters or less",
            },
            widget=forms.EmailInput(attrs=SOMEBODY_ELSES),
            **kwargs,
        )

    def clean(self, value: str | None) -> str:
        """Return the address in lower case."""
        return super().clean(value).lower()
