"""Two connections at once: the second waits for the first, and then meets the same refusal."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import NamedTuple

import psycopg
import pytest

from tests.domain.conftest import open_connection
from tests.domain.refusals import trigger, who_refused
from tests.domain.rows import declare, insert, lay, pair, update


class Race(NamedTuple):
    """Two statements that are each right, of which only the one that comes first may stand."""

    refused_by: str
    first: str
    second: str
    given: str = "SELECT"


_MENTOR_3 = {"mentor_id": 3, "mentor_teacher_id": 3}
_YEAR_99 = insert("schoolyear")
_PARTNERSHIP_99 = insert("schoolpartnership")
_PROVIDER_2 = {"partnership_id": 99, "lead_provider_id": 2}
_TRAINING_OF_3 = {"mentor_id": 3, "teacher_id": 3}

# A parent is changed and a child is added: the one who comes second is refused, whichever it is.
_PARENT_AND_CHILD = [
    *(
        Race(f"mentorship_within_{role}", shortened, insert("mentorship", **_MENTOR_3))
        for role, shortened in (
            ("mentor", update("mentoratschool", 3, finished_on="2024-12-31")),
            ("mentor", update("mentoratschool", 3, started_on="2024-01-02")),
            ("mentor", update("mentoratschool", 3, school_id=2)),
            ("ect", update("ectatschool", 1, finished_on="2024-12-31")),
        )
    ),
    Race(
        "trainingperiod_within_mentor",
        update("mentoratschool", 3, finished_on="2024-12-31"),
        insert("trainingperiod", **_TRAINING_OF_3),
    ),
    Race(
        "trainingperiod_within_mentor",
        update("mentoratschool", 3, school_id=2),
        insert("trainingperiod", **_TRAINING_OF_3),
    ),
    Race(
        "trainingperiod_within_ect",
        update("ectatschool", 1, finished_on="2024-12-31"),
        insert("trainingperiod", mentor_id=None, ect_id=1, teacher_id=2),
    ),
    Race(
        "schoolpartnership_of_provider_led_year",
        update("schoolyear", 99, programme="school_led"),
        insert("schoolpartnership", school_year_id=99, school_id=2, cohort_id=2),
        given=_YEAR_99,
    ),
    Race(
        "trainingperiod_partnership_of_school",
        update("schoolpartnership", 99, lead_provider_id=1, delivery_partner_id=9),
        insert("trainingperiod", **_PROVIDER_2),
        given="; ".join(
            (
                _PARTNERSHIP_99,
                insert("deliverypartner", id=9),
                pair(delivery_partner_id=9, cohort_id=1),
            )
        ),
    ),
    Race(
        "declaration_of_training_period",
        update("trainingperiod", 2, **_PROVIDER_2),
        declare(training_period_id=2, teacher_id=2, course_identifier="ecf-induction"),
        given=_PARTNERSHIP_99,
    ),
]

# Two of which there may be one.
_ONE_OF_TWO = [
    Race(
        "mentorship_one_mentor_on_any_day",
        insert("mentorship"),
        insert("mentorship", id=98, **_MENTOR_3),
    ),
    Race(
        "declaration_one_counting",
        declare(),
        declare(id="00000000-0000-0000-0000-000000000098", state="eligible"),
    ),
    Race(
        "declaration_one_counting",
        declare(),
        declare(
            id="00000000-0000-0000-0000-000000000098",
            training_period_id=99,
            lead_provider_id=2,
            partnership_id=2,
        ),
        given=insert(
            "trainingperiod", mentor_id=2, school_id=2, partnership_id=2, lead_provider_id=2
        ),
    ),
    Race(
        "ectatschool_one_school_at_a_time",
        insert("ectatschool", school_id=1),
        insert(
            "ectatschool",
            id=98,
            school_id=2,
            email="elsewhere@school.example",
            public_id="30000000-0000-0000-0000-000000000098",
        ),
    ),
    Race(
        "mentoratschool_email_one_holder",
        update("mentoratschool", 1, email="wanted@school.example"),
        update("mentoratschool", 3, email="wanted@school.example"),
    ),
    Race(
        "trainingperiod_mentor_once_at_a_time",
        insert("trainingperiod"),
        insert("trainingperiod", id=98, public_id="50000000-0000-0000-0000-000000000098"),
    ),
    Race(
        "mentors_statuspolicy_in_force_from_key",
        insert("statuspolicy"),
        insert("statuspolicy", id=98, policy="completed_only"),
    ),
]

# The cohort of a year is changed, and a partnership is added to the year as it was.
_COHORT_CHANGED = [
    Race(
        "schoolpartnership_cohort_of_school_year",
        update("schoolyear", 2, cohort_id=2),
        insert("schoolpartnership", school_year_id=2, school_id=2, lead_provider_id=1),
    ),
    Race(
        "declaration_partnership_of_training_period",
        update("schoolyear", 1, cohort_id=9),
        declare(),
        given=f"{insert('cohort', id=9, start_year=2030)}; {pair(cohort_id=9)}",
    ),
]

# The start of induction is taken from a teacher who becomes an ECT.
_NO_START = update("teacher", 3, induction_started_on=None)
_ECT_WITHOUT_START = [
    Race(
        trigger("schools.ECTAtSchool", "has_start_of_induction"), _NO_START, insert("ectatschool")
    ),
    Race(
        trigger("schools.ECTAtSchool", "gets_start_of_induction"),
        _NO_START,
        update("ectatschool", 2, teacher_id=3),
    ),
    *(
        Race(trigger("schools.Teacher", "keeps_start_of_induction"), first, _NO_START)
        for first in (insert("ectatschool"), update("ectatschool", 2, teacher_id=3))
    ),
]

RACES = [
    *_PARENT_AND_CHILD,
    *(race._replace(first=race.second, second=race.first) for race in _PARENT_AND_CHILD),
    *_ONE_OF_TWO,
    *_COHORT_CHANGED,
    *_ECT_WITHOUT_START,
]


@pytest.fixture(scope="module")
def connections(django_db_setup) -> Iterator[list[psycopg.Connection]]:
    """Three for all races: a new one has all triggers to read, which takes longer than a race."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(open_connection())) for _ in range(3)]


