"""The forms by which people choose what a list shows."""

from enum import Enum

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from accounts.forms.layout import Question
from mentors import ect_list, ect_training, mentor_list


class ListForm(forms.Form):
    """Radios with counts, a search, and Apply. What the address leaves open is the default."""

    show = forms.ChoiceField(
        label="Show",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what to show"),
    )
    search = forms.CharField(
        label="Search by name or TRN",
        required=False,
        max_length=200,
        error_messages={"max_length": "Search must be 200 characters or less"},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    categories: type[Enum]

    def __init__(self, query: QueryDict) -> None:
        default = next(iter(self.categories))
        super().__init__({"show": default.value, **query.dict()})
        self.fields["show"].choices = self.categories.choices
        self.helper = FormHelper()
        self.helper.form_method = "get"
        first = Question("show", size="s", heading=False)
        others = [name for name in self.fields if name != "show"]
        self.helper.layout = Layout(first, *others)
        self.helper.add_input(Submit("", "Apply", css_class="govuk-button--secondary"))

    def count(self, counts: dict[Enum, int]) -> None:
        """Show how many each radio stands for."""
        self.fields["show"].choices = [
            (category.value, f"{category.label} ({counts[category]})")
            for category in self.categories
        ]


class MentorsForm(ListForm):
    """What the list of mentors shows."""

    categories = mentor_list.Category

    completed = forms.BooleanField(
        label="Training completed",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )

    field_order = ("show", "completed", "search")

    def filters(self) -> mentor_list.MentorFilters:
        """What was asked for; the defaults, when something in the address has an error."""
        if not self.is_valid():
            return mentor_list.MentorFilters()
        return mentor_list.MentorFilters(
            show=mentor_list.Category(self.cleaned_data["show"]),
            completed_only=self.cleaned_data["completed"],
            search=self.cleaned_data["search"],
        )


class ECTsForm(ListForm):
    """What the list of ECTs shows."""

    categories = ect_training.Category

    def filters(self) -> ect_list.ECTFilters:
        """What was asked for; the defaults, when something in the address has an error."""
        if not self.is_valid():
            return ect_list.ECTFilters()
        return ect_list.ECTFilters(
            show=ect_training.Category(self.cleaned_data["show"]),
            search=self.cleaned_data["search"],
        )
