"""What is asked about somebody else than the person who answers."""

from typing import Any

from django import forms

# No browser has it ready.
SOMEBODY_ELSES = {"autocomplete": "off", "spellcheck": "false"}


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
            widget=forms.EmailInput(attrs=SOMEBODY_ELSES),
            **kwargs,
        )

    def clean(self, value: str | None) -> str:
        """Return the address in lower case."""
        return super().clean(value).lower()
