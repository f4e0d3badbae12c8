"""The database itself refuses the wrong row, by plain SQL over a connection of its own."""

import pytest
from django.apps import apps

from tests.domain.cases import (
    accounts,
    declarations,
    mentorships,
    partnerships,
    schools,
    training,
)
from tests.domain.refusals import Case, refusal, run, who_refused
from tests.domain.rows import OURS

CASES = [
    case
    for floor in (accounts, schools, partnerships, training, declarations, mentorships)
    for case in floor.CASES
]

# What can't be met on its own, and what stands before it. Django adds the first three to its
# positive numbers; the keys, which hold the id, are there for composite foreign keys to refer to.
BEHIND = {
    "schools_school_urn_check": "school_urn",
    "schools_school_status_check": "school_status",
    "declarations_cohort_start_year_check": "cohort_start_year",
    "schools_teacher_key": "schools_teacher_pkey",
    "schools_mentoratschool_key": "schools_mentoratschool_pkey",
    "schools_ectatschool_key": "schools_ectatschool_pkey",
    "schoolyear_key": "declarations_schoolyear_pkey",
    "schoolpartnership_key": "declarations_schoolpartnership_pkey",
    "trainingperiod_key": "declarations_trainingperiod_pkey",
    "schoolyear_cohort_key": "declarations_schoolyear_pkey",
    "schoolpartnership_cohort_key": "declarations_schoolpartnership_pkey",
    "trainingperiod_partnership_key": "declarations_trainingperiod_pkey",
}

# Constraints over one column that refer to another table are in test_foreign_keys.py, and history's
# triggers in test_history.py. The triggers of updated_at and of
# what is kept for providers refuse nothing.
_NAMES = """
    SELECT conname FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%(tables)s) AND contype NOT IN ('p', 'n', 't')
        AND NOT (contype = 'f' AND cardinality(conkey) = 1)
    UNION
    SELECT indexrelid::regclass::text FROM pg_index
    WHERE indrelid::regclass::text = ANY(%(tables)s) AND indisunique AND NOT indisprimary
    UNION
    SELECT tgname FROM pg_trigger
    WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
        AND tgname !~ '^pgtrigger_(insert_insert|update_update|delete_delete)_'
        AND tgname !~ '_(stamps|touches)_|_keeps_(.*updated_at|mentorships)$|_(shares|counts)$'
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.refused_by)
def test_the_wrong_row_is_refused_and_the_nearest_right_one_is_not(case: Case, world):
    error = refusal(world, case.wrong)
    assert who_refused(error) == case.refused_by
    run(world, case.right)


def test_a_constraint_key_or_trigger_without_a_case_fails(connect):
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    tables = [model._meta.db_table for model in models if not hasattr(model, "pgh_tracked_model")]
    in_database = {name for (name,) in connect().execute(_NAMES, {"tables": tables})}
    declared = {constraint.name for model in models for constraint in model._meta.constraints}
    assert declared <= in_database
    assert in_database == {case.refused_by for case in CASES} | BEHIND.keys()
