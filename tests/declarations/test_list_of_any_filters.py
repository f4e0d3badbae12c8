"""Pages of the list for all combinations of filters, against a plain look at what is listed."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import connection

from declarations.list_parts import Filters, Position
from declarations.listing import Listing
from declarations.models import Declaration, DeliveryPartner, SharedDeclaration
from tests.builders import make_mentor
from tests.declarations.trained import declare, make_trained, provider

pytestmark = pytest.mark.django_db

US, THEM = "Ambition Institute", "Teach First"
KINDS = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
NOW = datetime.now(UTC)
# About each mentor, of a started declaration and so on: some at the same moment, on both sides of
# the ends of weeks.
CREATED = [datetime(2024, 4, 1, tzinfo=UTC) + timedelta(hours=n) for n in (0, -1, 0, 167, 168, 999)]
UPDATED = [NOW - timedelta(weeks=n) for n in (1, 54, 0, 53, 52, 200)]


@pytest.fixture(scope="module")
def made(built_once) -> list[Declaration]:
    return built_once(build)


def build() -> list[Declaration]:
    """What two providers declared of two mentors, in turns; in the list's order."""
    made = []
    for mentor in (make_mentor(), make_mentor()):
        former = make_trained(
            2022, THEM, "Leeds Hub", mentor=mentor,
            started_on=date(2022, 9, 1), finished_on=date(2024, 9, 1),
        )  # fmt: skip
        latest = make_trained(2023, US, "York Hub", mentor=mentor, started_on=date(2024, 9, 1))
        made += [
            declare(training, kind, declaration_date="2024-03-01T10:00:00Z")
            for training, kind in zip([former, latest, latest] * 2, KINDS, strict=True)
        ]
    for declaration, created, updated in zip(made, CREATED * 2, UPDATED * 2, strict=True):
        one = Declaration.objects.filter(pk=declaration.pk)
        one.update(created_at=created)
        with connection.cursor() as cursor:  # no program can write this moment
            cursor.execute("SET LOCAL session_replication_role = replica")
            one.update(updated_at=updated)
            SharedDeclaration.objects.filter(declaration=declaration.pk).update(updated_at=updated)
            cursor.execute("SET LOCAL session_replication_role = origin")
        declaration.created_at, declaration.updated_at = created, updated
    return sorted(made, key=lambda each: (each.created_at, each.pk))


def is_asked_for(declaration: Declaration, filters: Filters) -> bool:
    asked = (
        (declaration.cohort.start_year, filters.cohorts),
        (declaration.delivery_partner.public_id, filters.delivery_partner_ids),
        (declaration.teacher.participant_id, filters.participant_ids),
    )
    since = filters.updated_since
    return all(values is None or value in values for value, values in asked) and (
        since is None or declaration.updated_at >= since
    )


def all_filters(made: list[Declaration]) -> list[Filters]:
    leeds, york = (
        DeliveryPartner.objects.get(name=name).public_id for name in ("Leeds Hub", "York Hub")
    )
    combinations = product(
        (None, (2022,), (2023, 2022), (1999,)),
        (None, (made[0].teacher.participant_id,)),
        (None, (leeds,), (york, leeds), (UUID(int=0),)),
        (None, *UPDATED[::2], UPDATED[3], UPDATED[3] + timedelta(microseconds=1)),
    )
    return [Filters(*each) for each in combinations]


@pytest.mark.parametrize(
    ("name", "few_partners", "few_weeks", "stretch"),
    [(US, 5, 3, 10), (THEM, 1, 53, 10), (US, 0, 0, 1)],
)
def test_each_page_is_where_it_is_in_the_whole_list(
    made, name, few_partners, few_weeks, stretch, monkeypatch
):
    monkeypatch.setattr("declarations.list_parts._FEW_PARTNERS", few_partners)
    monkeypatch.setattr("declarations.list_parts._FEW_WEEKS", few_weeks)
    monkeypatch.setattr("declarations.listing._STRETCH", stretch)
    for filters in all_filters(made):
        listed = [each for each in made if is_asked_for(each, filters)]
        ids = [each.pk for each in listed]
        listing = Listing(provider(name), filters)

        def page(number: int, listing: Listing = listing, **after: object) -> list[UUID]:
            return [row.id for row in listing.page(number, 3, **after)]

        assert [page(number) for number in (1, 2, 4)] == [ids[:3], ids[3:6], ids[9:12]], filters
        for end in listed[2:3]:
            assert page(2, after=Position(end.created_at, end.pk)) == ids[3:6], filters


def test_a_week_of_change_begins_on_monday_in_utc(made):
    moments = (datetime(2025, 7, 6, 23, 30, tzinfo=UTC), datetime(2025, 7, 7, tzinfo=UTC))
    for moment, monday in zip(moments, (date(2025, 6, 30), date(2025, 7, 7)), strict=True):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for kept in (Declaration, SharedDeclaration):
                kept.objects.update(updated_at=moment)
            cursor.execute("SET LOCAL session_replication_role = origin")
        for kept in (Declaration, SharedDeclaration):
            assert {*kept.objects.values_list("updated_week", flat=True)} == {monday}
