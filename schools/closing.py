"""Schools that close: what their pages say, that they take no new people, and pair none."""

from datetime import date

from django.db.models import Q

from core.periods import in_words
from core.refusals import RefusedChange
from schools.models import PersonAtSchool, School
from schools.models.school import SchoolStatus


def at_open_schools(day: date) -> Q:
    """The filter for people at schools that are open on this day: `School.is_closed` in SQL."""
    closes_later = Q(school__closed_on__isnull=True) | Q(school__closed_on__gt=day)
    return ~Q(school__status=SchoolStatus.CLOSED) & closes_later


def closed_in_words(school: School, day: date) -> str:
    """That the school is closed on this day, and what follows; "" when it is open."""
    if not school.is_closed(day):
        return ""
    closed = f"closed on {in_words(school.closed_on)}" if school.closed_on else "is closed"
    return f"{school.name} {closed}. {why_no_joining(school, day)}."


def why_no_joining(school: School, day: date) -> str:
    """Why no mentor or ECT can be added to this school on this day; "" when they can be."""
    return "A closed school takes no new people" if school.is_closed(day) else ""


def why_no_pairing(school: School, day: date) -> str:
    """Why no mentoring can begin at this school on this day; "" when it can."""
    return f"{school.name} is closed. No mentoring begins there" if school.is_closed(day) else ""


def check_open(what: str, school: School, started_on: date) -> None:
    """Raise RefusedChange when the school has closed by `started_on`; `what` names that field."""
    if school.closed_on and school.closed_on <= started_on:
        closes = in_words(school.closed_on)
        raise RefusedChange(f"{what} must be before {closes}, when {school.name} closes")


def check_joining(school: School, started_on: date, day: date) -> None:
    """Raise RefusedChange unless people can start at the school on `started_on`; `day` is today."""
    if reason := why_no_joining(school, day):
        raise RefusedChange(reason)
    check_open("Start date", school, started_on)


def check_time(time: PersonAtSchool, day: date) -> None:
    """Raise RefusedChange when the school was closed in a person's time there; `day` is today.

    DfE staff may enter a time that was over when the school closed, as the import of people may.
    """
    school = time.school
    check_open("First day", school, time.started_on)
    last = school.closed_on or day
    if school.is_closed(day) and (time.last_day is None or time.last_day > last):
        raise RefusedChange(
            f"{school.name} is closed. Enter a last day on or before {in_words(last)}"
        )
