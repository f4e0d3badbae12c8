"""The facts that the templates of the four pages show, from what was read of the database.

A page is a list of chunks. Each has a `kind`, under which `templates.py` knows its HTML, and the
values that fill its slots; a list of values is a loop. What decides between words is in the kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

Chunk = dict[str, object]
Names = tuple[str, str]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def day_in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(slots=True)
class School:
    name: str
    urn: int
    has_others: bool
    is_school_led: bool = False  # in a year, and in none provider-led


@dataclass(slots=True)
class Person:
    name: str
    trn: str
    born: date
    email: str
    public_id: UUID
    finished_on: date | None
    last_day: date | None


@dataclass(slots=True)
class Year:
    start: int
    programme: str
    appropriate_body: str
    partnerships: Sequence[Names]


def mentor(
    school: School,
    person: Person,
    also_at: Sequence[str],
    ects: Sequence[tuple[str, str, date]],
    *,
    changeable: bool,
    assignable: bool,
    training: Names | None,
    completed_with: Names | None,
    completed: bool,
    day: date,
) -> list[Chunk]:
    """`ects` are the id, name and induction of those mentored now, by name."""
    left = _left(person, day)
    assignable = assignable and not left
    items = [
        {"name": name, "id": str(ect_id), "induction": day_in_words(started)}
        for ect_id, name, started in ects
    ]
    kind, lead_provider, partner = _trained_by(school, training, completed_with)
    return [
        *_beginning(school, person, left),
        *_personal(school, person, left, () if left else also_at),
        {
            "kind": f"mentoring {_word(items, 'some')} {_word(changeable and items, 'changeable')}"
            f" {_word(assignable, 'assignable')}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "ects": items,
        },
        {
            "kind": f"training {_word(left, 'left')} {_word(completed, 'completed')} {kind}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "lead_provider": lead_provider,
            "partner": partner,
        },
    ]


def ect(
    school: School,
    person: Person,
    mentor: tuple[str, str] | None,
    induction: tuple[date, date | None],
    *,
    can_be_given_a_mentor: bool,
    in_training: bool,
    training: Names | None,
    day: date,
) -> list[Chunk]:
    """`mentor` is the id and name; `induction` the first and the last day, if that is over."""
    left = _left(person, day)
    started, ended = induction
    tag = "left" if left else "completed" if ended else "training" if in_training else "eligible"
    of = {"left": person.last_day, "completed": ended, "training": started}.get(tag)
    change = can_be_given_a_mentor and not left and not ended
    kind, lead_provider, partner = _trained_by(school, training, None)
    mentor_id, mentor_name = mentor or ("", "")
    mentored = "mentored" if mentor else "alone" if tag in ("training", "eligible") else "not"
    return [
        *_beginning(school, person, left),
        *_personal(school, person, left, ()),
        {
            "kind": f"mentor {mentored} {_word(change, 'change')}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "mentor_id": str(mentor_id),
            "mentor": mentor_name,
        },
        {
            "kind": f"induction {_word(ended, 'ended')}",
            "started": day_in_words(started),
            "ended": day_in_words(ended) if ended else "",
        },
        {
            "kind": f"training {tag} {_word(left, 'left')} {kind}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "of": day_in_words(of) if of else "",
            "lead_provider": lead_provider,
            "partner": partner,
        },
    ]


def mentors(
    school: School,
    counts: tuple[int, int, int],
    cards: Sequence[tuple[str, str, bool, Sequence[tuple[str, date]]]],
) -> list[Chunk]:
    """`counts` are of those mentoring, not mentoring and gone.

    `cards` are the id, the name, whether training is completed, and the ECTs' names and inductions.
    """
    urn = str(school.urn)
    mentoring, not_mentoring, gone = counts
    of_all = [
        {
            "kind": f"card {_word(completed, 'completed')} {_word(place == len(cards), 'last')}",
            "urn": urn,
            "id": str(mentor_id),
            "name": name,
            "ects": [{"name": of, "induction": day_in_words(started)} for of, started in ects],
        }
        for place, (mentor_id, name, completed, ects) in enumerate(cards, 1)
    ]
    beginning = {
        "kind": f"beginning {_word(school.has_others, 'others')} {_word(not cards, 'empty')}",
        "school": school.name,
        "urn": urn,
        "mentoring": f"({mentoring})",
        "not_mentoring": f"({not_mentoring})",
        "gone": f"({gone})",
    }
    return [beginning, *of_all, *([{"kind": "end", "urn": urn}] if cards else [])]


def home(
    school: School,
    tutors: Sequence[str],
    counts: tuple[int, int, int],
    years: Sequence[Year],
) -> list[Chunk]:
    """`counts` are of mentors here, of all ECTs ever, and of those without a mentor."""
    here, ects, alone = counts
    last = len(years) - 1
    return [
        {
            "kind": f"beginning {_word(school.has_others, 'others')}",
            "school": school.name,
            "urn": str(school.urn),
            "tutors": [{"name": name} for name in tutors],
            "here": _count(here),
            "ects": _count(ects),
            "alone": _count(alone),
            "years": [
                {"id": f"year-{year.start}", "label": f"{year.start} to {year.start + 1}"}
                for year in years
            ],
        },
        *(
            {
                "kind": f"year {(place > 0) + (place == last)} {year.programme}"
                f" {_word(year.appropriate_body, 'body')} {_word(year.partnerships, 'some')}",
                "id": f"year-{year.start}",
                "body": year.appropriate_body,
                "partnerships": [
                    {"lead_provider": lead_provider, "partner": partner}
                    for lead_provider, partner in year.partnerships
                ],
            }
            for place, year in enumerate(years)
        ),
    ]


def _beginning(school: School, person: Person, left: bool) -> list[Chunk]:
    return [
        {
            "kind": f"beginning {_word(school.has_others, 'others')} {_word(left, 'left')}",
            "school": school.name,
            "urn": str(school.urn),
            "name": person.name,
            "last_day": day_in_words(person.last_day) if left else "",
        }
    ]


def _personal(school: School, person: Person, left: bool, also_at: Sequence[str]) -> list[Chunk]:
    return [
        {
            "kind": f"personal {_word(left, 'left')} {_word(also_at, 'elsewhere')}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "trn": person.trn,
            "born": day_in_words(person.born),
            "email": person.email,
            "also_at": [{"school": name} for name in also_at],
        }
    ]


def _trained_by(
    school: School, training: Names | None, completed_with: Names | None
) -> tuple[str, str, str]:
    names = training or completed_with
    if names:
        return "named", *names
    return "school-led" if school.is_school_led else "not-reported", "", ""


def _left(person: Person, day: date) -> bool:
    return person.finished_on is not None and person.finished_on <= day


def _word(holds: object, word: str) -> str:
    return word if holds else "-"


def _count(number: int) -> Markup:
    """With what stands about it: a number by itself would be found everywhere."""
    return Markup(f">{number}<span")
