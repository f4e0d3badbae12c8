"""The list: its order, pages and filters. Who sees what is in test_visibility.py."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.utils import timezone

from declarations.models import Declaration, PageCursor
from declarations.states import State
from declarations.submission import submit
from declarations.transitions import change_state
from tests.declarations.client import PATH, Provider, errors
from tests.declarations.trained import BY, NOW, claim_about, make_trained, provider

pytestmark = pytest.mark.django_db
WRONG_PAGE = errors(
    "Bad request",
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid positive number",
)
WRONG_SINCE = errors("Bad request", "The filter '#/updated_since' must be a valid ISO 8601 date")
WRONG_FILTER = errors("Bad parameter", "Filter must be a hash")


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


class TestFilters:
    @pytest.fixture
    def some(self):
        """Two mentors of two cohorts, with two partners, and a third of neither."""
        self.one = make_trained(2023, delivery_partner="Leeds Hub")
        self.two = make_trained(2024, delivery_partner="York Hub")
        self.three = make_trained(2022, delivery_partner="Hull Hub")
        trainings = (self.one, self.two, self.three)
        made = [declared(each, "started", n) for n, each in enumerate(trainings)]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            Declaration.objects.update(updated_at=F("created_at"))
            cursor.execute("SET LOCAL session_replication_role = origin")
        return made

    @pytest.mark.parametrize(
        ("years", "found"),
        [("2023", [0]), ("2023,2024", [0, 1]), (" 2024 , 2023", [0, 1]), ("2023,,x,20245", [0]),
         ("2031", []), ("x", []), (",", []), ("23", []), ("\x00", []), ("", [0, 1, 2]),
         (" ", [0, 1, 2]), ("٢٠٢٣", []), ("2023.0", []), ("-2023", []), ("9999", [])],
    )  # fmt: skip
    def test_by_cohort(self, client, some, years, found):
        assert client.ids(**{"filter[cohort]": years}) == [some[n] for n in found]

    @pytest.mark.parametrize(
        ("form", "found"),
        [("{0}", [0]), ("{0},{1}", [0, 1]), ("x,{1},{1}", [1]), ("{none}", []),
         ("{none},{2}", [2]), ("x", []), (",,", []), ("\x00,{0}", [0]), ("", [0, 1, 2]),
         ("{none}," * 9 + "{2},{0}", [0, 2])],
    )  # fmt: skip
    @pytest.mark.parametrize("name", ["participant_id", "delivery_partner_id"])
    def test_by_participant_and_partner(self, client, some, name, form, found):
        trainings = (self.one, self.two, self.three)
        known = {
            "participant_id": [each.teacher.participant_id for each in trainings],
            "delivery_partner_id": [
                each.partnership.delivery_partner.public_id for each in trainings
            ],
        }
        value = form.format(*known[name], none=UUID(int=7))
        assert client.ids(**{f"filter[{name}]": value}) == [some[n] for n in found]

    def test_all_filters_hold_together(self, client, some):
        both = {"filter[cohort]": "2023,2024", "filter[updated_since]": "2026-03-02T09:31:00Z"}
        assert client.ids(**both) == [some[1]]
        both["filter[participant_id]"] = str(self.one.teacher.participant_id)
        assert client.ids(**both) == []

    @pytest.mark.parametrize("stretch", [1, 10])
    @pytest.mark.parametrize("also", [{}, {"filter[updated_since]": "2026-03-02T09:30:00Z"}])
    def test_a_filtered_list_has_pages_too(self, client, some, stretch, also, monkeypatch):
        # In a short stretch there may be none of them: then they are looked for among all.
        monkeypatch.setattr("declarations.listing._STRETCH", stretch)
        assert client.ids(**{"filter[cohort]": "2022", "page[per_page]": 1} | also) == [some[2]]
        query = {"filter[cohort]": "2022,2023", "page[per_page]": 1} | also
        assert client.ids(**query) == [some[0]]
        assert client.ids(**query, **{"page[page]": 2}) == [some[2]]
        assert client.ids(**query, **{"page[page]": 3}) == []
        partner = str(self.three.partnership.delivery_partner.public_id)
        query = {"filter[delivery_partner_id]": partner, "page[per_page]": 1} | also
        assert client.ids(**query) == [some[2]]
        assert client.ids(**query, **{"page[page]": 2}) == []

    @pytest.mark.parametrize(
        ("since", "found"),
        [
            ("2026-03-02T09:31:00Z", [1, 2]),
            ("2026-03-02T09:31:00.000001Z", [2]),
            ("2026-03-02T09:31:00", [1, 2]),
            ("2026-03-02T10:31:00+01:00", [1, 2]),
            ("2026-03-02T10:31:00+01", [1, 2]),
            ("2026-03-02T10:31:00+0100", [1, 2]),
            ("2026-03-02T04:01:00-05:30", [1, 2]),
            ("20260302T093100Z", [1, 2]),
            ("2026-03-02T09:31Z", [1, 2]),
            ("2026-W10-1T09:31:00Z", [1, 2]),
            ("2099-01-01T00:00:00Z", []),
            ("1999-01-01T00:00:00Z", [0, 1, 2]),
            ("", [0, 1, 2]),
        ],
    )
    @pytest.mark.parametrize("times", [0, 1, 2])
    def test_by_the_last_change_encoded_once_twice_or_not_at_all(
        self, client, some, since, found, times
    ):
        for _ in range(times):
            since = quote(since, safe="")
        status, answer = client.send("GET", f"{PATH}?filter[updated_since]={since}")
        assert status == 200
        assert [each["id"] for each in answer["data"]] == [some[n] for n in found]

    @pytest.mark.parametrize(
        "since",
        ["yesterday", "2026-03-02", "2026-13-02T09:31:00Z", "2026-03-02T25:00:00Z", "1772443860",
         "2026-03-02T09:31:00ZZ", "\x00", "0001-01-01T00:00:00Z", "%25%25", "٢", "T", "2026-03-02 ",
         "2026-03-02 09:31:00", "2026-03-02T09:31:00+99:00", "9999-12-31T23:59:59-12:00"],
    )  # fmt: skip
    def test_the_last_change_is_a_date_time(self, client, since):
        assert client.get(**{"filter[updated_since]": since}) == (400, WRONG_SINCE)

    def test_a_change_of_state_is_a_change(self, client, some):
        declaration = Declaration.objects.get(pk=some[0])
        begun = timezone.now() - timedelta(minutes=1)
        change_state(declaration, State.VOIDED, by=BY, why="in a test", now=NOW)
        assert client.ids(**{"filter[updated_since]": begun.isoformat()}) == [some[0]]

    @pytest.mark.parametrize(
        "query", ["filter=abc", "filter[]=abc", "filter[cohort]=2023&filter=x"]
    )
    def test_a_filter_is_a_hash(self, client, query):
        assert client.send("GET", f"{PATH}?{query}") == (400, WRONG_FILTER)

    def test_there_may_be_a_thousand_parameters_and_no_more(self, client, some):
        assert client.send("GET", f"{PATH}?{'x&' * 999}x")[0] == 200
        status, answer = client.send("GET", f"{PATH}?{'x&' * 1000}x")
        assert (status, answer["errors"][0]["title"]) == (400, "Bad request")

    @pytest.mark.parametrize(
        "query", ["filter=", "filter[x]=y", "sort=-created_at", "%ff=%ff", "&&="]
    )
    def test_what_filters_nothing(self, client, some, query):
        status, answer = client.send("GET", f"{PATH}?{query}")
        assert (status, [each["id"] for each in answer["data"]]) == (200, some)

    def test_the_single_declaration_is_not_filtered(self, client, some):
        path = f"{PATH}/{some[0]}?filter[cohort]=2024&filter=x"
        assert client.send("GET", path)[0] == 200
