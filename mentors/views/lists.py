"""The forms that filter a list, and the links between the pages of a list."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import TextChoices
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from core.forms import NO_AUTOFILL, Question, RadiosField
from mentors.pages.ects import ECTFilters, ECTsShown
from mentors.pages.mentors import MentorCategory, MentorFilters, TrainingFilter, training_filters
from mentors.status.policies import Policy
from schools.finding import as_known
from schools.trn import as_searched


class SearchField(forms.CharField):
    """A search of a school's people by name or TRN; empty for all of them."""

    def __init__(self) -> None:
        super().__init__(
            label="Search by name or TRN",
            required=False,
            max_length=200,
            error_messages={"max_length": "Search must be 200 characters or less"},
            widget=forms.TextInput(attrs=NO_AUTOFILL),
        )

    def clean(self, value: str | None) -> str:
        """Return the search, a TRN as its digits."""
        return as_known(as_searched(super().clean(value)))


class ListForm(forms.Form):
    """Filters a list by category and search; the address has the answers, or the defaults hold."""

    show = RadiosField(
        label="Show",
        missing="Select what to show",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    search = SearchField()

    categories: type[TextChoices]

    def __init__(self, query: QueryDict) -> None:
        asked = query.copy()
        asked.setdefault("show", next(iter(self.categories)).value)
        super().__init__(asked)
        self._set_labels({category: category.label for category in self.categories})
        self.helper = FormHelper()
        self.helper.form_method = "get"
        groups = [name for name in ("show", "training") if name in self.fields]
        questions = [Question(name, size="s", heading=False) for name in groups]
        self.helper.layout = Layout(*questions, "search")
        self.helper.add_input(Submit("", "Apply", css_class="govuk-button--secondary"))

    def show_counts(self, counts: Mapping[Any, int]) -> None:
        """Add to the label of each category how many people are in it."""
        self._set_labels(
            {category: f"{category.label} ({counts[category]})" for category in self.categories}
        )

    def _set_labels(self, labels: Mapping[TextChoices, str]) -> None:
        show = cast(forms.ChoiceField, self.fields["show"])
        show.choices = [(category.value, label) for category, label in labels.items()]


class MentorsForm(ListForm):
    """Filters the list of mentors."""

    categories = MentorCategory

    training = forms.MultipleChoiceField(
        label="Mentor training",
        required=False,
        error_messages={"invalid_choice": "Select which mentor training to show"},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )

    field_order = ("show", "training", "search")

    def __init__(self, query: QueryDict, policy: Policy) -> None:
        super().__init__(query)
        training = cast(forms.MultipleChoiceField, self.fields["training"])
        training.choices = [(each.value, each.label) for each in training_filters(policy)]

    def filters(self) -> MentorFilters:
        """The filters in the address; the defaults if the address has an invalid one."""
        if not self.is_valid():
            return MentorFilters()
        return MentorFilters(
            show=MentorCategory(self.cleaned_data["show"]),
            training=tuple(map(TrainingFilter, self.cleaned_data["training"])),
            search=self.cleaned_data["search"],
        )


class ECTsForm(ListForm):
    """Filters the list of ECTs."""

    categories = ECTsShown

    def filters(self) -> ECTFilters:
        """The filters in the address; the defaults if the address has an invalid one."""
        if not self.is_valid():
            return ECTFilters()
        return ECTFilters(
            show=ECTsShown(self.cleaned_data["show"]),
            search=self.cleaned_data["search"],
        )


# In the address of a person's page: the query of the list that it was opened from.
LIST = "list"


def back_to_list(request: HttpRequest, section: str, urn: int) -> str:
    """The address of the list that a person's page was opened from, filtered as it was then.

    `section` is the URL name of the list.
    """
    query = QueryDict(request.GET.get(LIST, "")[:500]).urlencode()
    address = reverse(section, args=[urn])
    return f"{address}?{query}" if query else address


def here(request: HttpRequest) -> str:
    """What a list adds to the addresses of its people's pages, so that they lead back to it."""
    query = request.GET.urlencode()
    return f"?{urlencode({LIST: query})}" if query else ""


def without_page(query: QueryDict) -> str:
    """This query of an address, encoded for a link, without the number of the page."""
    others = query.copy()
    others.pop("page", None)
    return others.urlencode()


def pagination(page: Page, request: HttpRequest) -> dict[str, object] | None:
    """The parameters of govukPagination for this page of a list; None for a single page."""
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


def _link(number: int | str, request: HttpRequest) -> dict[str, str]:
    query = request.GET.copy()
    query["page"] = str(number)
    return {"href": f"{request.path}?{query.urlencode()}"}
