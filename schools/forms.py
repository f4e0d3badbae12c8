"""The form fields of a new induction tutor, for admin and for the schools' own pages."""

import unicodedata

from django import forms

from core.forms import NO_AUTOFILL, EmailField

# The name goes into an email to another person: no web address can be written with these signs.
NAME_SIGNS = " '\u2019-"


class NominationFields(forms.Form):
    """The full name and email address of a new induction tutor."""

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
        """The name with single spaces; refuses other signs than names have."""
        name = " ".join(self.cleaned_data["name"].split())
        if not all(map(_may_be_in_a_name, name.replace(". ", " ").removesuffix("."))):
            raise forms.ValidationError(
                "Full name must only include letters, spaces, apostrophes and hyphens, and full"
                " stops at the end of a word"
            )
        return name


def _may_be_in_a_name(sign: str) -> bool:
    return sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LM"
