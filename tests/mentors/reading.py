"""Reads pages as a person does: headings, rows, cards and links, in their words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from accounts.models import User


@dataclass(frozen=True)
class Card:
    """A card of a list: the name it is headed with, where that leads, and its rows."""

    title: str
    href: str
    rows: dict[str, str]


def open_page(client: Client, name: str, *args: object, **query: object) -> BeautifulSoup:
    """The page of this name, which must be there."""
    return open_address(client, address(name, *args, **query))


def follow(client: Client, page: Tag, text: str) -> BeautifulSoup:
    """The page to which the link with exactly this text leads."""
    return open_address(client, link(page, text))


def open_address(client: Client, path: str) -> BeautifulSoup:
    """The page at this address, which must be there."""
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return parsed(response.content)


def parsed(page: bytes) -> BeautifulSoup:
    """The page; where a line may end within a word makes no difference."""
    return BeautifulSoup(page.replace(b"<wbr>", b""), "html.parser")


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page by its URL name, arguments and query."""
    asked = f"?{urlencode(query)}" if query else ""
    return reverse(name, args=args) + asked


def words(part: Tag) -> str:
    """What is written there, with single spaces."""
    return " ".join(part.get_text(" ").split()).replace(" ,", ",")


def rows(part: Tag) -> dict[str, str]:
    """The rows of the summary lists in this part of a page; one key stands there once.

    Of a row what it says, without the links that lead to a change of it, and without the sentence
    that says why: `actions` and `why` have those.
    """
    found = [
        (words(row.find("dt")), _said(row.find("dd")))
        for row in part.select(".govuk-summary-list__row")
    ]
    assert len(dict(found)) == len(found), found
    return dict(found)


def actions(part: Tag) -> list[str]:
    """The words of the links to a change, in their order."""
    links = part.select("a.app-action, .app-action a, .govuk-summary-list__actions a")
    return [words(a) for a in links]


def _said(value: Tag) -> str:
    left_out = {id(text) for part in value.select(".app-action, .app-why") for text in part.strings}
    kept = (text for text in value.strings if id(text) not in left_out)
    return " ".join(" ".join(kept).split()).replace(" ,", ",")


def why(part: Tag) -> list[str]:
    """The sentences that say why something is as it is, in their order."""
    return [words(sentence) for sentence in part.select(".app-why")]


def cards(page: Tag) -> list[Card]:
    """The cards of a list, in their order."""
    return [
        Card(words(link), link["href"], rows(card))
        for card in page.select(".govuk-summary-card")
        for link in card.select(".govuk-summary-card__title a")
    ]


def titles(page: Tag) -> list[str]:
    """The names on the cards of a list, in their order."""
    return [card.title for card in cards(page)]


def choices(page: Tag) -> list[str]:
    """The labels of a list's radios, in their order."""
    return [words(label) for label in page.select(".govuk-radios__label")]


def heading(page: Tag) -> tuple[str, str]:
    """The caption and the h1."""
    return words(page.select_one("main .govuk-caption-l")), words(page.find("h1"))


def link(part: Tag, text: str) -> str:
    """Where the link with exactly this text leads."""
    (found,) = [a for a in part.find_all("a") if words(a) == text]
    return found["href"]


def sign_in(client: Client, user: User) -> None:
    """Sign in and be there already: the first page of a minute notes that the session is in use."""
    client.force_login(user)
    client.get(reverse("choose-school"))
