"""The journeys that pair a mentor and an ECT, from the page of either."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django import forms
from django.urls import reverse

from core.forms import ChoiceLabel, DateField, at_its_field, example_of
from core.periods import in_words
from core.refusals import RefusedChange
from mentors.journeys.declaration import (
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Notice,
    Step,
    answered_rows,
)
from mentors.journeys.details import AboutPerson, page_of_person, route_of_person
from mentors.journeys.forms import StepForm
from mentors.pairing.candidates import Candidate, assignable_ects, mentors_for
from mentors.pairing.planning import Plan, first_day, pair, plan, present_of
from mentors.roles import ECT, MENTOR, Role
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool

# With more to choose from than this, the radios can be searched.
SEARCHED_ABOVE = 20
# In the address of an ECT's journey: it returns to the page of this mentor.
FROM = "from"


@dataclass(frozen=True)
class Choice:
    """Who can be chosen, and the words of that page. Questions take the person's name."""

    candidates: Callable[[Any, date], tuple[Candidate, ...]]
    question: str
    missing: str
    none_to_choose: str
    why_none: str


# By the role of the person on the page where the journey starts.
CHOICES = {
    MENTOR: Choice(
        assignable_ects,
        question="Who would you like to assign to {}?",
        missing="Select who you would like to assign",
        none_to_choose="Nobody can be assigned to {}",
        why_none=(
            "An ECT can be assigned to a mentor when both are at your school, induction is not"
            " completed, and the mentor does not mentor them already."
        ),
    ),
    ECT: Choice(
        mentors_for,
        question="Who will mentor {}?",
        missing="Select who will mentor them",
        none_to_choose="Nobody can be chosen to mentor {}",
        why_none=(
            "An ECT can be given a mentor when both are at your school and induction is not"
            " completed. At the moment you have no other mentor to choose."
        ),
    ),
}


