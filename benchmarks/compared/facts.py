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
NamesAndEmail = tuple[str, str, str]

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


@dataclass(slots=True)
class Training:
    """Who trains a person: the lead provider, the delivery partner and the email.

    `is_over` says that no provider trains them here now. The rest is a mentor's. `completed_with`
    declared the completion, `taken_back_by` took one back
    in the last 90 days, `elsewhere` is another school through which they train.
    """

    here: NamesAndEmail | None
    is_over: bool = False
    completed_with: NamesAndEmail | None = None
    is_early: bool = False
    taken_back_by: str | None = None
    elsewhere: str | None = None
    paired: bool = False


def mentor(
    school: School,
    person: Person,
    also_at: Sequence[str],
    ects: Sequence[tuple[str, str, date]],
    *,
    changeable: bool,
    assignable: bool,
    may_be_undone: bool,
    training: Training,
    day: date,
) -> list[Chunk]:
    """`ects` are the id, name and induction of those mentored now, by name."""
    left = _left(person, day)
    assignable = assignable and not left
    items = [
        {"name": name, "id": str(ect_id), "induction": day_in_words(started)}
        for ect_id, name, started in ects
    ]
    mentoring, ects_by_place = _by_place(items)
    why = _why(training)
    goes_on = training.here and not training.is_over
    nothing_to_do = goes_on and why == "not-reported" and training.paired
    change = goes_on and not left and why in ("taken-back", "not-reported")
    kind, values = _trained_by(school, training)
    return [
        *_beginning(school, person, left),
        *_personal(school, person, left, () if left else also_at),
        {
            "kind": f"mentoring {mentoring} {_word(changeable and items, 'changeable')}"
            f" {_word(assignable, 'assignable')}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            **ects_by_place,
        },
        {
            "kind": f"training {_word(left, 'left')} {_word(may_be_undone, 'undone')} {why}"
            f" {_word(nothing_to_do, 'nothing')} {_word(change, 'change')} {kind}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "taken_back": f"{training.taken_back_by} took back" if why == "taken-back" else "",
            **values,
        },
    ]


def ect(
    school: School,
    person: Person,
    mentor: tuple[str, str] | None,
    induction: tuple[date, date | None],
    *,
    can_be_given_a_mentor: bool,
    may_be_undone: bool,
    in_training: bool,
    training: Training,
    day: date,
) -> list[Chunk]:
    """`mentor` is the id and name; `induction` the first and the last day, if that is over."""
    left = _left(person, day)
    started, ended = induction
    tag = "left" if left else "completed" if ended else "training" if in_training else "eligible"
    of = {"left": person.last_day, "completed": ended, "training": started}.get(tag)
    change = can_be_given_a_mentor and not left and not ended
    kind, values = _trained_by(school, training)
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
            "kind": f"training {tag} {_word(left, 'left')} {_word(may_be_undone, 'undone')} {kind}",
            "urn": str(school.urn),
            "public_id": str(person.public_id),
            "name": person.name,
            "of": day_in_words(of) if of else "",
            **values,
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
        "mentoring": f"mentoring ({mentoring})",
        "not_mentoring": f"Not mentoring ({not_mentoring})",
        "here": f"at the school ({mentoring + not_mentoring})",
        "gone": f"Left the school ({gone})",
    }
    return [beginning, *of_all, *([{"kind": "end", "urn": urn}] if cards else [])]


def home(
    school: School,
    tutors: Sequence[str],
    counts: tuple[int, int, int],
    years: Sequence[Year],
    day: date,
) -> list[Chunk]:
    """`counts` are of mentors here, of all ECTs ever, and of those without a mentor."""
    here, ects, alone = counts
    last = len(years) - 1
    asked = [
        year
        for year in years
        if year.programme == "not_decided" and year.start == day.year - (day.month < 6)
    ]
    return [
        {
            "kind": f"beginning {_word(school.has_others, 'others')} {_word(asked, 'asked')}",
            "school": school.name,
            "urn": str(school.urn),
            "tutors": [{"name": name} for name in tutors],
            "here": _count(here, "mentor", "mentors"),
            "ects": _count(ects, "ECT", "ECTs"),
            "alone": _count(alone, "ECT without a mentor", "ECTs without mentors"),
            "asked": Markup(_asked(school, asked[0])) if asked else "",
            "years": [{"id": f"year-{year.start}", "label": _name(year)} for year in years],
        },
        *(
            _year(school, year, (place > 0) + (place == last), day)
            for place, year in enumerate(years)
        ),
    ]


