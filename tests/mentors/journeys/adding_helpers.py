"""What an induction tutor does to add a person, page by page."""

from datetime import date
from functools import cached_property

from bs4 import BeautifulSoup
from django.test import Client

from schools.models import School

JANE = {"trn": "0836472", "born": date(1989, 11, 13)}


def day(name: str, on: date) -> dict[str, str]:
    """A date as its three inputs send it."""
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


class Adder:
    """A browser on the journey; `page` is where it is, `at` the last part of that address."""

    def __init__(self, client: Client, school: School, section: str = "mentors") -> None:
        self.client, self.school, self.section = client, school, section
        self.at = ""

    @cached_property
    def page(self) -> BeautifulSoup:
        """Parsed when it is looked at: most pages are only on the way."""
        return BeautifulSoup(self._shown, "html.parser")

    def address(self, page: str) -> str:
        return f"/schools/{self.school.urn}/{self.section}/add/{page}"

    def open(self, page: str) -> "Adder":
        return self._show(self.client.get(self.address(page), follow=True))

    def send(self, page: str, **data: object) -> "Adder":
        """Send the form of a page, and go where that leads."""
        return self._show(self.client.post(self.address(page), data, follow=True))

    def look_up(self, trn: str = JANE["trn"], born: date = JANE["born"]) -> "Adder":
        self.send("trn", trn=trn)
        return self.send("date-of-birth", **day("date_of_birth", born))

    def answer(
        self,
        *,
        name: str = "",
        email: str = "jane@school.example",
        started_on: date = date(2026, 1, 5),
        induction: date | None = None,
        trn: str = JANE["trn"],
        born: date = JANE["born"],
    ) -> "Adder":
        """Answer every page; `name` is of a person whom we do not know. Ends on the check page."""
        self.look_up(trn, born)
        self.send("name", name=name) if name else self.send("teacher", is_them="yes")
        self.send("email", email=email)
        self.send("start-date", **day("started_on", started_on))
        if induction:
            self.send("induction", **day("induction_started_on", induction))
        return self

    def confirm(self) -> "Adder":
        """Press the button of the page that shows all answers, as the page is now."""
        seen = self.page.select_one("input[name=seen]")
        return self.send("check", seen=seen["value"] if seen else "")

    def errors(self) -> list[str]:
        return [a.get_text(strip=True) for a in self.page.select(".govuk-error-summary__list a")]

    def banner(self) -> str:
        found = self.page.select_one(".govuk-notification-banner__content")
        return " ".join(found.get_text(" ").split()) if found else ""

    def text(self) -> str:
        return " ".join(self.page.main.get_text(" ").split())

    def _show(self, response) -> "Adder":
        assert response.status_code == 200, response.status_code
        self._shown = response.text
        self.__dict__.pop("page", None)
        self.at = response.request["PATH_INFO"].rsplit("/", 1)[-1]
        return self
