"""Whom to name as induction tutor: what the form in admin and the pages of schools both ask."""

import unicodedata

from django import forms

from accounts.models import User

# They go into an email that somebody else reads: no web address can be written with these.
NAME_SIGNS = " '\u2019-"


class NominationFields(forms.Form):
    """Full name and email address."""

    name = forms.CharField(
        label="Full name",
        max_length=100,
        error_messages={
            "required": "Enter their full name",
            "max_length": "Full name must be 100 characters or less",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label="Email address",
        max_length=User._meta.get_field("email").max_length,
        help_text="Their work email address. They will sign in with it.",
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Email address must be 254 characters or less",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        """Return the name with single spaces; refuse what is more than a name."""
        name = " ".join(self.cleaned_data["name"].split())
        if not all(map(_is_of_a_name, name.replace(". ", " ").removesuffix("."))):
            raise forms.ValidationError(
                "Full name must only include letters, spaces, apostrophes and hyphens, and full"
                " stops at the end of a word"
            )
        return name

    def clean_email(self) -> str:
        """Return the address in lower case, as it is kept."""
        return self.cleaned_data["email"].lower()


def _is_of_a_name(sign: str) -> bool:
    return sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LM"
