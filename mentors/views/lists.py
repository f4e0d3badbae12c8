"""The forms by which people choose what a list shows, and links between a list's pages."""

from enum import Enum

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

from core.forms import Question
from mentors.pages import ects, mentors
from mentors.people import ect_training


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

    categories = mentors.Category

    completed = forms.BooleanField(
        label="Training completed",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )

    field_order = ("show", "completed", "search")

    def filters(self) -> mentors.MentorFilters:
        """What was asked for; the defaults, when something in the address has an error."""
        if not self.is_valid():
            return mentors.MentorFilters()
        return mentors.MentorFilters(
            show=mentors.Category(self.cleaned_data["show"]),
            completed_only=self.cleaned_data["completed"],
            search=self.cleaned_data["search"],
        )


class ECTsForm(ListForm):
    """What the list of ECTs shows."""

    categories = ect_training.Category

    def filters(self) -> ects.ECTFilters:
        """What was asked for; the defaults, when something in the address has an error."""
        if not self.is_valid():
            return ects.ECTFilters()
        return ects.ECTFilters(
            show=ect_training.Category(self.cleaned_data["show"]),
            search=self.cleaned_data["search"],
        )


def without_page(query: QueryDict) -> str:
    """The query of an address, ready for a link, as it is for all pages of the list."""
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()


def pagination(page: Page, request: HttpRequest) -> dict[str, object] | None:
    """What govukPagination needs for this page of the list; None when it is the only one."""
    if page.paginator.num_pages == 1:
        return None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    previous = page.number - 1 if page.has_previous() else None
    following = page.number + 1 if page.has_next() else None
    return {
        "items": [
            {"ellipsis": True}
            if number == Paginator.ELLIPSIS
            else {"number": number, "current": number == page.number, **_link(number, request)}
            for number in numbers
        ],
        "previous": previous and _link(previous, request),
        "next": following and _link(following, request),
    }


def _link(number: int, request: HttpRequest) -> dict[str, str]:
    asked = request.GET.copy()
    asked["page"] = number
    return {"href": f"{request.path}?{asked.urlencode()}"}
