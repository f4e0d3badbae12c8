"""How far somebody has got with adding a person, and which page is next."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from mentors.journeys import Journey
from mentors.views.adding.roles import ECT, Adds
from schools.finding import find
from schools.joining import Obstacle, Times, obstacle, times_of
from schools.models import School, Teacher

# The pages that ask, by the answer that each is there for. The page "not-found" leads to the name.
ASKS = {
    "trn": "trn",
    "date-of-birth": "date_of_birth",
    "teacher": "is_them",
    "not-found": "name",
    "name": "name",
    "email": "email",
    "start-date": "started_on",
    "induction": "induction_started_on",
}
# What is kept of one person and forgotten when somebody else's TRN is entered.
ABOUT_THEM = tuple(dict.fromkeys(ASKS.values()))


@dataclass(frozen=True)
class Progress:
    """The answers so far, and what follows from them. `school` is where somebody is added."""

    adds: Adds
    school: School
    journey: Journey
    answers: dict[str, Any]
    day: date

    @cached_property
    def teacher(self) -> Teacher | None:
        """Whom TRN and date of birth found; None for somebody unknown, or before both are given."""
        trn, born_on = self.answers.get("trn"), self.answers.get("date_of_birth")
        return find(trn, born_on) if trn and born_on else None

    @cached_property
    def times(self) -> Times:
        """Where they are and were."""
        return times_of(self.teacher)

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """Why they cannot be added, if they cannot."""
        if self.teacher is None:
            return None
        return obstacle(self.adds.role, self.times, self.school, self.day)

    @property
    def person(self) -> str:
        """The name of whom we are adding."""
        return self.teacher.name if self.teacher else self.answers["name"]

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The pages in their order, as far as the answers so far say."""
        first = ("trn", "date-of-birth")
        if not (self.answers.get("trn") and self.answers.get("date_of_birth")):
            return first
        if self.obstacle:
            return (*first, "not-possible")
        who = ("teacher",) if self.teacher else ("not-found", "name")
        asked_for_induction = self.adds == ECT and self.times.induction_started_on is None
        induction = ("induction",) if asked_for_induction else ()
        return (*first, *who, "email", "start-date", *induction, "check")

    @property
    def due(self) -> str:
        """The first page whose question is not answered; at the end, where all is checked."""
        return next(page for page in self.pages if not self.answers.get(ASKS.get(page, "")))

    def has_reached(self, page: str) -> bool:
        """Whether this page may be shown: none before it is left out."""
        return page in self.pages[: self.pages.index(self.due) + 1]

    def address(self, page: str = "") -> str:
        """The address of a page; with none, that which leads on to the page that is due."""
        if not page:
            return reverse(self.adds.name, args=[self.school.urn])
        return reverse(f"{self.adds.name}-page", args=[self.school.urn, page])

    def back_from(self, page: str) -> str:
        """The address of the page before this one; before the first, the list."""
        place = self.pages.index(page)
        if place == 0:
            return reverse(self.adds.section, args=[self.school.urn])
        return self.address(self.pages[place - 1])
