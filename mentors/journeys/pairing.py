"""The journeys that pair a mentor and an ECT, from the page of either."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast
from uuid import UUID

from django.urls import reverse

from core.forms import DateField
from core.periods import in_words
from core.refusals import RefusedChange
from mentors.journeys.choosing import CHOICES, CHOSEN, FROM, Choice, ChooseForm, SearchForm
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
from mentors.journeys.forms import DayForm
from mentors.journeys.training import (
    AsksWhoTrains,
    MentorTrainingForm,
    begin_chosen,
    lock_training,
)
from mentors.pairing.choices import Candidate, Candidates
from mentors.pairing.planning import Plan, first_day, pair, plan, present_of
from mentors.roles import ECT, MENTOR, Role
from mentors.who_trains import TrainingQuestion, asked_when_paired
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool


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

    def ask(self) -> TrainingQuestion:
        """The question who will run the mentor's training from the start date on."""
        mentor, _ = self.two
        return asked_when_paired(mentor, self.answers["started_on"], self.day)

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


class StartDateForm(DayForm):
    """The day from which the mentor mentors the ECT."""

    progress: Pairing
    asks = "When does {0.two[0].teacher.name} start mentoring {0.two[1].teacher.name}?"
    rows = ("Start date",)

    started_on = DateField(name="start date")

    @property
    def hint(self) -> str:
        first = first_day(*self.progress.two, self.progress.day)
        return (
            f"This can be in the past or in the future, on or after {in_words(first.day)},"
            f" {first.why}."
        )

    def check_day(self, day: date) -> None:
        plan(*self.progress.two, started_on=day, day=self.progress.day)


def _cannot_choose(pairing: Pairing) -> bool:
    """Whether the first page is asked for while there are no people to choose."""
    return pairing.page == "" and not pairing.candidates.number


def _is_chosen(pairing: Pairing) -> bool:
    return pairing.chosen is not None


def _asks_who_trains(pairing: Pairing) -> bool:
    has_day = pairing.answers.get("started_on") is not None
    return has_day and pairing.chosen is not None and pairing.training.is_asked


STEPS: tuple[Step[Pairing] | Notice[Pairing], ...] = (
    Notice("", "mentors/journeys/pairing/no_candidates.html", applies=_cannot_choose),
    Step("", ChooseForm, answered=_is_chosen, template="mentors/journeys/pairing/choose.html"),
    Step("start-date", StartDateForm),
    Step(
        "lead-provider",
        MentorTrainingForm,
        _asks_who_trains,
        answered=lambda pairing: pairing.has_chosen,
    ),
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
    return " ".join([pairing.training.key, *present_of(ect, pairing.day)])


def _ask_again(pairing: Pairing) -> str:
    return "" if pairing.is_possible else "start-date"


def _pair(pairing: Pairing, shown: str) -> Done:
    mentor, ect = pairing.two
    started_on, day = pairing.answers["started_on"], pairing.day
    training, *present = shown.split() or [""]
    lock_training(pairing, training)
    pair(mentor, ect, started_on=started_on, present=present, day=day)
    next_steps = begin_chosen(pairing, mentor)
    two = (mentor.teacher.name, ect.teacher.name)
    if started_on > day:
        done = "From {}, {} will mentor {}.".format(in_words(started_on), *two)
    else:
        done = "{} now mentors {}.".format(*two)
    return Done(done, next_steps=next_steps)


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