def _year(school: School, year: Year, place: int, day: date) -> Chunk:
    """`place` is 0 for the first, 2 for the last."""
    is_open = year.start >= day.year - (day.month < 9)
    agreed, name = year.partnerships, _name(year)
    several = [
        {
            "heading": f"Partnership {number} of {len(agreed)}",
            "provider": provider,
            "partner": partner,
        }
        for number, (provider, partner) in enumerate(agreed, 1)
        if len(agreed) > 1
    ]
    provider, partner = agreed[0] if len(agreed) == 1 else ("", "")
    return {
        "kind": f"year {place} {year.programme} {_word(year.appropriate_body, 'body')}"
        f" {_word(agreed, 'several' if several else 'one')} {_word(is_open, 'open')}",
        "urn": str(school.urn),
        "id": f"year-{year.start}",
        "name": name,
        "change": _address(school, year),
        "body": year.appropriate_body,
        "provider": provider,
        "partner": partner,
        "fixed": _fixed(agreed, name) if is_open and agreed else "",
        "partnerships": several,
    }


def _fixed(agreed: Sequence[Names], year: str) -> str:
    names = " and ".join(dict.fromkeys(provider for provider, _ in agreed))
    return (
        f"{names} confirmed that your school works with them in {year}. To change the programme or"
        f" the lead provider of that year, contact {names}"
    )


def _name(year: Year) -> str:
    return f"{year.start} to {year.start + 1}"


def _address(school: School, year: Year) -> str:
    return f"/schools/{school.urn}/academic-years/{year.start}"


def _asked(school: School, year: Year) -> str:
    return f'{_address(school, year)}">Tell us how you will train teachers in {_name(year)}'


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


def _by_place(items: Sequence[dict[str, str]]) -> tuple[str, dict[str, str]]:
    """The kind of these items, and their values: not a loop, as the HTML before the last differs.

    A value that stands in several places has one slot, and the kind says where it stands.
    """
    slots: dict[str, str] = {}
    same = []
    for place, item in enumerate(items):
        for key, value in item.items():
            name = f"{key}{place}"
            if slots.setdefault(value, name) != name:
                same.append(f"{name}={slots[value]}")
    kind = " ".join([str(len(items)), *same])
    return kind, {name: value for value, name in slots.items()}


def _why(training: Training) -> str:
    if training.completed_with:
        return "declared"
    if training.is_early:
        return "early"
    return "taken-back" if training.taken_back_by else "not-reported"


def _trained_by(school: School, training: Training) -> tuple[str, dict[str, str]]:
    """The kind of the rows on who trains them, with the values in it; none stands twice."""
    with_ = training.completed_with
    if training.here:
        lead_provider, partner, email = training.here
        values = {"lead_provider": lead_provider, "partner": partner, "email": email}
        kind = f"here {_word(email, 'email')}"
        if with_ is None and not training.is_early and training.is_over:
            return f"{kind} over {_may_be_reported(training)}", values | (
                {"elsewhere": training.elsewhere} if training.elsewhere else {}
            )
        if with_ is None or with_[:2] == [lead_provider, partner]:
            return kind, values
        *with_names, values["email"] = with_
        others = {
            name: value
            for name, value in zip(("with_provider", "with_partner"), with_names, strict=True)
            if value not in (lead_provider, partner)
        }
        return f"here {_word(values['email'], 'email')} {' '.join(others)}", values | others
    if with_:
        lead_provider, partner, email = with_
        values = {"lead_provider": lead_provider, "partner": partner, "email": email}
        return f"completed-elsewhere {_word(email, 'email')}", values
    if training.is_early:
        return "early", {}
    if training.elsewhere:
        return "elsewhere", {"elsewhere": training.elsewhere}
    if school.is_school_led:
        return "school-led", {}
    return f"not-reported {_may_be_reported(training)}", {}


def _may_be_reported(training: Training) -> str:
    """What stands beside a provider that does not train them now, or beside none."""
    if training.elsewhere:
        return "elsewhere"
    return _word(training.paired and _why(training) == "not-reported", "ask")


def _left(person: Person, day: date) -> bool:
    return person.finished_on is not None and person.finished_on <= day


def _word(holds: object, word: str) -> str:
    return word if holds else "-"


def _count(number: int, one: str, many: str) -> Markup:
    """With the words that follow: a number by itself would be found everywhere."""
    words = one if number == 1 else many
    return Markup(f'>{number}<span class="govuk-visually-hidden"> {words}</span>')
