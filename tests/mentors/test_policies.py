"""Which policy is in force on a day, and when the time to complete ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentors.models import StatusPolicy
from mentors.status.policies import (
    COMPLETED_ONLY,
    THREE_STATUSES,
    Policy,
    policy_in_force,
    with_time_limit,
)
from tests.mentors import training_facts as made_up
from tests.mentors.training_facts import on


def record(policy: Policy, day: date) -> None:
    StatusPolicy.objects.create(
        in_force_from=day, policy=policy.kind, months=policy.months_to_complete
    )


@pytest.mark.django_db
def test_without_a_record_it_is_completed_only():
    assert policy_in_force(on("1 September 2023")) == COMPLETED_ONLY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "policy"),
    [
        ("31 December 2023", COMPLETED_ONLY),
        ("1 January 2024", THREE_STATUSES),
        ("31 August 2024", THREE_STATUSES),
        ("1 September 2024", with_time_limit(36)),
        ("14 March 2025", with_time_limit(36)),
        ("15 March 2025", COMPLETED_ONLY),
        ("1 January 2035", COMPLETED_ONLY),
    ],
)
def test_a_record_holds_from_its_day_until_the_next_ones(day: str, policy: Policy):
    record(with_time_limit(36), on("1 September 2024"))
    record(COMPLETED_ONLY, on("15 March 2025"))
    record(THREE_STATUSES, on("1 January 2024"))

    assert policy_in_force(on(day)) == policy


@pytest.mark.django_db
def test_it_takes_one_query(django_assert_num_queries):
    record(with_time_limit(36), on("1 September 2024"))

    with django_assert_num_queries(1):
        policy_in_force(on("1 September 2025"))


class TestAnyRecords(TestCase):
    @given(st.dictionaries(made_up.days, made_up.policies, max_size=4), made_up.days)
    def test_no_record_dated_after_the_day_plays_a_part(
        self, records: dict[date, Policy], day: date
    ):
        for in_force_from, policy in records.items():
            record(policy, in_force_from)
        with_later = policy_in_force(day)

        StatusPolicy.objects.filter(in_force_from__gt=day).delete()

        assert policy_in_force(day) == with_later
        past = {at: policy for at, policy in records.items() if at <= day}
        assert with_later == (past[max(past)] if past else COMPLETED_ONLY)


@pytest.mark.parametrize(
    ("policy", "every_status", "previously_mentored"),
    [
        (COMPLETED_ONLY, False, False),
        (THREE_STATUSES, True, True),
        (with_time_limit(36), True, True),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_what_a_page_shows_is_a_property_of_the_policy(
    policy: Policy, every_status: bool, previously_mentored: bool
):
    assert policy.shows_every_status is every_status
    assert policy.shows_previously_mentored is previously_mentored


@pytest.mark.parametrize(
    ("started_on", "months", "last_day"),
    [
        ("15 July 2022", 36, "15 July 2025"),
        ("15 July 2022", 1, "15 August 2022"),
        ("15 July 2022", 5, "15 December 2022"),
        ("15 July 2022", 6, "15 January 2023"),
        ("15 December 2022", 12, "15 December 2023"),
        ("31 January 2023", 1, "28 February 2023"),
        ("31 January 2024", 1, "29 February 2024"),
        ("31 August 2022", 1, "30 September 2022"),
        ("29 February 2024", 12, "28 February 2025"),
        ("29 February 2024", 48, "29 February 2028"),
        ("1 September 2022", 240, "1 September 2042"),
    ],
)
def test_the_last_day_to_complete_is_the_corresponding_day(
    started_on: str, months: int, last_day: str
):
    assert with_time_limit(months).last_day_to_complete(on(started_on)) == on(last_day)


@pytest.mark.parametrize("policy", [COMPLETED_ONLY, THREE_STATUSES], ids=lambda policy: policy.kind)
def test_without_a_time_limit_there_is_no_last_day(policy: Policy):
    assert policy.last_day_to_complete(on("15 July 2022")) is None


@given(made_up.days, st.integers(1, 239))
def test_a_longer_limit_ends_later(started_on: date, months: int):
    shorter = with_time_limit(months).last_day_to_complete(started_on)
    longer = with_time_limit(months + 1).last_day_to_complete(started_on)

    assert timedelta(days=27) < longer - shorter < timedelta(days=32)
