"""Which days are working days in England."""

from datetime import date, timedelta

from dateutil.easter import easter

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether this is a day from Monday to Friday, and no bank holiday of every year in England.

    A bank holiday of one year, such as a coronation's, is not known here.
    """
    return _is_weekday(day) and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of every year in England, in this one; each is a weekday.

    One that falls on a weekend moves to the next weekday that is not one itself.
    Source: GOV.UK, "UK bank holidays", and the Banking and Financial Dealings Act 1971.
    """
    holidays = {
        easter(year) - 2 * _DAY,
        easter(year) + _DAY,
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    # Boxing Day comes before Christmas Day: where it is a Monday, Christmas moves past it.
    for day in (date(year, 1, 1), date(year, 12, 26), date(year, 12, 25)):
        while not _is_weekday(day) or day in holidays:
            day += _DAY
        holidays.add(day)
    return frozenset(holidays)


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _monday_from(day: date) -> date:
    """The first Monday on this day or after it."""
    return day + _DAY * (-day.weekday() % 7)
