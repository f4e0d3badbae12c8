"""Which change moves which moment of the last change, and how near the commit that moment is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

import psycopg
import pytest

from tests.config.processes import wait_until
from tests.domain.rows import declare, delete, insert, lay, log, pair, update
from tests.domain.valid_rows import DECLARATION, PARTNERSHIP
from tests.moments import stamp_before, stamped_after

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
    Moving(update("schoolpartnership", counted_on="2026-03-02"), (PARTNERSHIP_,)),
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
def settled(connect) -> Iterator[psycopg.Connection]:
    """A world that last changed long ago, as a transaction moves each moment once."""
    connection = connect()
    with connection.transaction(force_rollback=True):
        lay(connection)
        for statement in _BEFORE:
            connection.execute(statement)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute("SET CONSTRAINTS ALL DEFERRED")
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, column in ALL:
            connection.execute(f"UPDATE {table} SET {column} = '2020-01-01'")
        connection.execute("SET LOCAL session_replication_role = origin")
        yield connection


@pytest.mark.parametrize("moving", MOVINGS, ids=lambda moving: moving.change[:60])
def test_a_change_moves_what_shows_it_and_nothing_else(moving, settled):
    with settled.transaction(force_rollback=True):
        before = _moments(settled)
        settled.execute(moving.change)
        settled.execute("SET CONSTRAINTS ALL IMMEDIATE")
        after = _moments(settled)
        moved = {moment for moment in ALL if before[moment] != after[moment]}
        assert moved == set(moving.moves)
        assert all(after[moment] >= _now(settled) for moment in moved)


def _now(connection: psycopg.Connection, now: str = "now()") -> object:
    return connection.execute(f"SELECT {now}").fetchone()[0]


_RENAME = update("teacher", name="Another Name")
_RENAME_ANOTHER = update("teacher", 2, name="A Name")
_STAMP = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
_TO_COME = "'2999-01-01'::timestamptz"


def _of_another(connection: psycopg.Connection) -> object:
    query = "SELECT updated_at FROM schools_teacher WHERE id = 2"
    return connection.execute(query).fetchone()[0]


def _writes(connection: psycopg.Connection) -> int:
    query = "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'schools_teacher'"
    return connection.execute(query).fetchone()[0]


def _later_than(moment: object, connection: psycopg.Connection) -> None:
    """Return when a moment that is set now differs from this one."""
    while _now(connection, "clock_timestamp()") - moment < timedelta(milliseconds=2):
        pass


def test_a_moment_that_is_not_old_at_commit_is_written_once(settled):
    writes = _writes(settled)
    settled.execute(_RENAME)
    settled.execute(_STAMP)
    assert _writes(settled) == writes + 1


def test_a_moment_that_is_old_at_commit_is_set_again_and_no_other(settled):
    settled.execute(_RENAME)
    first = _moments(settled)[TEACHER]
    _later_than(first, settled)
    settled.execute(_RENAME_ANOTHER)
    second = _of_another(settled)
    _later_than(second, settled)
    stamp_before(settled.cursor(), f"'{second}'::timestamptz")
    settled.execute(_STAMP)
    assert _of_another(settled) == second < _moments(settled)[TEACHER]


def test_a_wait_for_a_lock_moves_what_was_written_before_it(transactional_db, connect):
    observer = connect()
    observer.autocommit = True
    lay(observer)
    first, second = connect(), connect()
    first.execute(_RENAME_ANOTHER)
    second.execute(_RENAME)
    with ThreadPoolExecutor(1) as waiting, stamped_after(observer.cursor(), "0 seconds"):
        waits = waiting.submit(second.execute, _RENAME_ANOTHER)
        blocking = f"cardinality(pg_blocking_pids({second.info.backend_pid}))"
        try:
            wait_until(lambda: _now(observer, blocking) > 0, "the second waits for the first")
            at_the_end = _now(observer, "clock_timestamp()")
            _later_than(at_the_end, observer)
        finally:
            first.rollback()
        waits.result(60)
        second.commit()
    assert _moments(observer)[TEACHER] > at_the_end


@pytest.mark.parametrize(
    "statements",
    [
        f"SAVEPOINT a; {_RENAME}; ROLLBACK TO a; {_RENAME}",
        f"SAVEPOINT a; {_RENAME}; RELEASE a; {_RENAME_ANOTHER}",
        f"{_RENAME}; SAVEPOINT a; {_STAMP}; ROLLBACK TO a",
        f"SAVEPOINT a; {_RENAME_ANOTHER}; {_STAMP}; RELEASE a; {_RENAME}",
    ],
)
def test_a_savepoint_loses_no_stamp(statements, settled):
    stamp_before(settled.cursor(), _TO_COME)
    settled.execute(statements)
    written = _moments(settled)[TEACHER]
    _later_than(written, settled)
    settled.execute(_STAMP)
    assert _moments(settled)[TEACHER] > written


def test_all_rows_of_a_transaction_are_stamped_in_one_run(settled):
    stamp_before(settled.cursor(), _TO_COME)
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
