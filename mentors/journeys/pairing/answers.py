"""The person who is chosen for a pairing and from when, and what follows from that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import QueryDict

from core.refusals import RefusedChange
from mentors.journeys.declaration import BACK, CHANGE
from mentors.journeys.details import AboutPerson
from mentors.journeys.training import AsksWhoTrains
from mentors.pairing.choices import (
    Candidate,
    Candidates,
    assignable_ect,
    assignable_ects,
    mentor_for,
    mentors_for,
)
from mentors.pairing.planning import Plan, plan_pairing
from mentors.roles import ECT, MENTOR, Role
from mentors.views.lists import SearchField
from mentors.who_trains import TrainingQuestion, asked_when_paired
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool

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


@dataclass(frozen=True)
class Pairing(AboutPerson, AsksWhoTrains):
    """The pairing of a person, on their own page, with the person who is chosen."""

    @property
    def choice(self) -> Choice:
        """Who can be chosen, and how that is asked."""
        return CHOICES[self.role]

    @property
    def other(self) -> Role:
        """The role of the people to choose from."""
        return ECT if self.role is MENTOR else MENTOR

    @cached_property
    def search(self) -> SearchForm:
        """The search in the address."""
        return SearchForm(self.request.GET)

    @cached_property
    def candidates(self) -> Candidates:
        """The page of people in the address, of those who can be chosen today."""
        page = self.request.GET.get("page", "1")
        return self.choice.candidates(self.person, self.day, self.search.words, page)

    def candidate(self, public_id: str) -> Candidate | None:
        """The person with this public id, if they can be chosen today, on whichever page."""
        try:
            return self.choice.candidate(self.person, UUID(public_id), self.day)
        except ValueError:
            return None

    @cached_property
    def chosen(self) -> PersonAtSchool | None:
        """The person who was chosen; None before that, and when the user may not see them."""
        if CHOSEN not in self.answers:
            return None
        public_id = UUID(self.answers[CHOSEN])
        return self.other.find(self.request.user, self.school.urn, public_id, self.day)

    @property
    def two(self) -> tuple[MentorAtSchool, ECTAtSchool]:
        """The mentor and the ECT, once a person is chosen."""
        two = (self.person, self.chosen)
        return cast("tuple[MentorAtSchool, ECTAtSchool]", two if self.role is MENTOR else two[::-1])

    @property
    def changes(self) -> tuple[str, ...]:
        """What the pairing changes, a sentence each; nothing when the records do not allow it."""
        return self.plan.in_words(self.day) if self.plan else ()

    @cached_property
    def plan(self) -> Plan | None:
        """What changes in the records; None when they do not allow the pairing."""
        mentor, ect = self.two
        try:
            return plan_pairing(mentor, ect, started_on=self.answers["started_on"], day=self.day)
        except RefusedChange:
            return None

    def ask(self) -> TrainingQuestion:
        """The question who will run the mentor's training from the start date on."""
        mentor, _ = self.two
        return asked_when_paired(mentor, self.answers["started_on"], self.day)

    @property
    def query(self) -> dict[str, str]:
        """The mentor that the journey came from and returns to, if it came from one."""
        try:
            return {FROM: str(UUID(self.request.GET.get(FROM, "")))}
        except ValueError:
            return {}
