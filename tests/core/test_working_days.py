"""Working days in England."""

from datetime import date, timedelta

import pytest

from core.working_days import bank_holidays, is_working_day

# GOV.UK, "UK bank holidays", England and Wales; without those of one year (2020, 2022 and 2023 had
# such).
PUBLISHED = {
    2021: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2024: "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec",
    2025: "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2027: "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2028: "3 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_bank_holidays_are_those_that_are_published(year):
    said = [f"{day.day} {day:%b}" for day in sorted(bank_holidays(year))]
    assert ", ".join(said) == PUBLISHED[year]


def test_christmas_day_on_a_sunday_moves_past_boxing_day():
    assert {date(2022, 12, 26), date(2022, 12, 27)} <= bank_holidays(2022)


def test_every_year_has_eight_on_weekdays():
    for year in range(2020, 2100):
        assert [day.weekday() < 5 for day in bank_holidays(year)] == [True] * 8


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),  # a Saturday
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
    ],
)
def test_a_working_day_is_neither_at_a_weekend_nor_a_bank_holiday(day, works):
    assert is_working_day(day) is works
    assert is_working_day(day + timedelta(days=7)) is (day.weekday() < 5 and day.day != 25)
