"""Walks through the journeys that pair a mentor and an ECT, and reads their pages."""

from dataclasses import dataclass
from datetime import date

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from mentors.models import Mentorship
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship, make_school, make_tutor
from tests.mentors.reading import address, parsed, words

START = date(2025, 9, 1)


class AtSchool:
    """A tutor's school: two mentors, and two ECTs of whom Jane Thomas mentors one."""

    def __init__(self) -> None:
        self.school = make_school()
        there = {"school": self.school, "started_on": START}
        self.julie = make_mentor(name="Julie Carver", **there)
        self.jane = make_mentor(name="Jane Thomas", **there)
        self.jason = make_ect(name="Jason Blue", **there)
        self.jonathan = make_ect(name="Jonathan Paul", **there)
        make_mentorship(self.jane, self.jonathan)
        self.tutor = make_tutor(self.school)


@dataclass(frozen=True)
class Journey:
    """From one person's page, by its pages' addresses; `query` goes along."""

    client: Client
    name: str
    person: MentorAtSchool | ECTAtSchool
    query: str = ""

    def address(self, step: str = "") -> str:
        return address(f"{self.name}{step}", self.person.school.urn, self.person.public_id) + (
            self.query and f"?{self.query}"
        )

    @property
    def page(self) -> str:
        """The address of the person's own page."""
        name = "mentor" if self.name == "assign" else "ect"
        return address(name, self.person.school.urn, self.person.public_id)

    def choose(self, person: object) -> HttpResponse:
        chosen = getattr(person, "public_id", person)
        return self.client.post(self.address(), {"chosen": chosen})

    def start(self, day: date | tuple[str, str, str]) -> HttpResponse:
        parts = (day.day, day.month, day.year) if isinstance(day, date) else day
        named = ("started_on-day", "started_on-month", "started_on-year")
        return self.client.post(self.address("-start-date"), dict(zip(named, parts, strict=True)))

    def check(self) -> BeautifulSoup:
        """The page with the answers."""
        return read(self.client.get(self.address("-check")))

    def confirm(self, page: BeautifulSoup) -> HttpResponse:
        """Press the button of a page of answers that was opened before."""
        seen = page.find("input", {"name": "seen"})["value"]
        return self.client.post(self.address("-check"), {"seen": seen})

    def up_to_check(self, person: object, day: date) -> BeautifulSoup:
        self.choose(person)
        self.start(day)
        return self.check()


def read(response: HttpResponse) -> BeautifulSoup:
    """The page, or the one that it leads to."""
    if response.status_code == 302:
        response = response.client.get(response.url)
    assert response.status_code == 200, response.status_code
    return parsed(response.content)


def errors(page: BeautifulSoup) -> list[tuple[str, str]]:
    """What the error summary says, and where that leads; the title says "Error:" too."""
    assert page.title.string.strip().startswith("Error: ")
    return [(words(a), a["href"]) for a in page.select(".govuk-error-summary a")]


def banner(page: BeautifulSoup) -> str:
    return words(page.select_one(".govuk-notification-banner__content"))


def mentor_of(ect: ECTAtSchool, day: date) -> str | None:
    """Who mentors an ECT on this day."""
    pairing = Mentorship.objects.on(day).filter(ect=ect).first()
    return pairing and pairing.mentor.teacher.name
