"""What the database said when it refused, and the form of a case that shows it."""

import re
from typing import NamedTuple

import psycopg
import pytest
from django.apps import apps


class Case(NamedTuple):
    """SQL that one constraint, key or trigger refuses, and the nearest SQL that is right."""

    refused_by: str
    wrong: str
    right: str


def trigger(label: str, name: str) -> str:
    """The name in the database of the trigger `name` of the model "app.Model"."""
    model = apps.get_model(label)
    (found,) = (one.get_pgid(model) for one in model._meta.triggers if one.name == name)
    return found


def who_refused(error: psycopg.Error) -> str:
    """The name of the constraint, or of the trigger that raised."""
    if error.diag.constraint_name:
        return error.diag.constraint_name
    raised_in = re.match(r"PL/pgSQL function (?:public\.)?(pgtrigger_\w+)\(", error.diag.context)
    assert raised_in, error
    return raised_in[1]


def run(connection: psycopg.Connection, statement: str, *, keep: bool = True) -> None:
    """Run it to the end in a transaction, as if committed: no constraint waits any longer."""
    with connection.transaction(force_rollback=not keep):
        connection.execute(statement)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refusal(connection: psycopg.Connection, statement: str) -> psycopg.Error:
    """Run what must be refused, and answer with the error."""
    with pytest.raises(psycopg.Error) as refused:
        run(connection, statement)
    return refused.value
