"""The pages of a change: where they are, how they are filled in, and what they say."""

from bs4 import BeautifulSoup
from django.test import Client

from schools.models import ECTAtSchool, MentorAtSchool
from tests.mentors.reading import address, open_address, words

Person = MentorAtSchool | ECTAtSchool


def page_of(person: Person, page: str = "") -> str:
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    name = f"{role}-{page}" if page else role
    return address(name, person.school.urn, person.public_id)


def send(client: Client, where: str, **answers: str) -> BeautifulSoup:
    """Fill in the page at this address and go where that leads."""
    page = open_address(client, where)
    hidden = {i["name"]: i["value"] for i in page.main.select("input[type=hidden][value]")}
    response = client.post(where, hidden | answers, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def press(client: Client, where: str, opened: BeautifulSoup) -> BeautifulSoup:
    """Confirm on a page that was opened before."""
    response = client.post(where, {"seen": opened.select_one("[name=seen]")["value"]}, follow=True)
    return BeautifulSoup(response.content, "html.parser")


def last_day(day: int, month: int, year: int) -> dict[str, str]:
    return {"last_day-day": str(day), "last_day-month": str(month), "last_day-year": str(year)}


def error(page: BeautifulSoup) -> str:
    assert page.title.string.strip().startswith("Error: ")
    return words(page.select_one(".govuk-error-summary__list"))


def banner(page: BeautifulSoup) -> str:
    return words(page.select_one(".govuk-notification-banner__heading"))


def names(person: Person, page: str) -> tuple:
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    return f"{role}-{page}", person.school.urn, person.public_id
