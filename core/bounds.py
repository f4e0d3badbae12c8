"""The bounds of the days that people enter: the same on the schools' pages and in admin."""

from datetime import date

from core.periods import in_words, years_after
from core.refusals import RefusedChange

# This service keeps no earlier years: no record of today's mentors and ECTs needs them.
EARLIEST = date(2010, 9, 1)
# The ages of teachers, in years. The upper one is far above any teacher's, and catches a slip.
YOUNGEST, OLDEST = 18, 100


def latest(day: date) -> date:
    """The last day that may be entered on this day, a year ahead: a later one is a slip."""
    return years_after(day, 1)


def check_day(what: str, entered: date, day: date) -> None:
    """Raise RefusedChange for a day before EARLIEST or after the latest one.

    `what` is the name of the field, and `day` is today.
    """
    if entered > latest(day):
        raise RefusedChange(f"{what} must be on or before {in_words(latest(day))}")
    if entered < EARLIEST:
        raise RefusedChange(f"{what} must be on or after {in_words(EARLIEST)}")


def check_of_age(what: str, born_on: date, entered: date) -> None:
    """Raise RefusedChange for a day, named by `what`, before the person's 18th birthday."""
    of_age = years_after(born_on, YOUNGEST)
    if entered < of_age:
        raise RefusedChange(
            f"{what} must be on or after {in_words(of_age)}, when they became {YOUNGEST}"
        )


def check_date_of_birth(born_on: date, day: date) -> None:
    """Raise RefusedChange when a person born on `born_on` cannot be a teacher on this day."""
    if born_on >= day:
        raise RefusedChange("Date of birth must be in the past")
    if years_after(born_on, YOUNGEST) > day:
        raise RefusedChange(f"Date of birth must be at least {YOUNGEST} years ago")
    if years_after(born_on, OLDEST) <= day:
        raise RefusedChange(f"Date of birth must be less than {OLDEST} years ago")
