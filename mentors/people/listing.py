"""The people of a school in a list: one row for each person, A to Z, searched by name or TRN."""

import unicodedata
from datetime import date

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Lower

from schools.models import Person, PersonAtSchool

PAGE_SIZE = 50
# The apostrophe that phones type.
_CURLY = "\u2019"

# The same as `plain` in SQL: in the form NFD an accent is a character of its own.
_WITHOUT_ACCENTS = r"regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')"


def one_row_per_person(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """One row for each person at each school: the current one, else the next, else the latest.

    A person has several rows when they left a school and came back.
    """
    # Compares each row with the person's other rows, and so works in a subquery as well.
    same_person = people.model.objects.filter(
        teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    over = Q(finished_on__isnull=False, finished_on__lte=day)
    earlier = Q(started_on__lt=OuterRef("started_on"))
    later = Q(started_on__gt=OuterRef("started_on"))
    return people.filter(
        Q(~over, ~Exists(same_person.filter(~over, earlier)))
        | Q(over, ~Exists(same_person.filter(~over | later)))
    )


def latest_first(day: date) -> tuple[OrderBy, ...]:
    """Sorts periods: those that have begun by this day first, each group from the newest."""
    begun = ExpressionWrapper(Q(started_on__lte=day), output_field=BooleanField())
    return begun.desc(), F("started_on").desc()


def has_left(person: PersonAtSchool, day: date) -> bool:
    """Whether this person's last day at the school is before this day."""
    return person.is_over(day)


def by_name() -> tuple[Combinable | str, ...]:
    """Sorts by name without accents or capitals, so that É is beside E, and then by TRN."""
    return _plain_in_sql("teacher__name"), "teacher__trn"


def found_by(people: QuerySet[Person], search: str) -> QuerySet[Person]:
    """The people with each word of the search in their name or TRN.

    An empty search finds all. Accents, capitals and the kind of apostrophe make no difference, and
    a TRN is found without its leading zeros.
    """
    if not search.split():
        return people
    people = people.alias(plain_name=_plain_in_sql("teacher__name"))
    for word in plain(search).split():
        people = people.filter(Q(plain_name__contains=word) | Q(teacher__trn__contains=word))
    return people


def plain(text: str) -> str:
    """Text in lower case, without accents, and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFD", text.replace(_CURLY, "'"))
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f").lower()


def _plain_in_sql(field: str) -> Lower:
    straight = f"translate({_WITHOUT_ACCENTS}, '{_CURLY}', '''')"
    return Lower(Func(field, template=straight, output_field=CharField()))
