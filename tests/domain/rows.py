"""Plain SQL over a small world of valid rows: a test bends one column and sees who refuses.

The world has fixed ids, so that SQL can be read: mentor 1 (teacher 1) and ECT 1 (teacher 2) are at
school 1 from September 2022 until September 2025, are paired for 2023 and trained for 2023 through
partnership 1. Teachers 3 and 4, school 2, lead provider 2 and partnership 2 stand beside them.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, sql

from tests.domain.valid_rows import DECLARATION, PARTNERSHIP, SCHOOL, VALID

OURS = ("accounts", "schools", "declarations", "mentors", "staff")
STATES = (
    "submitted",
    "eligible",
    "payable",
    "paid",
    "voided",
    "awaiting_clawback",
    "clawed_back",
)

_IN_2023 = {"started_on": "2023-01-01", "finished_on": "2024-01-01"}


def _model(model_name: str) -> type[models.Model]:
    (found,) = (
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if model._meta.model_name == model_name
    )
    return found


def table(model_name: str) -> str:
    """The table of the model of ours with this lower-case name."""
    return _model(model_name)._meta.db_table


def _literal(value: object) -> str:
    return sql.Literal(value).as_string()


class Write(str):
    """The SQL of a write. It remembers what it writes, so that a form can be asked for the same."""

    model_name: str
    row: object
    values: dict[str, object]
    bent: frozenset[str]
    before: tuple[str, ...] = ()


def _write(
    sql_text: str, model_name: str, row: object, values: dict[str, object], bent: Iterable[str]
) -> Write:
    write = Write(sql_text)
    write.model_name, write.row, write.values = model_name, row, values
    write.bent = frozenset(bent)
    return write


def insert(model_name: str, **bent: object) -> Write:
    """An INSERT of the model's valid row, with id 99, with some columns bent."""
    values = {_model(model_name)._meta.pk.column: 99} | VALID[model_name] | bent
    columns = ", ".join(f'"{column}"' for column in values)
    literals = ", ".join(map(_literal, values.values()))
    statement = f"INSERT INTO {table(model_name)} ({columns}) VALUES ({literals})"
    return _write(statement, model_name, None, values, bent)


def update(model_name: str, row: object = 1, **bent: object) -> Write:
    """An UPDATE of one row, by its id."""
    columns = ", ".join(f'"{column}" = {_literal(value)}' for column, value in bent.items())
    statement = f"UPDATE {table(model_name)} SET {columns} WHERE id = {_literal(row)}"
    return _write(statement, model_name, row, bent, bent)


def delete(model_name: str, row: object = 1) -> str:
    """A DELETE of one row, by its id."""
    return f"DELETE FROM {table(model_name)} WHERE id = {_literal(row)}"


def both(*statements: str) -> str:
    """Several statements, of which the last is the one in question."""
    *before, last = statements
    if not isinstance(last, Write):
        return "; ".join(statements)
    write = _write("; ".join(statements), last.model_name, last.row, last.values, last.bent)
    write.before = (*before, *last.before)
    return write


def log(before: str, after: str, declaration: str = DECLARATION) -> str:
    """The row of the log for a move of a declaration; `before` is empty when it is new."""
    number = 10 * int(declaration[-2:]) + STATES.index(after)
    return insert(
        "declarationstatechange",
        id=number,
        declaration_id=declaration,
        from_state=before,
        to_state=after,
    )


def declare(**bent: object) -> str:
    """The declaration's valid row with some columns bent, and the first row of its log."""
    row = VALID["declaration"] | bent
    return both(log("", row["state"], row["id"]), insert("declaration", **bent))


def move(*states: str) -> str:
    """The world's declaration, which is submitted, moves through these states, with its log."""
    moves = zip(("submitted", *states), states, strict=False)
    return both(
        "SELECT",
        *(
            statement
            for before, after in moves
            for statement in (log(before, after), update("declaration", DECLARATION, state=after))
        ),
    )


def pair(**bent: object) -> Write:
    """A lead provider and a delivery partner who work together."""
    return insert("leadproviderdeliverypartnership", **bent)


