"""The bounds of the days that people enter: the last day taken, and the first refused."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from core.bounds import check_date_of_birth, check_day, check_of_age
from core.refusals import RefusedChange

TODAY = date(2026, 3, 2)
_DAY = partial(check_day, "Start date", day=TODAY)
_OF_AGE = partial(check_of_age, "Start date", date(2008, 3, 2))
_BORN = partial(check_date_of_birth, day=TODAY)


@pytest.mark.parametrize(
    ("check", "taken", "refused", "why"),
    [
        (
            _DAY,
            date(2027, 3, 2),
            date(2027, 3, 3),
            "Start date must be on or before 2 March 2027",
        ),
        (
            _DAY,
            date(2010, 9, 1),
            date(2010, 8, 31),
            "Start date must be on or after 1 September 2010",
        ),
        (
            _OF_AGE,
            date(2026, 3, 2),
            date(2026, 3, 1),
            "Start date must be on or after 2 March 2026, when they became 18",
        ),
        (
            _BORN,
            date(2008, 3, 2),
            date(2008, 3, 3),
            "Date of birth must be at least 18 years ago",
        ),
        (
            _BORN,
            date(1926, 3, 3),
            date(1926, 3, 2),
            "Date of birth must be less than 100 years ago",
        ),
        (_BORN, date(1990, 1, 1), TODAY, "Date of birth must be in the past"),
    ],
)
def test_the_last_day_that_is_taken(check: Callable[[date], None], taken, refused, why):
    check(taken)
    with pytest.raises(RefusedChange) as refusal:
        check(refused)
    assert str(refusal.value) == why
