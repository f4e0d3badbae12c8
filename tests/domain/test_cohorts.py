"""DfE changes the cohort of a school's year, and all that rests on the year follows."""

import psycopg
import pytest

from tests.domain.refusals import run
from tests.domain.rows import both, insert, pair, table, update
from tests.domain.valid_rows import DECLARATION

# What rests on year 1, each by its id.
FOLLOWING = {"schoolpartnership": 1, "trainingperiod": 1, "declaration": DECLARATION}
ANOTHER_COHORT = both(
    insert("cohort", id=9, start_year=2030),
    pair(lead_provider_id=1, cohort_id=9),
    pair(id=98, lead_provider_id=2, cohort_id=9),
)


def cohorts(world: psycopg.Connection) -> list[int]:
    """The cohort of each that rests on year 1."""
    return [
        world.execute(f"SELECT cohort_id FROM {table(name)} WHERE id = %s", [row]).fetchone()[0]
        for name, row in FOLLOWING.items()
    ]


def test_what_rests_on_a_year_follows_its_cohort(world):
    assert cohorts(world) == [1, 1, 1]
    run(world, both(ANOTHER_COHORT, update("schoolyear", 1, cohort_id=9)))
    assert cohorts(world) == [9, 9, 9]


@pytest.mark.parametrize("model_name", FOLLOWING)
def test_history_records_what_followed(model_name, world):
    run(world, both(ANOTHER_COHORT, update("schoolyear", 1, cohort_id=9)))
    updated = world.execute(
        f"SELECT cohort_id FROM {table(model_name)}event WHERE pgh_label = 'update'"
    ).fetchall()
    assert set(updated) == {(9,)}


def test_what_rests_on_another_year_stays(world):
    run(world, both(ANOTHER_COHORT, update("schoolyear", 2, cohort_id=9)))
    assert cohorts(world) == [1, 1, 1]


def test_a_partnership_that_goes_over_to_another_year_takes_its_people_along(world):
    moved = update("schoolpartnership", 1, school_year_id=3, cohort_id=2)
    run(world, both(pair(), update("schoolyear", 3, programme="provider_led"), moved))
    assert cohorts(world) == [2, 2, 2]
