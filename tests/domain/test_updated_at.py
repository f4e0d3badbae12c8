"""Which change moves which moment of the last change, and that it is the moment of the commit."""

from datetime import timedelta
from typing import NamedTuple

import psycopg
import pytest

from tests.domain.rows import declare, delete, insert, lay, log, pair, update
from tests.domain.valid_rows import DECLARATION, PARTNERSHIP

# The moments there are: the table, and the column. Of the world's rows, those with id 1; of the
# world's declaration, its own.
TEACHER = ("schools_teacher", "updated_at")
UNFUNDED = ("schools_teacher", "unfunded_mentor_updated_at")
SCHOOL = ("schools_school", "updated_at")
YEAR = ("declarations_schoolyear", "updated_at")
PARTNERSHIP_ = ("declarations_schoolpartnership", "updated_at")
PARTNER = ("declarations_deliverypartner", "updated_at")
DECLARED = ("declarations_declaration", "updated_at")
ALL = (TEACHER, UNFUNDED, SCHOOL, YEAR, PARTNERSHIP_, PARTNER, DECLARED)


class Moving(NamedTuple):
    """A change, and the moments that it moves: no others."""

    change: str
    moves: tuple[tuple[str, str], ...]


_ANOTHER_PARTNER = f"{insert('deliverypartner', id=9)}; {pair(delivery_partner_id=9, cohort_id=1)}"
_WAITING = {"partnership_id": None, "lead_provider_id": 2, "cohort_id": 1}
MOVINGS = [
    Moving(update("teacher", name="Another Name"), (TEACHER, UNFUNDED)),
    Moving(update("teacher", trn="0012345"), (TEACHER, UNFUNDED)),
    Moving(update("teacher", mentor_funding_eligible_from="2023-09-01"), (TEACHER,)),
    Moving(update("teacher", date_of_birth="1991-01-01"), ()),
    Moving(update("teacher", updated_at="2020-01-01"), ()),
    Moving(update("mentoratschool", email="new@school.example"), (TEACHER, UNFUNDED)),
    Moving(update("mentoratschool", finished_on="2025-10-01"), ()),
    Moving(insert("mentoratschool", teacher_id=1, school_id=99), (UNFUNDED,)),
    Moving(insert("teachermerge"), (TEACHER,)),
    Moving(insert("mentorship"), ()),
    Moving(insert("trainingperiod"), (TEACHER, YEAR)),
    Moving(insert("trainingperiod", **_WAITING), (YEAR,)),
    Moving(insert("trainingperiod", **_WAITING | {"cohort_id": 9}), (SCHOOL,)),
    Moving(delete("trainingperiod", 98), (TEACHER, YEAR)),
    Moving(update("trainingperiod", finished_on="2023-12-31"), (TEACHER,)),
    Moving(update("trainingperiod", 2, finished_on="2023-12-31"), ()),
    Moving(update("trainingperiod", deferred_at="2023-12-31", deferred_reason="other"), (TEACHER,)),
    Moving(declare(declaration_type="started"), ()),
    Moving(
        f"{log('submitted', 'voided')}; {update('declaration', DECLARATION, state='voided')}",
        (TEACHER, DECLARED),
    ),
    Moving(update("declaration", DECLARATION, updated_at="2020-01-01"), ()),
    Moving(update("declaration", DECLARATION, evidence_held="other"), (DECLARED,)),
    Moving(insert("recordedcompletion", teacher_id=1, kind="started_not_completed"), (TEACHER,)),
    Moving(delete("recordedcompletion"), (TEACHER,)),
    Moving(update("school", name="Another Name"), (SCHOOL,)),
    Moving(update("school", urn=100009), (SCHOOL, PARTNERSHIP_, TEACHER)),
    Moving(update("school", phase="Primary"), ()),
    Moving(insert("inductiontutor", user_id=2, school_id=1), (SCHOOL, PARTNERSHIP_)),
    Moving(update("inductiontutor", noticed_on="2026-03-02"), (SCHOOL, PARTNERSHIP_)),
    Moving(update("inductiontutor", emails_about_training="false"), ()),
    Moving(delete("inductiontutor"), (SCHOOL, PARTNERSHIP_)),
    Moving(update("user", name="Another Name"), (SCHOOL, PARTNERSHIP_)),
    Moving(update("user", email="another@tutor.example"), (SCHOOL, PARTNERSHIP_)),
    Moving(update("user", is_active=False), ()),
    Moving(insert("schoolpartnership"), (YEAR,)),
    Moving(update("schoolyear", appropriate_body="A hub"), ()),
    Moving(update("schoolyear", 4, programme="school_led"), ()),
    Moving(
        f"{_ANOTHER_PARTNER}; {update('schoolpartnership', delivery_partner_id=9)}",
        (PARTNERSHIP_, TEACHER, DECLARED),
    ),
    Moving(update("deliverypartner", name="Another Name"), (PARTNER, PARTNERSHIP_)),
    Moving(pair(), (PARTNER,)),
    Moving(delete("leadproviderdeliverypartnership", 98), (PARTNER,)),
]
_BEFORE = (
    insert("school", id=99),
    insert("cohort", id=9),
    insert("schoolyear", id=4, school_id=2, cohort_id=2),
    insert(
        "trainingperiod",
        id=98,
        public_id=PARTNERSHIP,
        started_on="2022-09-01",
        finished_on="2022-10-01",
    ),
    pair(id=98, cohort_id=9),
)


