"""The list's filters, and what is refused of them. Its order and pages are in test_api_list.py."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from declarations.models import Declaration, TrainingPeriod
from declarations.states import State
from declarations.transitions import change_state
from tests.declarations.client import PATH, Provider, errors
from tests.declarations.test_api_list import declared
from tests.declarations.trained import BY, NOW, make_trained, provider

pytestmark = pytest.mark.django_db
WRONG_SINCE = errors("Bad request", "The filter '#/updated_since' must be a valid ISO 8601 date")
WRONG_FILTER = errors("Bad parameter", "Filter must be a hash")


@dataclass(frozen=True)
class World:
    """Two mentors of two cohorts, with two partners, and a third of neither; what is declared."""

    client: Provider
    one: TrainingPeriod
    two: TrainingPeriod
    three: TrainingPeriod
    made: list[str]


def build() -> World:
    client = Provider(provider())
    one = make_trained(2023, delivery_partner="Leeds Hub")
    two = make_trained(2024, delivery_partner="York Hub")
    three = make_trained(2022, delivery_partner="Hull Hub")
    made = [declared(each, "started", n) for n, each in enumerate((one, two, three))]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Declaration.objects.update(updated_at=F("created_at"))
        cursor.execute("SET LOCAL session_replication_role = origin")
    return World(client, one, two, three, made)


@pytest.fixture(scope="module")
def world(built_once) -> World:
    return built_once(build)


@pytest.fixture
def client(db, world) -> Provider:
    return world.client


@pytest.mark.parametrize(
    ("years", "found"),
    [("2023", [0]), ("2023,2024", [0, 1]), (" 2024 , 2023", [0, 1]), ("2023,,x,20245", [0]),
     ("2031", []), ("x", []), (",", []), ("23", []), ("\x00", []), ("", [0, 1, 2]),
     (" ", [0, 1, 2]), ("٢٠٢٣", []), ("2023.0", []), ("-2023", []), ("9999", [])],
)  # fmt: skip
def test_by_cohort(client, world, years, found):
    assert client.ids(**{"filter[cohort]": years}) == [world.made[n] for n in found]


@pytest.mark.parametrize(
    ("form", "found"),
    [("{0}", [0]), ("{0},{1}", [0, 1]), ("x,{1},{1}", [1]), ("{none}", []),
     ("{none},{2}", [2]), ("x", []), (",,", []), ("\x00,{0}", [0]), ("", [0, 1, 2]),
     ("{none}," * 9 + "{2},{0}", [0, 2])],
)  # fmt: skip
@pytest.mark.parametrize("name", ["participant_id", "delivery_partner_id"])
def test_by_participant_and_partner(client, world, name, form, found):
    trainings = (world.one, world.two, world.three)
    known = {
        "participant_id": [each.teacher.participant_id for each in trainings],
        "delivery_partner_id": [each.partnership.delivery_partner.public_id for each in trainings],
    }
    value = form.format(*known[name], none=UUID(int=7))
    assert client.ids(**{f"filter[{name}]": value}) == [world.made[n] for n in found]


def test_all_filters_hold_together(client, world):
    both = {"filter[cohort]": "2023,2024", "filter[updated_since]": "2026-03-02T09:31:00Z"}
    assert client.ids(**both) == [world.made[1]]
    both["filter[participant_id]"] = str(world.one.teacher.participant_id)
    assert client.ids(**both) == []


@pytest.mark.parametrize(("stretch", "few_weeks"), [(1, 0), (10, 0), (10, 5000)])
@pytest.mark.parametrize("also", [{}, {"filter[updated_since]": "2026-03-02T09:30:00Z"}])
def test_a_filtered_list_has_pages_too(client, world, stretch, few_weeks, also, monkeypatch):
    # In a short stretch there may be none of them: then they are looked for among all.
    monkeypatch.setattr("declarations.listing._STRETCH", stretch)
    monkeypatch.setattr("declarations.list_parts._FEW_WEEKS", few_weeks)
    assert client.ids(**{"filter[cohort]": "2022", "page[per_page]": 1} | also) == [world.made[2]]
    query = {"filter[cohort]": "2022,2023", "page[per_page]": 1} | also
    assert client.ids(**query) == [world.made[0]]
    assert client.ids(**query, **{"page[page]": 2}) == [world.made[2]]
    assert client.ids(**query, **{"page[page]": 3}) == []
    partner = str(world.three.partnership.delivery_partner.public_id)
    query = {"filter[delivery_partner_id]": partner, "page[per_page]": 1} | also
    assert client.ids(**query) == [world.made[2]]
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
def test_by_the_last_change_encoded_once_twice_or_not_at_all(client, world, since, found, times):
    for _ in range(times):
        since = quote(since, safe="")
    status, answer = client.send("GET", f"{PATH}?filter[updated_since]={since}")
    assert status == 200
    assert [each["id"] for each in answer["data"]] == [world.made[n] for n in found]


@pytest.mark.parametrize(
    "since",
    ["yesterday", "2026-03-02", "2026-13-02T09:31:00Z", "2026-03-02T25:00:00Z", "1772443860",
     "2026-03-02T09:31:00ZZ", "\x00", "0001-01-01T00:00:00Z", "%25%25", "٢", "T", "2026-03-02 ",
     "2026-03-02 09:31:00", "2026-03-02T09:31:00+99:00", "9999-12-31T23:59:59-12:00"],
)  # fmt: skip
def test_the_last_change_is_a_date_time(client, since):
    assert client.get(**{"filter[updated_since]": since}) == (400, WRONG_SINCE)


def test_a_change_of_state_is_a_change(client, world):
    declaration = Declaration.objects.get(pk=world.made[0])
    begun = timezone.now() - timedelta(hours=1)
    change_state(declaration, State.VOIDED, by=BY, why="in a test", now=NOW)
    assert client.ids(**{"filter[updated_since]": begun.isoformat()}) == [world.made[0]]


@pytest.mark.parametrize("query", ["filter=abc", "filter[]=abc", "filter[cohort]=2023&filter=x"])
def test_a_filter_is_a_hash(client, query):
    assert client.send("GET", f"{PATH}?{query}") == (400, WRONG_FILTER)


def test_there_may_be_a_thousand_parameters_and_no_more(client, world):
    assert client.send("GET", f"{PATH}?{'x&' * 999}x")[0] == 200
    status, answer = client.send("GET", f"{PATH}?{'x&' * 1000}x")
    assert (status, answer["errors"][0]["title"]) == (400, "Bad request")


@pytest.mark.parametrize("query", ["filter=", "filter[x]=y", "sort=-created_at", "%ff=%ff", "&&="])
def test_what_filters_nothing(client, world, query):
    status, answer = client.send("GET", f"{PATH}?{query}")
    assert (status, [each["id"] for each in answer["data"]]) == (200, world.made)


def test_the_single_declaration_is_not_filtered(client, world):
    path = f"{PATH}/{world.made[0]}?filter[cohort]=2024&filter=x"
    assert client.send("GET", path)[0] == 200