def _teacher(number: int) -> str:
    return insert(
        "teacher",
        id=number,
        participant_id=f"10000000-0000-0000-0000-{number:012}",
        mentor_training_record_id=f"80000000-0000-0000-0000-{number:012}",
        trn=f"{number:07}",
        name=f"Teacher {number}",
    )


def _at_school(model_name: str, number: int, teacher: int, school: int) -> str:
    return insert(
        model_name,
        id=number,
        public_id=f"20000000-0000-0000-0000-{number:012}",
        teacher_id=teacher,
        school_id=school,
        email=f"teacher{teacher}@school{school}.example",
    )


WORLD = (
    insert("user", id=1, email="tutor@school.example", name="Tutor"),
    insert("user", id=2, email="another@school.example", name="Another"),
    insert("session", session_key="w" * 32),
    insert("dfesigninidentity", id=1, user_id=1, subject="first"),
    insert("school", id=1, urn=100001, name="School 1", public_id=SCHOOL),
    insert("school", id=2, urn=100002, name="School 2"),
    insert("schoolsuccession", id=1, school_id=2, successor_id=1),
    *map(_teacher, (1, 2, 3, 4)),
    insert(
        "teachermerge",
        id=1,
        former_id=901,
        participant_id="10000000-0000-0000-0000-000000000901",
        mentor_training_record_id="80000000-0000-0000-0000-000000000901",
        trn="0000901",
    ),
    insert("inductiontutor", id=1, school_id=1),
    _at_school("mentoratschool", 1, teacher=1, school=1),
    _at_school("mentoratschool", 2, teacher=1, school=2),
    _at_school("mentoratschool", 3, teacher=3, school=1),
    _at_school("ectatschool", 1, teacher=2, school=1),
    _at_school("ectatschool", 2, teacher=4, school=2),
    insert("formerpublicid", id=1, public_id="20000000-0000-0000-0000-000000000901"),
    insert(
        "formerpublicid",
        id=2,
        public_id="20000000-0000-0000-0000-000000000902",
        mentor_id=None,
        ect_id=1,
    ),
    insert("leadprovider", id=1, name="Provider 1", email=""),
    insert("leadprovider", id=2, name="Provider 2", email=""),
    insert("deliverypartner", id=1, name="Partner 1", public_id=DECLARATION),
    insert("cohort", id=1, start_year=2022),
    insert("cohort", id=2, start_year=2023),
    pair(lead_provider_id=1, cohort_id=1, id=1),
    pair(lead_provider_id=2, cohort_id=1, id=2),
    pair(lead_provider_id=2, cohort_id=2, id=3),
    insert("schoolyear", id=1, school_id=1, cohort_id=1, lead_provider_id=1),
    insert("schoolyear", id=2, school_id=2, cohort_id=1),
    insert("schoolyear", id=3, school_id=1, cohort_id=2, programme="school_led"),
    insert("schoolpartnership", id=1, lead_provider_id=1, public_id=PARTNERSHIP),
    insert("schoolpartnership", id=2, school_year_id=2, school_id=2),
    insert("trainingperiod", id=1, public_id=DECLARATION, **_IN_2023),
    insert(
        "trainingperiod",
        id=2,
        public_id="50000000-0000-0000-0000-000000000002",
        mentor_id=None,
        ect_id=1,
        teacher_id=2,
        **_IN_2023,
    ),
    declare(id=DECLARATION, declaration_type="completed"),
    insert("shareddeclaration", id=1, lead_provider_id=1),
    insert("completionnotice", id=1, kind="completed"),
    insert("statemove", id=1),
    insert("statemoveitem", id=1, declaration_id=DECLARATION),
    insert("apitoken", id=1, digest="1" * 64),
    insert("apitoken", id=2, digest="2" * 64),
    insert("requestwindow", token_id=1),
    insert("pagecursor", id=1, token_id=1),
    insert("recordedcompletion", id=1, teacher_id=1),
    insert("mentorship", id=1, **_IN_2023),
    insert("statuspolicy", id=1, in_force_from="2023-01-01"),
    insert("draftanswers", id=1, name="change-mentor"),
    insert("leaving", id=1, mentor_id=1, ect_id=None),
    insert("leaving", id=2, ect_id=2),
)


def lay(connection: Connection | CursorWrapper) -> None:
    """Lay the world in a database that holds none of it."""
    connection.execute("; ".join(WORLD))