@pytest.fixture
def laid(transactional_db, connections) -> Iterator[list[psycopg.Connection]]:
    """Connections to a database in which the world is laid, for all of them to see."""
    with connections[0].transaction():
        lay(connections[0])
    yield connections
    for each in connections:
        each.rollback()


def run_and_commit(connection: psycopg.Connection, statement: str) -> None:
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '30s'")
        connection.execute(statement)


def wait_until_blocked(by: psycopg.Connection, running: Future, other: psycopg.Connection) -> None:
    """Return when `other`, which runs in a thread, waits for a lock; fail if it does not wait."""
    is_blocked = "SELECT cardinality(pg_blocking_pids(%s)) > 0"
    while not running.done():
        with by.transaction():
            (blocked,) = by.execute(is_blocked, [other.info.backend_pid]).fetchone()
        if blocked:
            return
    pytest.fail(f"It did not wait: {running.exception()}")


@pytest.mark.parametrize("first_one_commits", [True, False], ids=["commits", "rolls_back"])
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.refused_by)
def test_the_second_waits_and_stands_only_if_the_first_does_not(race, first_one_commits, laid):
    one, two, watch = laid
    with one.transaction():
        one.execute(race.given)
    one.execute(race.first)
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(run_and_commit, two, race.second)
        try:
            wait_until_blocked(watch, running, two)
        except BaseException:
            one.rollback()
            raise
        if first_one_commits:
            one.commit()
            error = running.exception()
            assert isinstance(error, psycopg.IntegrityError), error
            assert who_refused(error) == race.refused_by
        else:
            one.rollback()
            assert running.result() is None
