"""Days, and the two functions between a last day and the first day not included."""

from datetime import UTC, date, datetime

import pytest

from core.periods import (
    finished_on,
    in_words,
    last_day,
    london_day,
    moment_in_words,
    years_after,
)


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (date(2026, 8, 31), date(2026, 9, 1)),
        (date(2024, 2, 29), date(2024, 3, 1)),
        (date(2025, 12, 31), date(2026, 1, 1)),
        (None, None),
    ],
)
def test_each_function_undoes_the_other(last, end):
    assert finished_on(last) == end
    assert last_day(end) == last


@pytest.mark.parametrize(
    ("moment", "day", "words"),
    [
        (datetime(2026, 7, 29, 23, 30, tzinfo=UTC), date(2026, 7, 30), "30 July 2026, 00:30"),
        (datetime(2026, 7, 29, 22, 59, tzinfo=UTC), date(2026, 7, 29), "29 July 2026, 23:59"),
        (datetime(2026, 1, 5, 23, 30, tzinfo=UTC), date(2026, 1, 5), "5 January 2026, 23:30"),
    ],
)
def test_a_day_is_that_of_london(moment, day, words):
    assert london_day(moment) == day
    assert moment_in_words(moment) == words
    assert words.startswith(f"{in_words(day)}, ")


def test_a_leap_day_is_the_1_march_of_a_year_without_one():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2026, 5, 17), -5) == date(2021, 5, 17)
