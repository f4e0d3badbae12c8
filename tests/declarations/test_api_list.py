"""The list: its order and pages. Its filters are in test_api_list_filters.py."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from declarations.models import Declaration, PageCursor
from declarations.submission import submit
from tests.declarations.client import Provider, errors
from tests.declarations.trained import BY, NOW, claim_about, make_trained, provider

pytestmark = pytest.mark.django_db
WRONG_PAGE = errors(
    "Bad request",
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid positive number",
)


def declared(training, kind: str, minute: int) -> str:
    """A declaration submitted so many minutes after NOW; its id."""
    now = NOW + timedelta(minutes=minute)
    return str(
        submit(training.lead_provider, claim_about(training.teacher, kind), by=BY, now=now).pk
    )


@pytest.fixture
def client():
    return Provider(provider())


@pytest.fixture
def seven(client) -> list[str]:
    """Seven declarations, oldest first, of which the last was made first, and two at once."""
    one, two = make_trained(2023), make_trained(2024, delivery_partner="Leeds Hub")
    made = [
        (declared(two, "completed", 9), 9),
        (declared(one, "started", 0), 0),
        (declared(one, "retained-1", 1), 1),
        (declared(two, "started", 1), 1),
        (declared(two, "retained-1", 3), 3),
        (declared(one, "retained-2", 4), 4),
        (declared(one, "completed", 5), 5),
    ]
    return [each for each, minute in sorted(made, key=lambda it: (it[1], UUID(it[0])))]


def test_the_oldest_come_first(client, seven):
    assert client.ids() == seven


@pytest.mark.parametrize("size", range(1, 9))
def test_pages_in_turn_give_each_declaration_once(client, seven, size):
    pages = [client.ids(**{"page[page]": n, "page[per_page]": size}) for n in range(1, 9)]
    assert [each for page in pages for each in page] == seven
    assert [len(page) for page in pages] == [max(0, min(size, 7 - size * n)) for n in range(8)]


@pytest.mark.parametrize("number", [3, 1, 2, 4])
def test_a_page_out_of_turn_is_the_same(client, seven, number):
    assert (
        client.ids(**{"page[page]": number, "page[per_page]": 2})
        == seven[number * 2 - 2 : number * 2]
    )


def test_the_next_page_begins_where_the_one_just_read_ended(client, seven):
    first = client.ids(**{"page[page]": 1, "page[per_page]": 3})
    Declaration.objects.filter(pk=first[0]).update(created_at=NOW + timedelta(hours=1))
    assert client.ids(**{"page[page]": 2, "page[per_page]": 3}) == seven[3:6]
    # Another token, and anything else that is asked, counts its pages for itself.
    assert client.ids(**{"page[page]": 2, "page[per_page]": 2}) == seven[3:5]
    other = Provider(client.provider)
    assert other.ids(**{"page[page]": 2, "page[per_page]": 3}) == seven[4:]


def test_what_comes_before_a_last_page_brings_no_declaration_of_it_again(client, seven):
    pages = [client.ids(**{"page[page]": n, "page[per_page]": 4}) for n in (1, 2)]
    assert [each for page in pages for each in page] == seven
    for _ in range(4):
        declared(make_trained(2023), "started", -9)
    assert client.ids(**{"page[page]": 3, "page[per_page]": 4}) == []


def test_where_a_page_ended_is_forgotten_after_an_hour(client, seven):
    with time_machine.travel(NOW, tick=False):
        first = client.ids(**{"page[per_page]": 3})
    Declaration.objects.filter(pk=first[0]).update(created_at=NOW + timedelta(hours=1))
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client.ids(**{"page[per_page]": 2})
        assert PageCursor.objects.count() == 1
        assert client.ids(**{"page[page]": 2, "page[per_page]": 3}) == seven[4:]


def test_a_hundred_are_a_page_and_3000_are_the_most(client, seven, monkeypatch):
    asked = []
    page = "declarations.api.declarations.Listing.page"
    monkeypatch.setattr(page, lambda self, number, size, mark: asked.append((number, size)) or [])
    for query in ({}, {"page[per_page]": 3000}, {"page[per_page]": 3001, "page[page]": "007"},
                  {"page[per_page]": "9" * 5000, "page[page]": "9" * 5000}):  # fmt: skip
        assert client.ids(**query) == []
    assert asked == [(1, 100), (1, 3000), (7, 3000), (10**12, 3000)]


@pytest.mark.parametrize("number", [2, 999, 10**30, "9" * 5000])
def test_beyond_the_end_there_is_nothing(client, seven, number):
    assert client.ids(**{"page[page]": number}) == []


@pytest.mark.parametrize("name", ["page[page]", "page[per_page]"])
@pytest.mark.parametrize("value", ["0", "00", "-1", "+1", "1.0", "1e3", "x", "", " ", "٣", "\x00"])
def test_a_page_is_a_positive_number(client, name, value):
    assert client.get(**{name: value}) == (400, WRONG_PAGE)


def test_a_page_is_given_in_brackets(client):
    assert client.get(page="2") == (400, WRONG_PAGE)
