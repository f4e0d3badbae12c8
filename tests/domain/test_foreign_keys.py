"""Every reference to another row holds: no row refers to nothing, none referred to goes away."""

import psycopg
import pytest
from django.apps import apps
from django.db import models
from psycopg import sql

from accounts.models import Session
from declarations.models import DeclarationCount, Participation, SharedDeclaration
from mentors.models import DraftAnswers, ProviderMentorship
from schools.models import StaffNote
from tests.domain.rows import OURS, insert, table, update
from tests.domain.valid_rows import VALID

KEPT_BY_TRIGGERS = (DeclarationCount, Participation, ProviderMentorship)
FOREIGN_KEYS = [
    field
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    for field in model._meta.local_fields
    if isinstance(field, models.ForeignKey)
    and not hasattr(model, "pgh_tracked_model")
    # Of what triggers keep, they delete it with the row that it refers to.
    and (field.db_constraint or field.model not in KEPT_BY_TRIGGERS)
]
# Columns whose null passes a composite key by. A check holds that exactly one of mentor and ECT is
# set; without a partnership the training waits for one.
NULLABLE_IN_A_KEY = {
    ("declarations_trainingperiod", "mentor_id"),
    ("declarations_trainingperiod", "ect_id"),
    ("declarations_trainingperiod", "partnership_id"),
}

# A mentor's last day at a school as another one reported it: all of it, or none.
REPORTED = {"reported_finished_on": "2026-07-22", "reported_by_id": 2}


def constraint_of(field: models.ForeignKey, connection: psycopg.Connection) -> str:
    """The name of the foreign key over this column alone."""
    found = connection.execute(
        """SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid
           WHERE contype = 'f' AND conrelid::regclass::text = %s
               AND conkey = ARRAY[attnum] AND attname = %s""",
        [field.model._meta.db_table, field.column],
    )
    ((name,),) = found.fetchall()
    return name


def refusing(name: str, connection: psycopg.Connection, statement: str) -> str | None:
    """Which key refuses the statement when this one is asked alone and all others wait."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET CONSTRAINTS ALL DEFERRED")
            connection.execute(statement)
            connection.execute(sql.SQL("SET CONSTRAINTS {} IMMEDIATE").format(sql.Identifier(name)))
    except psycopg.errors.ForeignKeyViolation as error:
        return error.diag.constraint_name
    return None


@pytest.mark.parametrize("field", FOREIGN_KEYS, ids=str)
def test_no_row_refers_to_nothing(field, world):
    name, model_name = constraint_of(field, world), field.model._meta.model_name
    nobody = "0" * 32 if field.target_field.get_internal_type() == "UUIDField" else 4321
    beside = {}
    if model_name in ("trainingperiod", "leaving", "formerpublicid"):
        # Of the two columns of which one is set, this one.
        beside = {"ect": {"mentor_id": None}, "mentor": {"ect_id": None}}.get(field.name, {})
    if field.name == "reported_by":
        beside = REPORTED
    if (model_name, field.name) == ("staffnote", "school"):
        beside = {"teacher_id": None}
    assert refusing(name, world, insert(model_name, **beside | {field.column: nobody})) == name
    assert refusing(name, world, insert(model_name)) is None


@pytest.mark.parametrize("field", FOREIGN_KEYS, ids=str)
def test_no_row_goes_away_that_another_refers_to(field, world):
    assert field.remote_field.on_delete is (
        models.CASCADE
        if field.model in (DraftAnswers, Session)
        or (field.model is SharedDeclaration and field.name == "declaration")
        # Admin names the training that protects a record, not what triggers keep of it.
        else models.DO_NOTHING
        if field.model in KEPT_BY_TRIGGERS
        else models.PROTECT
    )
    name, referred = constraint_of(field, world), field.related_model._meta
    if field.model is StaffNote:
        about = {"teacher_id": None, "school_id": None} | {field.column: 1}
        world.execute(insert("staffnote", **about))
    if field.name == "reported_by":
        world.execute(update("mentoratschool", 1, **REPORTED))
    (row,) = world.execute(
        f"SELECT {field.column} FROM {field.model._meta.db_table} "
        f"WHERE {field.column} IS NOT NULL ORDER BY 1 LIMIT 1"
    ).fetchone()
    statement = f"DELETE FROM {referred.db_table} WHERE id = '{row}'"
    assert refusing(name, world, statement) == name


def test_no_composite_key_can_be_passed_by_a_null(connect):
    nullable = connect().execute(
        """SELECT conrelid::regclass::text, attname
           FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
           WHERE contype = 'f' AND cardinality(conkey) > 1 AND attgenerated = ''
               AND NOT attnotnull"""
    )
    assert set(nullable) == NULLABLE_IN_A_KEY


@pytest.mark.parametrize(
    ("model_name", "column"),
    [(name, "period") for name in VALID if "started_on" in VALID[name]]
    + [("schoolpartnership", "programme")],
)
def test_what_the_keys_refer_by_is_generated_and_written_by_nobody(model_name, column, world):
    with pytest.raises(psycopg.errors.GeneratedAlways):
        world.execute(f"UPDATE {table(model_name)} SET {column} = NULL")
