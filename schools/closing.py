"""Schools that close: what their pages say, and that they take no new people."""

from datetime import date

from core.periods import in_words
from core.refusals import RefusedChange
from schools.models import School


def closed_in_words(school: School, day: date) -> str:
    """That the school is closed on this day, and what follows; "" when it is open."""
    if not school.is_closed(day):
        return ""
    closed = f"closed on {in_words(school.closed_on)}" if school.closed_on else "is closed"
    return f"{school.name} {closed}. {why_no_joining(school, day)}."


def why_no_joining(school: School, day: date) -> str:
    """Why no mentor or ECT can be added to this school on this day; "" when they can be."""
    return "A closed school takes no new people" if school.is_closed(day) else ""


def check_joining(school: School, started_on: date, day: date) -> None:
    """Raise RefusedChange unless people can start at the school on `started_on`; `day` is today."""
    if reason := why_no_joining(school, day):
        raise RefusedChange(reason)
    if school.closed_on and school.closed_on <= started_on:
        closes = in_words(school.closed_on)
        raise RefusedChange(f"Start date must be before {closes}, when {school.name} closes")
