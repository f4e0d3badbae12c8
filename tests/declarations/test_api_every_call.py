"""What every call but those about declarations has in common: tokens, forms, order, pages."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from declarations.models import DeliveryPartner, SchoolPartnership
from schools.models import School, Teacher
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_pair,
    make_school,
    make_training_period,
)
from tests.declarations.client import (
    DENIED,
    NOT_FOUND,
    V3,
    WRONG_STRUCTURE,
    Provider,
    asked,
    errors,
    ids_of,
    in_pages,
)
from tests.declarations.trained import make_trained, provider

pytestmark = pytest.mark.django_db
LISTS = ("participants", "partnerships", "schools", "delivery-partners", "unfunded-mentors")
# Which columns a list is sorted by, to give rows moments of our choice; the id is public_id.
MODELS = {
    "participants": (Teacher, "updated_at", "participant_id"),
    "partnerships": (SchoolPartnership, "updated_at", "public_id"),
    "schools": (School, "updated_at", "public_id"),
    "delivery-partners": (DeliveryPartner, "updated_at", "public_id"),
    "unfunded-mentors": (Teacher, "unfunded_mentor_updated_at", "participant_id"),
}
STOPS = ("withdraw", "defer", "resume")
CALLS = [
    *(("GET", path) for path in LISTS),
    *(("GET", f"{path}/x") for path in LISTS),
    *(("PUT", f"participants/x/{what}") for what in STOPS),
    ("POST", "partnerships"),
    ("PUT", "partnerships/x"),
]
WRONG_FILTER = errors("Bad parameter", "Filter must be a hash")
WRONG_PAGE = errors(
    "Bad request",
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid positive number",
)
WRONG_SINCE = errors("Bad request", "The filter '#/updated_since' must be a valid ISO 8601 date")
FIRST = datetime(2025, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def client():
    return Provider(provider())


def cohort_for(path: str) -> dict[str, str]:
    """What the list needs to be asked for."""
    return {"filter_cohort": "2030"} if path == "schools" else {}


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_a_token_nothing_is_answered(client, method, path):
    headers = {"authorization": f"Bearer {client.secret}x"}
    answer = client.send(method, f"{V3}/{path}?filter=abc", headers=headers)
    assert answer == (401, DENIED)


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("query", ["filter=abc", "filter[]=abc"])
def test_a_filter_is_a_hash_on_every_call(client, method, path, query):
    assert client.send(method, f"{V3}/{path}?{query}") == (400, WRONG_FILTER)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("which", ["x", "1", "%00", "'", "5b04ddcb-ae15-4839-b7b2-27109decb119"])
def test_what_is_not_there_is_not_found(client, path, which):
    assert client.send("GET", f"{V3}/{path}/{which}?filter[cohort]=2023") == (404, NOT_FOUND)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "query", ["page=2", "page[page]=0", "page[page]=x", "page[per_page]=-1", "page[per_page]="]
)
def test_a_page_is_a_positive_number(client, path, query):
    address = f"{V3}/{path}?filter[cohort]=2023&{query}"
    assert client.send("GET", address) == (400, WRONG_PAGE)


@pytest.mark.parametrize("path", LISTS)
def test_since_is_a_date_time_where_it_is_a_filter(client, path):
    make_pair()
    address = f"{V3}/{path}?filter[cohort]=2023&filter[updated_since]=yesterday"
    status, answer = client.send("GET", address)
    if path == "delivery-partners":
        assert status == 200
    else:
        assert (status, answer) == (400, WRONG_SINCE)


BODIES = [
    b"", b"{", b"[]", b"{}", b'{"data": 1}', b'{"data": {}}', b'{"data": {"attributes": []}}',
    b'{"data": {"attributes": {}}}', b'{"data": {"attributes": {"x": 1}}}',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_a_body_has_attributes_of_the_call_and_is_read_before_the_participant(client, body):
    training = make_trained()
    for which in (uuid4(), "x", training.teacher.participant_id):
        for what in STOPS:
            path = f"{V3}/participants/{which}/{what}"
            assert client.send("PUT", path, body) == (400, WRONG_STRUCTURE)
    assert client.send("POST", f"{V3}/partnerships", body) == (400, WRONG_STRUCTURE)
    own = f"{V3}/partnerships/{training.partnership.public_id}"
    assert client.send("PUT", own, body) == (400, WRONG_STRUCTURE)
    assert client.send("PUT", f"{V3}/partnerships/{uuid4()}", body) == (404, NOT_FOUND)


def test_resuming_takes_no_reason(client):
    training = make_trained()
    path = f"participants/{training.teacher.participant_id}/resume"
    assert asked(client, "PUT", path, reason="other") == (400, WRONG_STRUCTURE)


@pytest.mark.parametrize("path", LISTS)
def test_another_method_is_not_allowed_and_another_address_not_found(client, path):
    assert client.send("DELETE", f"{V3}/{path}")[0] == 405
    assert client.send("PATCH", f"{V3}/{path}/x")[0] == 405
    assert client.send("GET", f"{V3}/{path}/x/y") == (404, NOT_FOUND)
    for left_out in ("transfers", "statements", "participants/x/change-schedule"):
        assert client.send("PUT", f"{V3}/{left_out}") == (404, NOT_FOUND)


@pytest.fixture
def rows(client):
    """Four rows of each list; two have the same `created_at`, and two the same `updated_at`."""
    make_cohort(2030)  # a year that no school has: else it would move the schools' moments
    found = {path: [] for path in LISTS}
    for number in range(4):
        training = make_trained(delivery_partner=f"Partner {number}")
        school = make_school()
        ect = make_ect(school=school)
        make_training_period(ect, make_trained(school=school).partnership)
        mentorship = make_mentorship(make_mentor(school=school), ect)
        found["participants"].append(training.teacher)
        found["partnerships"].append(training.partnership)
        found["schools"].append(training.school)
        found["delivery-partners"].append(training.partnership.delivery_partner)
        found["unfunded-mentors"].append(mentorship.mentor.teacher)
    return found


def give_moments(path: str, rows: list) -> list[tuple]:
    """Give the rows moments, all other rows of the table none of theirs; their sort keys."""
    model, updated_at, public_id = MODELS[path]
    keys = []
    for row, (created, updated) in zip(rows, [(0, 2), (0, 1), (1, 0), (2, 1)], strict=True):
        moments = FIRST + timedelta(hours=created), FIRST + timedelta(hours=updated)
        of_row = model.objects.filter(pk=row.pk)
        of_row.update(created_at=moments[0])
        with connection.cursor() as cursor:
            # Past the triggers, which alone write this column.
            cursor.execute("SET LOCAL session_replication_role = replica")
            of_row.update(**{updated_at: moments[1]})
            cursor.execute("SET LOCAL session_replication_role = origin")
        keys.append((*moments, getattr(row, public_id)))
    return keys


SORTS = {
    "": [("created", 1)],
    "created_at": [("created", 1)],
    "-created_at": [("created", -1)],
    " created_at": [("created", 1)],
    "+created_at": [("created", 1)],
    "updated_at": [("updated", 1)],
    "-updated_at": [("updated", -1)],
    "updated_at,-created_at": [("updated", 1), ("created", -1)],
    "-created_at,updated_at": [("created", -1), ("updated", 1)],
    "name,-updated_at,id": [("updated", -1)],
    "name": [("created", 1)],
    "--created_at": [("created", 1)],
}


# The orders in which several pages are read too: all that are different.
ON_PAGES = ("created_at", "-created_at", "updated_at", "-updated_at", "updated_at,-created_at")


@pytest.mark.parametrize("path", LISTS)
def test_the_order_is_what_is_asked_for_on_one_page_or_several(client, rows, path):
    keys = give_moments(path, rows[path])
    ours = {str(key[2]) for key in keys}
    for sort, by in SORTS.items():

        def order(key, by=by):
            moments = {"created": key[0], "updated": key[1]}
            return [sign * moments[name].timestamp() for name, sign in by] + [str(key[2])]

        wanted = [str(key[2]) for key in sorted(keys, key=order)]
        query = {"sort": sort, **cohort_for(path)}
        assert [each for each in ids_of(client, path, **query) if each in ours] == wanted, sort
        if sort in ON_PAGES:
            found = in_pages(client, path, 3, **query)
            assert [each for each in found if each in ours] == wanted, sort
            assert len(found) == len(set(found))


@pytest.mark.parametrize("path", LISTS)
def test_a_page_that_was_not_read_before_is_counted_to(client, rows, path):
    everything = ids_of(client, path, **cohort_for(path))
    page = {"page[page]": 2, "page[per_page]": 2}
    assert ids_of(client, path, **page, **cohort_for(path)) == everything[2:4]
    beyond = {"page[page]": 10**20, "page[per_page]": 3000}
    assert ids_of(client, path, **beyond, **cohort_for(path)) == []


def test_what_goes_and_comes_between_two_pages_shifts_nothing(client, rows):
    everything = ids_of(client, "partnerships")
    assert ids_of(client, "partnerships", **{"page[per_page]": 2}) == everything[:2]
    SchoolPartnership.objects.get(public_id=everything[0]).training_periods.all().delete()
    SchoolPartnership.objects.filter(public_id=everything[0]).delete()
    second = {"page[page]": 2, "page[per_page]": 2}
    assert ids_of(client, "partnerships", **second) == everything[2:4]


def test_what_comes_before_a_last_page_brings_no_row_of_it_again(client, rows):
    everything = ids_of(client, "partnerships")
    size = len(everything) - 1
    pages = [
        ids_of(client, "partnerships", **{"page[page]": number, "page[per_page]": size})
        for number in (1, 2)
    ]
    assert [each for page in pages for each in page] == everything
    with connection.cursor() as cursor:
        for _ in range(size):
            one = make_trained(delivery_partner="Partner 0").partnership
            cursor.execute("SET LOCAL session_replication_role = replica")
            SchoolPartnership.objects.filter(pk=one.pk).update(created_at=FIRST)
            cursor.execute("SET LOCAL session_replication_role = origin")
    third = {"page[page]": 3, "page[per_page]": size}
    assert ids_of(client, "partnerships", **third) == []
