"""Finding a teacher by TRN and date of birth: both, or nothing of them is known to whoever asks."""

import re
from datetime import date

from core.dates import years_after
from core.refusals import RefusedChange
from schools.models import Teacher

# Nobody teaches before the one age; the other is far above any teacher's, and catches a slip.
YOUNGEST, OLDEST = 18, 100


def trn_of(entry: str) -> str:
    """The TRN that somebody entered: 7 digits, leading zeros included; spaces count for nothing.

    Raises RefusedChange, which says how to put it right. Older papers have a TRN as RP12/34567.
    """
    trn = "".join(entry.split())
    if re.fullmatch("[0-9]{7}", trn):
        return trn
    if re.fullmatch("[0-9]+", trn):
        raise RefusedChange("TRN must be 7 digits. Include any zeros at the start, like 0123456")
    raise RefusedChange("TRN must be digits only, like 0123456. Leave out letters and slashes")


def check_date_of_birth(born_on: date, day: date) -> None:
    """Raise RefusedChange when nobody born on that day can be a teacher on this day."""
    if born_on >= day:
        raise RefusedChange("Date of birth must be in the past")
    if years_after(born_on, YOUNGEST) > day:
        raise RefusedChange(f"Date of birth must be at least {YOUNGEST} years ago")
    if years_after(born_on, OLDEST) <= day:
        raise RefusedChange(f"Date of birth must be less than {OLDEST} years ago")


def find(trn: str, born_on: date) -> Teacher | None:
    """The teacher with this TRN and this date of birth.

    None, by the same query, both for a TRN that is nobody's and for one with another date of birth:
    a TRN alone tells nothing about anybody.
    """
    return Teacher.objects.filter(trn=trn, date_of_birth=born_on).first()
