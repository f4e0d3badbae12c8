"""Days in words, and the London day of a moment."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_words(day: date) -> str:
    """A day in GOV.UK style, such as "20 April 2023"."""
    return f"{day.day} {day:%B %Y}"


def years_after(day: date, years: int) -> date:
    """The same day this many years later; 1 March for 29 February when that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def london_day(moment: datetime) -> date:
    """The day in London at this moment: 29 July 23:30 UTC is 30 July."""
    return moment.astimezone(LONDON).date()
