"""The people of a school in a list: one row for each person, A to Z, searched by name or TRN."""

from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.lookups import LessThanOrEqual

from core.periods import not_over
from schools.models import Person, PersonAtSchool

PAGE_SIZE = 50


def one_row_per_person(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """One row for each person at each school: the current one, else the next, else the latest.

    A person has several rows when they left a school and came back.
    """
    # A person's times at a school do not overlap. A time is left out if an earlier one is not over,
    # or if it is over itself and there is a later one. This is one condition, so that PostgreSQL
    # reads the rows of the school once, and not those of each person.
    earlier = Q(started_on__lt=OuterRef("started_on")) & not_over(day)
    is_over = LessThanOrEqual(OuterRef("finished_on"), day)
    later = Q(is_over, started_on__gt=OuterRef("started_on"))
    same_person = people.model.objects.filter(
        teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    return people.filter(~Exists(same_person.filter(earlier | later)))


def latest_first(day: date) -> tuple[OrderBy, ...]:
    """Sorts periods: those that have begun by this day first, each group from the newest."""
    begun = ExpressionWrapper(Q(started_on__lte=day), output_field=BooleanField())
    return begun.desc(), F("started_on").desc()


def has_left(person: PersonAtSchool, day: date) -> bool:
    """Whether this person's last day at the school is before this day."""
    return person.is_over(day)


def by_name() -> tuple[str, ...]:
    """Sorts by name, É beside E and Ł beside L, and then by TRN."""
    return "teacher__searchable_name", "teacher__trn"


def found_by(people: QuerySet[Person], search: str) -> QuerySet[Person]:
    """The people with each word of the search in their name or TRN.

    An empty search finds all. What makes no difference in a name is in core/search_text.py; a TRN
    is found without its leading zeros.
    """
    for word in search.split():
        in_name = Q(teacher__searchable_name__has_words=word)
        people = people.filter(in_name | Q(teacher__trn__contains=word))
    return people
