"""The people of a school as its pages list them: each once, A to Z, and found by name or TRN."""

import unicodedata
from datetime import date
from typing import TypeVar
from uuid import UUID

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

from schools.models import ECTAtSchool, MentorAtSchool

Person = TypeVar("Person", MentorAtSchool, ECTAtSchool)

PAGE_SIZE = 50
# The apostrophe that phones write.
_CURLY = "\u2019"

# As `plain` does it, in SQL: a combining accent is a character of its own in the form NFD.
_WITHOUT_ACCENTS = r"regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')"


def one_row_per_person(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """Of somebody's several times at a school, the one that stands for them on this day.

    It is the first that is not over: that of the day, else the next one. When all are, the latest.
    """
    # Each row against the others of the same person there, so that it serves within a query too.
    theirs = people.model.objects.filter(teacher=OuterRef("teacher"), school=OuterRef("school"))
    over = Q(finished_on__isnull=False, finished_on__lte=day)
    earlier, later = (Q(**{f"started_on__{way}": OuterRef("started_on")}) for way in ("lt", "gt"))
    return people.filter(
        Q(~over, ~Exists(theirs.filter(~over, earlier)))
        | Q(over, ~Exists(theirs.filter(~over | later)))
    )


def latest_first(day: date) -> tuple[OrderBy, ...]:
    """The order of periods in which the latest that has begun comes first."""
    begun = ExpressionWrapper(Q(started_on__lte=day), output_field=BooleanField())
    return begun.desc(), F("started_on").desc()


def row_of_person(
    people: QuerySet[Person], urn: int, public_id: UUID, day: date
) -> QuerySet[Person]:
    """The person with this public id at this school, by the time that stands for them: one or none.

    The id may be that of any of their times there, so that an address once noted still works.
    """
    named = people.filter(school__urn=urn, public_id=public_id)
    there = people.filter(school__urn=urn, teacher__in=named.values("teacher"))
    return one_row_per_person(there, day)


def has_left(person: MentorAtSchool | ECTAtSchool, day: date) -> bool:
    """Whether this time at the school is over on this day."""
    return person.finished_on is not None and person.finished_on <= day


def by_name() -> tuple[Combinable | str, ...]:
    """The order A to Z, with É beside E and de Souza beside Dean."""
    return _plain_in_sql("teacher__name"), "teacher__trn"


def found_by(people: QuerySet[Person], search: str) -> QuerySet[Person]:
    """Those whose name or TRN has every word of the search in it; all, when it has no words.

    Accents, capitals, the kind of apostrophe and the zeros that a TRN begins with may be left out.
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
    return "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f").lower()


def _plain_in_sql(field: str) -> Lower:
    straight = f"translate({_WITHOUT_ACCENTS}, '{_CURLY}', '''')"
    return Lower(Func(field, template=straight, output_field=CharField()))
