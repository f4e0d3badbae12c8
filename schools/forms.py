"""The form fields of a new induction tutor, for admin and for the schools' own pages."""

from django import forms

from core.forms import EmailField, NameField


class NominationFields(forms.Form):
    """The full name and email address of a new induction tutor."""

    name = NameField(longest=100, label="Full name")
    email = EmailField(
        label="Email address",
        help_text="Their work email address. They will sign in with it.",
    )
