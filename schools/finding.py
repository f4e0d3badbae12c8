"""Finds a teacher by TRN and date of birth. A user who knows one of them only learns nothing."""

from datetime import date

from core.periods import years_after
from core.refusals import RefusedChange
from schools.models import Teacher

# The ages of teachers, in years. The upper one is far above any teacher's, and catches a slip.
YOUNGEST, OLDEST = 18, 100


def check_date_of_birth(born_on: date, day: date) -> None:
    """Raise RefusedChange when a person born on `born_on` cannot be a teacher on this day."""
    if born_on >= day:
        raise RefusedChange("Date of birth must be in the past")
    if years_after(born_on, YOUNGEST) > day:
        raise RefusedChange(f"Date of birth must be at least {YOUNGEST} years ago")
    if years_after(born_on, OLDEST) <= day:
        raise RefusedChange(f"Date of birth must be less than {OLDEST} years ago")


def find(trn: str, born_on: date) -> Teacher | None:
    """The teacher with this TRN and this date of birth, else None.

    One query answers the same for an unknown TRN and for a known one with another date of birth, so
    that a TRN alone tells a user nothing.
    """
    return Teacher.objects.filter(trn=trn, date_of_birth=born_on).first()
