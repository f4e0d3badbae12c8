"""What DfE staff search for: each word is looked for as what it is.

| a word | is |
|---|---|
| 7 digits, or fewer (a file ate the zeros) | a TRN |
| 6 digits | a URN, or a TRN without its zero |
| with an `@` | an email address, or its beginning |
| a UUID | an identifier that lead providers or pages use |
| a postcode, or its first half | the postcode of a school |
| any other | part of the name of a person, or of a school or its town |
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramDistance, TrigramWordDistance
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from accounts.models import User
from core.refusals import RefusedChange
from core.search_text import words_in
from schools.finding import known_by
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, Teacher
from schools.trn import as_searched

# A search that finds more people or schools than this is refused, and asks for another word.
MOST = 20_000
_MOST_WORDS = 20
# Where more teachers than this have a name, their own list asks for the name and not for their ids:
# PostgreSQL then soon has a page of them in the order of the list, A to Z.
_FEW = 1_000
# The people of so many schools at once are found by a school's name.
_MOST_SCHOOLS = 500
# So many of the names that are nearest to a misspelt one are found.
_NEAREST = 20
_TRN, _URN = 7, 6
# A person's name and a school's are told apart in a search of so many words.
_MOST_SPLIT = 6
_AS_TEXT = "SELECT count(*), array_agg(id)::text FROM ({}) AS found (id)"
_FEWEST_LETTERS = 3  # of a word that an index finds within another
_POSTCODE = re.compile(
    r"(?<!\S)([A-Z]{1,2}[0-9][0-9A-Z]?)(?: ?([0-9][A-Z]{2}))?(?!\S)", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True)
class FoundBy:
    """The columns by which the rows of a list are found.

    `teachers`, `schools` and `users` lead to those rows ("pk" in their own list), `emails` and
    `ids` hold an address or a UUID. Where no column leads to a school, a school finds its teachers.
    """

    teachers: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass
class Words:
    """The words of a search by kind; `names` are parts of a name."""

    numbers: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    ids: list[UUID] = field(default_factory=list)
    postcodes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        kinds = (self.numbers, self.emails, self.ids, self.postcodes, self.names)
        return sum(len(words) for words in kinds)


def words_by_kind(search: str) -> Words:
    """Take a search apart. A TRN may be written as people write it, such as RP12/34567."""
    words = Words()

    def take_postcode(found: re.Match) -> str:
        words.postcodes.append(f"{found[1]} {found[2] or ''}".upper())
        return " "

    for word in _POSTCODE.sub(take_postcode, as_searched(search)).split():
        if word.isascii() and word.isdecimal() and len(word) <= _TRN:
            words.numbers.append(word)
        elif "@" in word:
            words.emails.append(word.lower())
        elif (identifier := _uuid(word)) is not None:
            words.ids.append(identifier)
        else:
            words.names += words_in(word)
    return words


def matching(rows: QuerySet, search: str, by: FoundBy) -> tuple[QuerySet, bool]:
    """The rows that match every word of the search; and True if they match only nearly.

    An empty search finds all rows, and one of signs alone, such as a quotation mark, none. Only
    nearly: no name has these words, and the rows are those of the names most like them.
    Raises RefusedChange for too many words, and when they match too many people or schools.
    """
    words = words_by_kind(search)
    if not words:  # nothing was asked, or only signs that no name has
        return rows.none() if search.strip() else rows, False
    if len(words) > _MOST_WORDS:
        raise RefusedChange(f"Search by {_MOST_WORDS} words or fewer")
    conditions = [
        *(_of_number(number, by) for number in words.numbers),
        *(_of_email(email, by) for email in words.emails),
        *(_of_id(identifier, by) for identifier in words.ids),
        *(
            _at(_ids(School.objects.filter(postcode__startswith=each)), by)
            for each in words.postcodes
        ),
    ]
    if not words.names:
        found = rows.filter(*conditions) if conditions or not search.strip() else rows.none()
        return found, False
    named = _of_names(words.names, by)
    if named is not None:
        return rows.filter(named, *conditions), False
    return rows.filter(_like_names(words.names, by), *conditions), True


def _of_number(number: str, by: FoundBy) -> Q:
    found = _is(by.teachers, _ids(known_by(trn=number.zfill(_TRN))))
    if len(number) == _URN:
        found |= _at(_ids(School.objects.filter(urn=number)), by)
    return found


def _of_email(email: str, by: FoundBy) -> Q:
    if by.emails:
        return reduce(or_, (Q(**{f"{column}__startswith": email}) for column in by.emails))
    users = User.objects.filter(email__startswith=email) if by.users else User.objects.none()
    people = _at_schools(Q(email__startswith=email)) if by.teachers else Teacher.objects.none()
    return _is(by.users, _ids(users)) | _is(by.teachers, _ids(people))


def _of_id(identifier: UUID, by: FoundBy) -> Q:
    found = _is(by.teachers, _ids(known_by(participant_id=identifier)))
    found |= _is(by.teachers, _ids(known_by(mentor_training_record_id=identifier)))
    for column in by.ids:
        found |= Q(**{column: identifier})
    if by.schools:
        found |= _at(_ids(School.objects.filter(public_id=identifier)), by)
    return found


def _of_names(words: list[str], by: FoundBy) -> Q | None:
    """The condition for the names; None when no row can have them.

    All words are a person's name, or all are a school's; failing that, a person's name stands
    before or after the name of their school.
    """
    found = [each for each in (_of_people(words, by), _of_schools(words, by)) if each is not None]
    if not found and len(words) <= _MOST_SPLIT:
        for at in range(1, len(words)):
            for person, school in ((words[:at], words[at:]), (words[at:], words[:at])):
                with suppress(RefusedChange):
                    schools = _of_schools(school, by)  # first: fewer have a word than people
                    people = None if schools is None else _of_people(person, by)
                    if people is not None and schools is not None:
                        found.append(people & schools)
    return reduce(or_, found) if found else None


def _of_people(words: list[str], by: FoundBy) -> Q | None:
    named = _has(words, "searchable_name")
    people: QuerySet[Any, Any]
    if by.teachers:
        paths, people = by.teachers, Teacher.objects.filter(named)
        if paths == ("pk",) and people[_FEW:].exists():
            return named
    else:
        paths = by.users
        users = User.objects.filter(named).order_by().values_list("pk")
        people = users.union(InductionTutor.objects.filter(named).order_by().values_list("user"))
    return _is(paths, ids) if paths and (ids := _ids(people)) else None


def _of_schools(words: list[str], by: FoundBy) -> Q | None:
    schools = School.objects.filter(
        *(_has([word], "searchable_name") | _has([word], "searchable_town") for word in words)
    )
    if not by.schools and schools[_MOST_SCHOOLS:].exists():
        return None
    ids = _ids(schools)
    return _at(ids, by) if ids else None


def _has(words: list[str], column: str) -> Q:
    """Whether a searchable text has each word; one of 1 or 2 letters stands where a word begins.

    No index finds so few letters within a word.
    """
    conditions = (
        Q(**{f"{column}__has_{'words' if len(word) >= _FEWEST_LETTERS else 'beginnings'}": word})
        for word in words
    )
    return reduce(and_, conditions)


def _like_names(words: list[str], by: FoundBy) -> Q:
    """The condition for the names that are most like these words: of people, else of schools."""
    kinds: tuple[tuple[tuple[str, ...], type[Model]], ...] = (
        (by.teachers, Teacher),
        (by.users, User),
        (by.schools, School),
    )
    if any(sign.isalnum() for word in words for sign in word):
        for paths, model in kinds:
            if paths and (ids := _nearest(model, words)):
                return _is(paths, f"{{{','.join(map(str, ids))}}}")
    return Q(pk__in=[])


def _nearest(model: type[Model], words: list[str]) -> list[int]:
    """The ids of the rows whose names are most like these words, and like enough."""
    text: Any = Func(Value(" ".join(words)), function="searchable", output_field=TextField())
    name: Any = Lower("searchable_name")  # as the index has it
    # One word is compared with the words of a name, several with a name.
    distance, farthest = (
        (TrigramWordDistance(text, name), 0.7)
        if len(words) == 1
        else (TrigramDistance(name, text), 0.75)
    )
    nearest = model._default_manager.annotate(distance=distance).order_by("distance")
    found = nearest.values_list("pk", "distance")[:_NEAREST]
    return [pk for pk, away in found if away <= farthest]


def _at(schools: str, by: FoundBy) -> Q:
    """The condition for these schools, or, where no column leads to one, for their teachers."""
    if by.schools:
        return _is(by.schools, schools)
    return _is(by.teachers, _ids(_at_schools(_is(("school",), schools))))


def _at_schools(condition: Q) -> QuerySet:
    """The ids of the teachers who are or were at a school as this condition says."""
    of_mentors, of_ects = (
        model._default_manager.filter(condition).order_by().values_list("teacher")
        for model in (MentorAtSchool, ECTAtSchool)
    )
    return of_mentors.union(of_ects)


def _ids(rows: QuerySet) -> str:
    """The ids of the rows, as the text of an array; "" for none.

    A query of its own: within the other one PostgreSQL may read all rows. And a text: to read a
    list of thousands, and to write it into the other query, takes psycopg long.
    Raises RefusedChange for too many.
    """
    if rows.query.combinator is None:
        rows = rows.order_by().values_list("pk")
    try:
        sql, params = rows[: MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_AS_TEXT.format(sql), params)
        number, ids = cursor.fetchone()
    if number > MOST:
        raise RefusedChange(f"More than {MOST:,} people or schools match. Add another word")
    return ids or ""


def _is(columns: tuple[str, ...], ids: str) -> Q:
    """The condition that one of these columns is one of these ids, which `_ids` gave."""
    found = Q(pk__in=[])
    for column in columns if ids else ():
        found |= Q(
            Func(
                F(column),
                Value(ids),
                template="%(expressions)s::bigint[])",
                arg_joiner=" = ANY(",
                output_field=BooleanField(),
            )
        )
    return found


def _uuid(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
