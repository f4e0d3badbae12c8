"""The page of a pairing with the people to choose from, who are searched if they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from core.forms import ChoiceLabel, Question
from mentors.journeys.declaration import BACK, CHANGE
from mentors.journeys.forms import StepForm
from mentors.pairing.choices import (
    Candidate,
    Candidates,
    assignable_ect,
    assignable_ects,
    mentor_for,
    mentors_for,
)
from mentors.roles import ECT, MENTOR
from mentors.views.lists import SearchField, pagination

if TYPE_CHECKING:
    from mentors.journeys.pairing import Pairing

# In the address of an ECT's journey: it returns to the page of this mentor.
FROM = "from"
# The name of the radios, in the form and in the address of a search.
CHOSEN = "chosen"


@dataclass(frozen=True)
class Choice:
    """Who can be chosen, and the words of that page. Questions take the person's name.

    `candidates` gives a page of them, and `candidate` the one with a public id. `adds` says whether
    the pages offer to add a new one.
    """

    candidates: Callable[[Any, date, str, str], Candidates]
    candidate: Callable[[Any, UUID, date], Candidate | None]
    question: str
    missing: str
    none_to_choose: str
    why_none: str
    adds: bool = False


# By the role of the person on the page where the journey starts.
CHOICES = {
    MENTOR: Choice(
        assignable_ects,
        assignable_ect,
        question="Who would you like to assign to {}?",
        missing="Select who you would like to assign",
        none_to_choose="There are no ECTs to assign to {}",
        why_none=(
            "An ECT can be assigned to a mentor when both are at your school, induction is not"
            " completed, and the mentor does not mentor them already."
        ),
    ),
    ECT: Choice(
        mentors_for,
        mentor_for,
        question="Who will mentor {}?",
        missing="Select who will mentor them",
        none_to_choose="There are no mentors to choose for {}",
        why_none=(
            "An ECT can be given a mentor when both are at your school and induction is not"
            " completed. At the moment you have no other mentor to choose."
        ),
        adds=True,
    ),
}


class SearchForm(forms.Form):
    """The search above the people who can be chosen.

    Hidden inputs keep the rest of the address: where the journey came from, and the person chosen.
    """

    search = SearchField()
    heading = ""

    def __init__(self, query: QueryDict) -> None:
        super().__init__({CHOSEN: "", **query.dict()}, auto_id="search_%s")
        for name in (FROM, CHANGE, BACK, CHOSEN):
            if name in self.data:
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.helper = FormHelper(self)
        self.helper.form_method = "get"
        self.helper.add_input(Submit("", "Search", css_class="govuk-button--secondary"))

    @property
    def words(self) -> str:
        """The words to search for; none if the address has a search that is not allowed."""
        return self.cleaned_data["search"] if self.is_valid() else ""


class ChooseForm(StepForm):
    """Radios of the people who can be chosen. Cleans `chosen` to a public id.

    Where they are too many for one page, `search` stands above them.
    """

    progress: Pairing

    chosen = forms.CharField(widget=forms.RadioSelect)

    def __init__(self, progress: Pairing, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        self.candidates, self.search = progress.candidates, progress.search
        if CHOSEN in progress.request.GET:
            self.initial = {CHOSEN: progress.request.GET[CHOSEN]}
        field = self.fields[CHOSEN]
        field.error_messages["required"] = progress.choice.missing
        field.label = question = progress.choice.question.format(progress.name)
        if self.candidates.are_searched:
            self.heading = self.search.heading = question
            field.label = f"Select {progress.other.a_noun}"
            self.search.data = {**self.search.data, CHOSEN: self[CHOSEN].value() or ""}
            self.helper.layout = Layout(Question(CHOSEN, size="m", heading=False))
        self.pagination = pagination(self.candidates.page, progress.request)
        cast(forms.RadioSelect, field.widget).choices = self._choices()

    @property
    def found(self) -> str:
        """What the search found, in words; "" without a search."""
        words = self.search.words
        if not words:
            return ""
        number, noun = self.candidates.page.paginator.count, self.progress.other.noun
        if number == 1:
            return f"1 {noun} matches ‘{words}’."
        return f"{number or 'No'} {noun}s match ‘{words}’."

    def _choices(self) -> list[tuple[str, ChoiceLabel]]:
        """The radios: the people on this page, below the one who is chosen if on another page."""
        shown = list(self.candidates.shown)
        chosen = self[CHOSEN].value()
        if chosen and str(chosen) not in [str(each.person.public_id) for each in shown]:
            shown = [*filter(None, [self.progress.candidate(str(chosen))]), *shown]
        return _choices(shown, with_trns=self.candidates.are_searched)

    def clean_chosen(self) -> str:
        """Refuse who cannot be chosen, and the present mentor: that would change nothing."""
        candidate = self.progress.candidate(self.cleaned_data[CHOSEN])
        if candidate is None:
            raise forms.ValidationError(self.progress.choice.missing)
        if candidate.is_present:
            name = candidate.person.teacher.name
            raise forms.ValidationError(f"{name} is the mentor already. Select another mentor")
        return str(candidate.person.public_id)


def _choices(candidates: Sequence[Candidate], *, with_trns: bool) -> list[tuple[str, ChoiceLabel]]:
    """The radios, with TRNs if they can be searched; else only of people of the same name."""
    names = Counter(each.person.teacher.name for each in candidates)
    return [
        (
            str(each.person.public_id),
            _label(each, with_trn=with_trns or names[each.person.teacher.name] > 1),
        )
        for each in candidates
    ]


def _label(candidate: Candidate, *, with_trn: bool) -> ChoiceLabel:
    teacher = candidate.person.teacher
    trn = f"TRN {teacher.trn}" if with_trn else ""
    return ChoiceLabel(teacher.name, ". ".join(filter(None, (candidate.hint, trn))))
