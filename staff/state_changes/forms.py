"""The questions asked before declarations are moved."""

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.db.models import QuerySet
from django.utils.functional import cached_property

from declarations.models import Declaration, DeclarationStateChange
from declarations.states import TRANSITIONS, State
from staff.state_changes.words import BUTTONS

# So many are moved within seconds, and named in one form.
MOST = 500
TOO_MANY = f"Choose {MOST} declarations or fewer at a time"


class MoveForm(forms.Form):
    """Why a declaration is moved."""

    required_css_class = "required"

    why = forms.CharField(
        max_length=DeclarationStateChange._meta.get_field("why").max_length,
        widget=AdminTextInputWidget,
        help_text="It stays in the state log for good, so name no person.",
        error_messages={"required": "Enter why"},
    )


class MoveManyForm(MoveForm):
    """Which declarations are moved, to what, and why. Cleans `to` to a State."""

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

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say beside each state how many of those chosen can become it."""
        super().__init__(*args, **kwargs)
        states = [State(declaration.state) for declaration in self.chosen]
        can = {to: sum(to in TRANSITIONS[state] for state in states) for to in BUTTONS}
        self.fields["to"].choices = [
            (
                to,
                f"{label} ({can[to]} of {len(states)} can)",
            )
            for to, label in BUTTONS.items()
        ]

    @cached_property
    def chosen(self) -> list[Declaration]:
        """The declarations that are asked about, as they stand; none when the choice is faulty."""
        try:
            return list(self.fields["declarations"].clean(self["declarations"].value()))
        except forms.ValidationError:
            return []

    def clean_declarations(self) -> QuerySet[Declaration]:
        """Refuse more than can be moved at once."""
        chosen = self.cleaned_data["declarations"]
        if len(chosen) > MOST:
            raise forms.ValidationError(TOO_MANY)
        return chosen
