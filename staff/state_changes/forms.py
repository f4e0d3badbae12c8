"""The forms that ask before declarations are moved."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.db.models import QuerySet
from django.utils.functional import cached_property

from core.csv_files import ANY_NUMBER, RefusedFile, Report, records
from core.forms import TextField
from core.text import read_uuid
from declarations.models import Declaration, DeclarationStateChange
from declarations.states import TRANSITIONS, State
from staff.state_changes.words import BUTTONS

# The most that can be moved within seconds, and listed in one form.
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


_LISTED, _OF_FILE = "listed", "file"
_NO_FILE = "Select a CSV file smaller than 2.5 MB. Split a larger one into smaller files."
_FILE_TOO = "You selected a CSV file, too. Choose its ids, or select no file."


class MoveAllForm(MoveForm):
    """Asks which declarations are moved, to which state, and why.

    Cleans `to` to a State, and `file` to the ids of a CSV, or None for all that the list shows.
    `which` asks for one of the two, because the absence of a file proves nothing: Django drops a
    file that is too large (config/settings/browsers.py).
    """

    field_order = ("to", "why", "which", "file")

    to = forms.TypedChoiceField(
        label="New state",
        coerce=State,
        choices=list(BUTTONS.items()),
        widget=AdminRadioSelect,
        error_messages={"required": "Choose the new state"},
    )
    which = forms.ChoiceField(
        label="Which declarations",
        choices=((_LISTED, "All that the list shows"), (_OF_FILE, "Those of a CSV file of ids")),
        widget=AdminRadioSelect,
        error_messages={"required": "Choose which declarations"},
    )
    file = forms.FileField(
        label="CSV file of ids",
        required=False,
        help_text="With the column declaration_id, and smaller than 2.5 MB: about 65,000 ids.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": "The CSV file is empty. Select one that has rows."},
    )

    def clean_file(self) -> list[UUID] | None:
        """The ids of the file; refuses a row that is no id, and a file that `which` contradicts."""
        file, which = self.cleaned_data["file"], self.cleaned_data.get("which")
        if which == _OF_FILE and not file:
            raise forms.ValidationError(_NO_FILE)
        if which == _LISTED and file:
            raise forms.ValidationError(_FILE_TOO)
        return _ids_of(file) if file else None


def _ids_of(file: BinaryIO) -> list[UUID]:
    ids, report = [], Report()
    try:
        for record in records(file, ("declaration_id",), report, lambda read: None, ANY_NUMBER):
            identifier = read_uuid(record.values["declaration_id"])
            if identifier is None:
                raise RefusedFile(f"Line {record.line} is no id of a declaration.")
            ids.append(identifier)
    except RefusedFile as refused:
        raise forms.ValidationError(str(refused)) from refused
    if not ids:
        raise forms.ValidationError("The CSV file has no rows.")
    return ids


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
