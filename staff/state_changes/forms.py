"""The forms that ask before declarations are moved."""

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.db.models import QuerySet
from django.utils.functional import cached_property

from core.forms import TextField
from declarations.models import Declaration, DeclarationStateChange
from declarations.states import TRANSITIONS, State
from staff.state_changes.words import BUTTONS

# So many can be moved within seconds, and listed in one form.
MOST = 500
TOO_MANY = f"Choose {MOST} declarations or fewer at a time"


class MoveForm(forms.Form):
    """Asks why a declaration is moved."""

    required_css_class = "required"

    why = TextField(
        max_length=DeclarationStateChange._meta.get_field("why").max_length,
        widget=AdminTextInputWidget,
        help_text="It stays in the state log for good, so name no person.",
        error_messages={"required": "Enter why"},
    )


class MoveManyForm(MoveForm):
    """Asks to which state the chosen declarations are moved, and why. Cleans `to` to a State."""

    field_order = ("to", "why", "declarations")

    to = forms.TypedChoiceField(
        label="New state",
        coerce=State,
        widget=AdminRadioSelect,
        error_messages={"required": "Choose the new state"},
    )
    declarations = forms.ModelMultipleChoiceField(
        queryset=Declaration.objects.select_related("teacher", "lead_provider"),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Choose declarations in the list first"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Says beside each state how many of the chosen declarations can be moved to it."""
        super().__init__(*args, **kwargs)
        states = [State(declaration.state) for declaration in self.chosen]
        can = {to: sum(to in TRANSITIONS[state] for state in states) for to in BUTTONS}
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            (to, f"{label} ({can[to]} of {len(states)} can)") for to, label in BUTTONS.items()
        ]

    @cached_property
    def chosen(self) -> list[Declaration]:
        """The chosen declarations; empty when the form was sent with an invalid choice."""
        try:
            return list(self.fields["declarations"].clean(self["declarations"].value()))
        except forms.ValidationError:
            return []

    def clean_declarations(self) -> QuerySet[Declaration]:
        """Refuse more declarations than can be moved at once."""
        chosen = self.cleaned_data["declarations"]
        if len(chosen) > MOST:
            raise forms.ValidationError(TOO_MANY)
        return chosen
