"""How the floor reads a page's facts: one prepared statement, and plain rules over its one row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from benchmarks.compared import facts
from benchmarks.compared.facts import Chunk, Person, School, Year

SQL = {file.stem: file.read_text() for file in (Path(__file__).parent / "sql").glob("*.sql")}


class NotFoundError(Exception):
    """There is no such page for this user."""


def read(
    connection: psycopg.Connection,
    page: str,
    user: int,
    urn: int,
    public_id: UUID | None,
    day: date,
) -> tuple[str, list[Chunk]]:
    """The user's password, for the session's check, and the chunks of the page."""
    asked = {"user": user, "urn": urn, "day": day}
    if public_id is not None:
        asked["public_id"] = public_id
    row = connection.execute(SQL[page], asked, prepare=True).fetchone()
    if row is None:
        raise NotFoundError
    school, urn, has_others, password, *rest = row
    return password, _RULES[page](School(school, urn, has_others), rest, day)


def _mentor(school: School, row: list, day: date) -> list[Chunk]:
    *person, also_at, stands, ects, changeable, assignable = row[:12]
    training, elsewhere, paired, final, taken_back_by, early, led, policy = row[12:]
    assert policy in (None, "completed_only"), policy
    school.is_school_led = led
    return facts.mentor(
        school,
        Person(*person),
        also_at,
        [(of, name, date.fromisoformat(started)) for of, name, started in ects or ()],
        changeable=changeable,
        assignable=assignable,
        may_be_undone=not stands,
        training=facts.Training(
            here=training and training[:3],
            is_over=training is not None and training[3],
            completed_with=final,
            is_early=early,
            taken_back_by=taken_back_by,
            elsewhere=elsewhere,
            paired=paired,
        ),
        day=day,
    )


def _ect(school: School, row: list, day: date) -> list[Chunk]:
    *person, started, ended, stands, mentor = row[:11]
    can_be_given_a_mentor, in_training, training, led = row[11:]
    school.is_school_led = led
    return facts.ect(
        school,
        Person(*person),
        mentor,
        (started, ended if ended and ended < day else None),
        can_be_given_a_mentor=can_be_given_a_mentor,
        may_be_undone=not stands,
        in_training=in_training,
        training=facts.Training(here=training),
        day=day,
    )


def _mentors(school: School, row: list, day: date) -> list[Chunk]:
    *counts, cards = row
    return facts.mentors(
        school,
        tuple(counts),
        [
            (of, name, completed, [(ect, date.fromisoformat(began)) for ect, began in ects])
            for of, name, completed, ects in cards or ()
        ],
    )


def _home(school: School, row: list, day: date) -> list[Chunk]:
    tutors, here, ects, alone, years = row
    return facts.home(
        school,
        sorted(tutors.values(), key=str.casefold),
        (here, ects, alone),
        [
            Year(start, programme, body, names or ())
            for start, programme, body, names in years or ()
        ],
        day,
    )


_RULES: dict[str, Callable[[School, list, date], list[Chunk]]] = {
    "mentor": _mentor,
    "ect": _ect,
    "mentors": _mentors,
    "home": _home,
}
