"""Whom to name as induction tutor: what the form in admin and the pages of schools both ask."""

import unicodedata

from django import forms

from core.forms import NO_AUTOFILL, EmailField

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
        widget=forms.TextInput(attrs=NO_AUTOFILL),
    )
    email = EmailField(
        label="Email address",
        help_text="Their work email address. They will sign in with it.",
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


def _is_of_a_name(sign: str) -> bool:
    return sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LM"
