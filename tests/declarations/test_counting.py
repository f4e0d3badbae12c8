"""The counts by which a page far down the list is found: kept with each change, or counted anew."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from declarations.counting import count_anew
from declarations.list_parts import Filters
from declarations.listing import Listing
from declarations.models import Declaration, DeclarationCount, SchoolYear
from declarations.states import State
from tests.at_once import one_waits, over_its_own_connection
from tests.builders import make_cohort, make_mentor, make_pair
from tests.config.processes import wait_until
from tests.databases import another_waits
from tests.declarations.kept import kept_by_triggers, kept_if_found_anew
from tests.declarations.trained import NOW, bring_to, declare, make_trained, provider

US, THEM = "Ambition Institute", "Teach First"
KINDS = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
# From the last moment of one week to the first of another, in UTC; two at the same moment.
MOMENTS = [
    datetime.fromisoformat(f"{moment}Z")
    for moment in (
        "2024-03-31T23:59:59.999999",
        "2024-04-01T00:00:00",
        "2024-04-01T00:00:00",
        "2024-04-07T23:30:00",
        "2024-04-15T09:00:00",
        "2025-01-01T00:00:00",
    )
]
many_connections = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(db) -> list[Declaration]:
    """Six declarations of two providers and two cohorts, all of which the first provider sees."""
    mentor = make_mentor()
    before = make_trained(
        2022, THEM, mentor=mentor, started_on=date(2022, 9, 1), finished_on=date(2024, 9, 1)
    )
    after = make_trained(2023, US, mentor=mentor, started_on=date(2024, 9, 1))
    declarations = [
        declare(before if n in (1, 4) else after, kind, declaration_date="2024-03-01T10:00:00Z")
        for n, kind in enumerate(KINDS)
    ]
    for declaration, moment in zip(declarations, MOMENTS, strict=True):
        Declaration.objects.filter(pk=declaration.pk).update(created_at=moment)
    return declarations


def by_number(cohorts: tuple[int, ...] | None, size: int) -> list:
    """The pages of what the first provider sees, each asked for by its number alone."""
    listing = Listing(provider(US), Filters(cohorts=cohorts))
    return [[row.id for row in listing.page(number, size)] for number in range(1, 9)]


def in_order(cohorts: tuple[int, ...] | None) -> list:
    return [row.id for row in Listing(provider(US), Filters(cohorts=cohorts)).page(1, 100)]


def void(made: list[Declaration]) -> None:
    bring_to(made[1], State.VOIDED)


def move_to_another_cohort(made: list[Declaration]) -> None:
    make_pair(US, year=2021)
    year = SchoolYear.objects.get(school=made[0].training_period.school, cohort__start_year=2023)
    SchoolYear.objects.filter(pk=year.pk).update(cohort=make_cohort(2021))


def date_earlier(made: list[Declaration]) -> None:
    Declaration.objects.update(created_at=MOMENTS[0] - timedelta(days=9))


def date_one_later(made: list[Declaration]) -> None:
    Declaration.objects.filter(pk=made[0].pk).update(created_at=MOMENTS[3])


def count(made: list[Declaration]) -> None:
    count_anew(NOW)


@pytest.mark.usefixtures("kept_as_found_anew")
@pytest.mark.parametrize(
    "change",
    [list, void, move_to_another_cohort, date_earlier, date_one_later, count],
    ids=lambda change: change.__name__,
)
def test_a_page_by_its_number_is_where_all_pages_before_it_end(made, change):
    change(made)
    for cohorts in (None, (2022,), (2021, 2022), ()):
        all_of_them = in_order(cohorts)
        for size in (1, 2, 4):
            assert by_number(cohorts, size) == [
                all_of_them[start : start + size] for start in range(0, 8 * size, size)
            ], (cohorts, size)


def test_the_provider_sees_all_six_and_those_of_a_cohort(made):
    assert in_order(None) == sorted([each.pk for each in made], key=_place(made))
    assert in_order((2022,)) == [made[1].pk, made[4].pk]


def _place(made: list[Declaration]) -> Callable:
    places = {each.pk: (moment, each.pk) for each, moment in zip(made, MOMENTS, strict=True)}
    return lambda pk: places[pk]


def test_counting_anew_leaves_one_count_for_each_week(made):
    assert DeclarationCount.objects.count() > 9
    count_anew(NOW)
    numbers = DeclarationCount.objects.order_by("lead_provider", "week", "cohort")
    # Each of the two providers sees all six.
    assert sum(numbers.values_list("number", flat=True)) == 12
    keys = list(numbers.values_list("lead_provider", "week", "cohort"))
    assert len(keys) == len(set(keys))


def test_counting_anew_puts_wrong_counts_right(made):
    DeclarationCount.objects.update(number=7)
    count_anew(NOW)
    assert kept_by_triggers() == kept_if_found_anew()


def meanwhile(act: Callable[[], object]) -> None:
    """Do it over another connection, which must not wait for this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(over_its_own_connection(act)).result(timeout=20)


@many_connections
def test_who_declares_does_not_wait_while_all_are_counted_anew():
    training = make_trained(2023, US)
    declare(training, "started")
    with transaction.atomic():
        count_anew(NOW)
        meanwhile(lambda: declare(training, "retained-1"))
    assert kept_by_triggers() == kept_if_found_anew()


@many_connections
def test_what_is_declared_while_all_are_counted_anew_counts_once():
    training = make_trained(2023, US)
    declare(training, "started")
    with transaction.atomic():
        declare(training, "retained-1")
        meanwhile(lambda: count_anew(NOW))
    assert kept_by_triggers() == kept_if_found_anew()


@many_connections
def test_what_is_declared_between_the_deletion_and_the_count_counts_once():
    training = make_trained(2023, US)
    declare(training, "started")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            list(DeclarationCount.objects.select_for_update())
            counted = pool.submit(over_its_own_connection(lambda: count_anew(NOW)))
            wait_until(another_waits, "the deletion waits for a count")
            meanwhile(lambda: declare(training, "retained-1"))
        counted.result(timeout=20)
    assert kept_by_triggers() == kept_if_found_anew()


@many_connections
def test_counting_anew_twice_at_once_counts_once():
    declare(make_trained(2023, US), "started")
    one_waits(lambda: count_anew(NOW), lambda: count_anew(NOW))
    assert kept_by_triggers() == kept_if_found_anew()


@many_connections
def test_two_who_declare_for_one_provider_at_once_do_not_wait_for_each_other():
    one, two = make_trained(2023, US), make_trained(2023, US)
    with transaction.atomic():
        declare(one, "started")
        meanwhile(lambda: declare(two, "started"))
    assert kept_by_triggers() == kept_if_found_anew()
