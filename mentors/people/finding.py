"""Finds the row of one person at a school by a public id, and asks whether the user may see it.

The person is found first, by a unique index, so that a page costs the same however many schools
and people a user may see.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Func, Q, QuerySet, TextField, UUIDField, Value

from accounts.models import User
from core.compiled_queries import DAY, CompiledQuery, Slot
from mentors.people.ect_training import with_category
from mentors.people.listing import has_left
from schools.access import school_ids_of
from schools.models import ECTAtSchool, MentorAtSchool, Person, School, Teacher


def find_person(
    model: type[Person], user: User, urn: int, public_id: UUID, day: date
) -> Person | None:
    """The row of the person with this public id at this school, if the user may see it on this day.

    It is the row that `person_at` finds. It gets `has_other_schools`: whether the user has another
    school.
    """
    person, seen = person_at(model, urn, public_id, day), school_ids_of(user, day)
    if person is None or person.school_id not in seen:
        return None
    person.has_other_schools = len(seen) > 1  # type: ignore[attr-defined]
    return person


def person_at(model: type[Person], urn: int, public_id: UUID, day: date) -> Person | None:
    """The row of the person with this public id at this school: current, else next, else latest.

    The id may belong to any of the person's rows at the school, so that old links keep working.
    The row comes with teacher, school and leaving; an ECT's has the CategoryColumns of the day.
    """
    rows = _ROWS[model].all(public_id=public_id, urn=urn, day=day)
    return current_row(rows, day) if rows else None


def current_row(rows: Sequence[Person], day: date) -> Person:
    """One of a person's rows at a school: the current one, else the next, else the latest.

    It is the one that `one_row_per_person` finds, for rows that are read already.
    """
    not_over = [row for row in rows if not has_left(row, day)]
    if not_over:
        return min(not_over, key=lambda row: row.started_on)
    return max(rows, key=lambda row: row.started_on)


def teachers_like(school: School, name: str, born_on: date) -> list[Teacher]:
    """The teachers who are or were at this school, with this name and date of birth.

    Capitals, accents, spaces and the order of the words make no difference to a name. If two names
    have two or more words in common, one may have further words, such as a middle name.
    """
    here = Q(mentoratschools__school=school) | Q(ectatschools__school=school)
    asked = Func(Value(name), function="searchable", output_field=TextField())
    born_that_day = Teacher.objects.filter(here, date_of_birth=born_on).distinct()
    both_names = born_that_day.annotate(asked=asked).values_list("pk", "searchable_name", "asked")
    alike = [pk for pk, *names in both_names if _are_alike(*names)]
    return list(Teacher.objects.filter(pk__in=alike))


def _are_alike(name: str, other: str) -> bool:
    """Whether two searchable names may be those of one person."""
    words, others = set(name.split()), set(other.split())
    is_part = (words <= others or others <= words) and len(words & others) > 1
    return is_part or words == others or name.replace(" ", "") == other.replace(" ", "")


def _rows(model: type[Person]) -> QuerySet[Person]:
    here = model.objects.filter(school__urn=Slot("urn"))
    with_this_id = here.filter(public_id=Slot("public_id", UUIDField())).order_by()
    rows = here.filter(teacher=with_this_id.values("teacher")[:1])
    return rows.select_related("teacher", "school", "leaving").order_by()


_ROWS: dict[type, CompiledQuery[Any]] = {
    MentorAtSchool: CompiledQuery(lambda: _rows(MentorAtSchool)),
    ECTAtSchool: CompiledQuery(lambda: with_category(_rows(ECTAtSchool), DAY)),
}
