"""Who made a change stays as it was written; and no session can switch append-only logs off."""

import json

import pghistory
import psycopg
import pytest
from django.db import connection
from pghistory.models import Context

from schools.models import Teacher
from tests import builders
from tests.domain.refusals import refusal, run, trigger, who_refused

CONTEXT = "'11111111-1111-1111-1111-111111111111'"
UNDER_WAY = (
    f"SELECT set_config('pghistory.context_id', {CONTEXT}, true), "
    "set_config('pghistory.context_metadata', '{metadata}', true); "
    "UPDATE schools_teacher SET name = name || '.'"
)


def as_request(**metadata: object) -> str:
    """A change of teachers within one request, as django-pghistory makes it."""
    return UNDER_WAY.replace("{metadata}", json.dumps(metadata))


@pytest.fixture
def written(world) -> psycopg.Connection:
    """A connection to a world in which user 12 changed something."""
    run(world, as_request(user=12, url="/a"))
    return world


@pytest.mark.parametrize(
    ("statement", "refused_by"),
    [
        ("UPDATE pghistory_context SET metadata = '{}'", "context_append_only"),
        (
            'UPDATE pghistory_context SET metadata = metadata || \'{"by": "me"}\'',
            "context_append_only",
        ),
        ("DELETE FROM pghistory_context", "context_append_only"),
        (
            "SET LOCAL app.allow_truncate = off; TRUNCATE pghistory_context CASCADE",
            "context_refuse_truncate",
        ),
        (as_request(user=13, url="/a"), "context_append_only"),
        (as_request(url="/a"), "context_append_only"),
    ],
)
def test_it_is_not_rewritten(written, statement, refused_by):
    assert who_refused(refusal(written, statement)) == refused_by


def test_nor_long_afterwards_added_to(written):
    with written.transaction():
        written.execute("ALTER TABLE pghistory_context DISABLE TRIGGER USER")
        written.execute("UPDATE pghistory_context SET created_at = now() - interval '2 days'")
        written.execute("ALTER TABLE pghistory_context ENABLE ALWAYS TRIGGER context_append_only")
        added = as_request(user=12, url="/a", by="me")
        assert who_refused(refusal(written, added)) == "context_append_only"


def test_a_request_under_way_adds_to_it(world):
    run(world, as_request(user=None, url="/a"))
    run(world, as_request(user=12, url="/a", by="user 12"))
    kept = world.execute("SELECT metadata FROM pghistory_context").fetchall()
    assert kept == [({"user": 12, "url": "/a", "by": "user 12"},)]


@pytest.mark.parametrize(
    "switch",
    [
        "SET LOCAL session_replication_role = replica",
        f"SET LOCAL pgtrigger.ignore = '{{{trigger('schools.TeacherEvent', 'append_only')}}}'",
    ],
)
def test_no_session_switches_it_off(world, switch):
    error = refusal(world, f"{switch}; DELETE FROM schools_teacherevent")
    assert who_refused(error) == trigger("schools.TeacherEvent", "append_only")


@pytest.mark.django_db
def test_every_append_only_trigger_fires_always():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgname ~ 'append_only|refuse_truncate'"
        )
        found = cursor.fetchall()
    assert len(found) > 20
    assert {enabled for _, enabled in found} == {"A"}


@pytest.mark.django_db
def test_a_nested_context_fills_in_who():
    with pghistory.context(url="/a", user=None):
        teacher = builders.make_teacher()
        with pghistory.context(user=12):
            Teacher.objects.filter(pk=teacher.pk).update(name="Other")
    assert Context.objects.get().metadata == {"url": "/a", "user": 12}
