"""The history of every tracked model: who changed it, when, and the values after the change.

django-pghistory writes it by statement-level triggers, so that bulk writes, imports and plain SQL
are recorded too. History is append-only: the database refuses to change, delete or truncate it
(docs/data.md says how the owner of the database purges it after 7 years).
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from pghistory.core import event_models


def refuse_truncate() -> pgtrigger.Trigger:
    """A trigger that refuses TRUNCATE, which fires no row triggers; the test suite may do it."""
    return pgtrigger.Trigger(
        name="refuse_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""
            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
            END IF;
            RETURN NULL;
        """,
    )


def events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of the history of a tracked model; rows of one transaction have one moment."""
    (history,) = event_models(tracks_model=model)
    return history._default_manager.all()


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[models.Model]], type[models.Model]]:
    """Decorate a model so that each insert, update and delete of it adds a row of history.

    `exclude` names the fields that history leaves out: secrets, and generated columns.
    """
    return pghistory.track(
        pghistory.InsertEvent(level=pgtrigger.Statement),
        pghistory.UpdateEvent(level=pgtrigger.Statement),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        exclude=list(exclude),
        append_only=True,
        meta={"triggers": [refuse_truncate()]},
    )
