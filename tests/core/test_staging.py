"""The end of an import's transaction: what is left for it is checked, then moments are stamped."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection

from core.staging import importing
from schools.models import Teacher
from tests.builders import make_teacher

pytestmark = pytest.mark.django_db(transaction=True)
_STAMP = "schools_teacher_stamps_updated_at"


@contextmanager
def noting_the_stamp() -> Iterator[None]:
    """Within, a deferred check of a teacher notes whether the stamp is queued still."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION the_stamp_is_noted() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN
                PERFORM set_config('test.stamp', current_setting('stamps.{_STAMP}'), false);
                RETURN NULL;
            END$body$;
            CREATE CONSTRAINT TRIGGER the_stamp_is_noted AFTER UPDATE ON schools_teacher
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION the_stamp_is_noted();
            """
        )
        yield
        cursor.execute(
            "DROP TRIGGER the_stamp_is_noted ON schools_teacher; DROP FUNCTION the_stamp_is_noted()"
        )


def test_moments_are_stamped_after_all_checks():
    make_teacher()
    with noting_the_stamp():
        with importing(commit=True, by="command x") as cursor:
            cursor.execute("UPDATE schools_teacher SET name = 'Another Name'")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('test.stamp')")
            assert cursor.fetchone() == ("queued",)


def test_a_key_that_leads_nowhere_writes_nothing():
    make_teacher("Ada Lovelace")
    with pytest.raises(IntegrityError, match="teacher_id"):
        _write_a_lost_completion()
    assert Teacher.objects.get().name == "Ada Lovelace"


def _write_a_lost_completion() -> None:
    with importing(commit=True, by="command x") as cursor:
        cursor.execute("UPDATE schools_teacher SET name = 'Another Name'")
        cursor.execute(
            "INSERT INTO declarations_recordedcompletion (teacher_id, kind, recorded_at)"
            " VALUES (0, 'early_roll_out', now())"
        )
