"""Of each enumeration the database takes every value, and nothing else."""

from functools import partial

import pytest
from django.apps import apps
from django.db import models

from declarations.states import State
from tests.domain.refusals import refusal, run
from tests.domain.rows import OURS, both, declare, delete, insert

# What goes with a value in a valid row, and what with every value of a column.
_OF_AN_ECT = {
    "training_period_id": 2,
    "teacher_id": 2,
    "course_identifier": "ecf-induction",
}
BESIDE = {
    ("policy", "time_limit"): {"months": 12},
    ("outcome", "refused"): {"reason": "No declaration has this id."},
    ("declaration_type", "completed"): _OF_AN_ECT,
    ("course_identifier", "ecf-induction"): _OF_AN_ECT,
}
BESIDE_ALL = {
    "withdrawn_reason": {"withdrawn_at": "2024-05-01"},
    "deferred_reason": {"deferred_at": "2024-05-01"},
}
ENUMERATIONS = [
    field
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    for field in model._meta.get_fields()
    if getattr(field, "choices", None) and not hasattr(model, "pgh_tracked_model")
    if field.flatchoices != State.choices  # which test_states.py has
]


def statement(field: models.Field, value: object) -> str:
    name = field.model._meta.model_name
    write = declare if name == "declaration" else partial(insert, name)
    beside = BESIDE.get((field.column, value), {}) | BESIDE_ALL.get(field.column, {})
    written = write(**beside | {field.column: value})
    # There may be one of a kind, and the world has one.
    return both(delete(name), written) if name == "completionnotice" else written


@pytest.mark.parametrize("field", ENUMERATIONS, ids=str)
def test_every_value_is_taken_and_no_other(field, world):
    for value, _ in field.flatchoices:
        run(world, statement(field, value), keep=False)
    is_text = isinstance(field, models.CharField)
    for value in ("others", "STARTED", " ") if is_text else (-1, 9):
        assert refusal(world, statement(field, value)).diag.constraint_name, value


def test_an_empty_value_is_taken_only_where_the_field_may_be_left_empty(world):
    taken = set()
    for field in ENUMERATIONS:
        if isinstance(field, models.CharField) and field.blank:
            with world.transaction(force_rollback=True):
                beside = {"finished_on": None} if field.name == "end_reason" else {}
                world.execute("SET CONSTRAINTS ALL DEFERRED")
                world.execute(insert(field.model._meta.model_name, **{field.column: ""}, **beside))
            taken.add(str(field))
        elif isinstance(field, models.CharField):
            assert refusal(world, statement(field, "")).diag.sqlstate == "23514", field
    assert taken == {
        "declarations.Declaration.evidence_held",
        "declarations.TrainingPeriod.deferred_reason",
        "declarations.TrainingPeriod.end_reason",
        "declarations.TrainingPeriod.withdrawn_reason",
        "mentors.Mentorship.end_reason",
    }