@dataclass(frozen=True)
class Pairing(AboutPerson):
    """The pairing of a person, on their own page, with the person who is chosen."""

    @property
    def choice(self) -> Choice:
        """Who can be chosen, and how that is asked."""
        return CHOICES[self.role]

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The people who can be chosen today."""
        return self.choice.candidates(self.person, self.day)

    @cached_property
    def chosen(self) -> PersonAtSchool | None:
        """The person who was chosen; None before that, and when the user may not see them."""
        if "chosen" not in self.answers:
            return None
        other, public_id = ECT if self.role is MENTOR else MENTOR, UUID(self.answers["chosen"])
        return other.find(self.request.user, self.school.urn, public_id, self.day)

    @property
    def two(self) -> tuple[MentorAtSchool, ECTAtSchool]:
        """The mentor and the ECT, once a person is chosen."""
        two = (self.person, self.chosen)
        return cast("tuple[MentorAtSchool, ECTAtSchool]", two if self.role is MENTOR else two[::-1])

    @property
    def changes(self) -> tuple[str, ...]:
        """What the pairing changes, a sentence each; nothing when the records do not allow it."""
        try:
            return self._plan().in_words(self.day)
        except RefusedChange:
            return ()

    @property
    def is_possible(self) -> bool:
        """Whether the records allow the pairing."""
        try:
            self._plan()
        except RefusedChange:
            return False
        return True

    def _plan(self) -> Plan:
        mentor, ect = self.two
        return plan(mentor, ect, started_on=self.answers["started_on"], day=self.day)

    @property
    def query(self) -> dict[str, str]:
        """The mentor that the journey came from and returns to, if it came from one."""
        try:
            return {FROM: str(UUID(self.request.GET.get(FROM, "")))}
        except ValueError:
            return {}


class ChooseForm(StepForm):
    """Radios of the people who can be chosen. Cleans `chosen` to a public id."""

    progress: Pairing

    chosen = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, progress: Pairing, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        candidates, choice = progress.candidates, progress.choice
        field = cast(forms.ChoiceField, self.fields["chosen"])
        field.label = choice.question.format(progress.name)
        field.choices = _choices(candidates)
        field.error_messages = dict.fromkeys(("required", "invalid_choice"), choice.missing)
        if len(candidates) > SEARCHED_ABOVE:
            field.widget.attrs["data-searched"] = "true"

    def clean_chosen(self) -> str:
        """Refuse the present mentor: choosing them would change nothing."""
        chosen = self.cleaned_data["chosen"]
        for candidate in self.progress.candidates:
            if candidate.is_present and str(candidate.person.public_id) == chosen:
                name = candidate.person.teacher.name
                raise forms.ValidationError(f"{name} is the mentor already. Select another mentor")
        return chosen


def _choices(candidates: Sequence[Candidate]) -> list[tuple[str, ChoiceLabel]]:
    """The radios; people of the same name with their TRNs, which tell them apart."""
    names = Counter(each.person.teacher.name for each in candidates)
    return [(str(each.person.public_id), _label(each, names)) for each in candidates]


def _label(candidate: Candidate, names: Counter[str]) -> ChoiceLabel:
    teacher = candidate.person.teacher
    trn = f"TRN {teacher.trn}" if names[teacher.name] > 1 else ""
    return ChoiceLabel(teacher.name, ". ".join(filter(None, (candidate.hint, trn))))


class StartDateForm(StepForm):
    """The day from which the mentor mentors the ECT."""

    progress: Pairing
    rows = ("Start date",)

    started_on = DateField(name="start date")

    def __init__(self, progress: Pairing, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        mentor, ect = self.two = progress.two
        field = self.fields["started_on"]
        field.label = f"When does {mentor.teacher.name} start mentoring {ect.teacher.name}?"
        first = first_day(mentor, ect, progress.day)
        field.help_text = (
            f"This can be in the past or in the future, on or after {in_words(first.day)},"
            f" {first.why}. {example_of(self._check, progress.day)}"
        )

    def clean_started_on(self) -> date:
        """Refuse a day from which they cannot be paired."""
        with at_its_field():
            self._check(self.cleaned_data["started_on"])
        return self.cleaned_data["started_on"]

    def _check(self, started_on: date) -> None:
        plan(*self.two, started_on=started_on, day=self.progress.day)


def _cannot_choose(pairing: Pairing) -> bool:
    """Whether the first page is asked for while there are no people to choose."""
    return pairing.page == "" and not pairing.candidates


def _is_chosen(pairing: Pairing) -> bool:
    return pairing.chosen is not None


STEPS: tuple[Step[Pairing] | Notice[Pairing], ...] = (
    Notice("", "mentors/journeys/pairing/no_candidates.html", applies=_cannot_choose),
    Step("", ChooseForm, answered=_is_chosen),
    Step("start-date", StartDateForm),
)


def _rows(pairing: Pairing) -> list[AnswerRow]:
    mentor, ect = pairing.two
    change = pairing.change("")
    return [
        AnswerRow("Mentor", mentor.teacher.name, "" if pairing.role is MENTOR else change),
        AnswerRow("ECT", ect.teacher.name, change if pairing.role is MENTOR else ""),
        *answered_rows(pairing),
    ]


def _shown(pairing: Pairing) -> str:
    _, ect = pairing.two
    return " ".join(present_of(ect, pairing.day))


def _ask_again(pairing: Pairing) -> str:
    return "" if pairing.is_possible else "start-date"


def _pair(pairing: Pairing, shown: str) -> Done:
    mentor, ect = pairing.two
    started_on, day = pairing.answers["started_on"], pairing.day
    pair(mentor, ect, started_on=started_on, present=shown.split(), day=day)
    two = (mentor.teacher.name, ect.teacher.name)
    if started_on > day:
        return Done("From {}, {} will mentor {}.".format(in_words(started_on), *two))
    return Done("{} now mentors {}.".format(*two))


def _end(pairing: Pairing) -> str:
    """The page that the journey began on."""
    if came_from := pairing.query.get(FROM):
        return reverse("mentor", args=[pairing.school.urn, came_from])
    return page_of_person(pairing)


def _pairing(role: Role, name: str, page: str, button: str) -> Journey[Pairing]:
    return Journey(
        name=name,
        route=route_of_person(role, page),
        progress=Pairing,
        role=role,
        steps=STEPS,
        check=CheckPage(
            _pair,
            button,
            rows=_rows,
            shown=_shown,
            ask_again=_ask_again,
            template="mentors/journeys/pairing/check.html",
        ),
        end=_end,
    )


ASSIGN, CHANGE_MENTOR = (
    _pairing(MENTOR, "assign", "assign", "Assign this ECT"),
    _pairing(ECT, "change-mentor", "mentor", "Confirm this mentor"),
)