def _moments(connection: psycopg.Connection) -> dict[tuple[str, str], object]:
    ids = {DECLARED: DECLARATION}
    return {
        (table, column): connection.execute(
            f"SELECT {column} FROM {table} WHERE id = %s", [ids.get((table, column), 1)]
        ).fetchone()[0]
        for table, column in ALL
    }


@pytest.fixture
def settled(connect):
    """A world in which nothing is yet to be stamped."""
    connection = connect()
    with connection.transaction(force_rollback=True):
        lay(connection)
        for statement in _BEFORE:
            connection.execute(statement)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute("SET CONSTRAINTS ALL DEFERRED")
        yield connection


@pytest.mark.parametrize("moving", MOVINGS, ids=lambda moving: moving.change[:60])
def test_a_change_moves_what_shows_it_and_nothing_else(moving, settled):
    with settled.transaction(force_rollback=True):
        before = _moments(settled)
        settled.execute(moving.change)
        settled.execute("SET CONSTRAINTS ALL IMMEDIATE")
        after = _moments(settled)
        (now,) = settled.execute("SELECT now()").fetchone()
        moved = {moment for moment in ALL if before[moment] != after[moment]}
        assert moved == set(moving.moves)
        assert all(after[moment] > max(now, before[moment]) for moment in moved)


def test_the_moment_is_that_of_the_commit(transactional_db, connect):
    with connect() as connection:
        lay(connection)
    writer = connect()
    writer.execute(update("teacher", name="Another Name"))
    (at_the_end,) = writer.execute("SELECT clock_timestamp()").fetchone()
    writer.commit()
    assert at_the_end <= _moments(writer)[TEACHER] < at_the_end + timedelta(minutes=1)


def test_what_is_made_and_not_changed_has_the_moment_of_the_commit_too(transactional_db, connect):
    with connect() as connection:
        lay(connection)
        (at_the_end,) = connection.execute("SELECT clock_timestamp()").fetchone()
    with connect() as reader:
        moments = _moments(reader)
    assert min(moments.values()) >= at_the_end


_RENAME = update("teacher", name="Another Name")
_STAMP = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


@pytest.mark.parametrize(
    "statements",
    [
        f"SAVEPOINT a; {_RENAME}; ROLLBACK TO a; {_RENAME}",
        f"SAVEPOINT a; {_RENAME}; RELEASE a; {update('teacher', 2, name='A Name')}",
        f"{_RENAME}; SAVEPOINT a; {_STAMP}; ROLLBACK TO a",
        f"SAVEPOINT a; {update('teacher', 2, name='A Name')}; {_STAMP}; RELEASE a; {_RENAME}",
    ],
)
def test_a_savepoint_loses_no_stamp(statements, settled):
    with settled.transaction(force_rollback=True):
        settled.execute(statements)
        settled.execute(_STAMP)
        (unstamped,) = settled.execute(
            "SELECT count(*) FROM schools_teacher WHERE updated_at = now()"
        ).fetchone()
        (now,) = settled.execute("SELECT now()").fetchone()
        assert unstamped == 0
        assert _moments(settled)[TEACHER] > now


def test_all_rows_of_a_transaction_are_stamped_in_one_run(settled):
    with settled.transaction(force_rollback=True):
        settled.execute("SET LOCAL track_functions = 'all'")
        settled.execute(_RENAME)
        settled.execute(update("mentoratschool", email="new@school.example"))
        settled.execute("UPDATE schools_teacher SET name = name || 's'")
        settled.execute(_STAMP)
        runs = settled.execute(
            "SELECT calls FROM pg_stat_xact_user_functions"
            " WHERE funcname = 'schools_teacher_stamps_updated_at'"
        ).fetchone()
        assert runs == (1,)
