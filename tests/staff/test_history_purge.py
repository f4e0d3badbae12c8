"""Purging history: what is past its time goes, the rest stays as protected as before."""

import pghistory
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core.models import Look
from schools.models import Teacher
from tests import builders

pytestmark = pytest.mark.django_db


def test_history_before_the_day_goes_and_later_history_stays(capsys):
    with pghistory.context(command="test"):
        teacher = builders.make_teacher(name="Jane Thomas")
    written = teacher.events.get().pgh_created_at
    with time_machine.travel(written, tick=False):
        call_command("purge_history", before=written.date().isoformat())
    assert teacher.events.count() == 1
    assert "schools.TeacherEvent: 0 deleted" in capsys.readouterr().out

    call_command("purge_history", before="2999-01-01")
    assert teacher.events.count() == 0
    said = capsys.readouterr().out
    assert "schools.TeacherEvent: 1 deleted" in said
    assert "pghistory.Context: 1 deleted" in said
    assert Teacher.objects.get(pk=teacher.pk).name == "Jane Thomas"


def test_history_is_append_only_again_afterwards():
    call_command("purge_history", before="2019-09-01")
    teacher = builders.make_teacher()
    for change in (
        "UPDATE schools_teacherevent SET name = 'X'",
        "DELETE FROM schools_teacherevent",
    ):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    assert teacher.events.count() == 1


def test_only_the_owner_of_the_tables_can_purge():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE application_for_this_test")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO application_for_this_test")
        cursor.execute("SET LOCAL ROLE application_for_this_test")
        with pytest.raises(CommandError, match="as the owner of the tables"), transaction.atomic():
            call_command("purge_history", before="2019-09-01")
        cursor.execute("RESET ROLE")


def test_looks_before_their_own_day_go_and_stay_append_only(capsys):
    for day in ("2024-08-31", "2024-09-01"):
        Look.objects.create(day=day, page="a page", request=day, user_id=1, teacher_id=2)
    call_command("purge_history", before="2019-09-01", looks_before="2024-09-01")
    assert "core.Look: 1 deleted" in capsys.readouterr().out
    assert [str(look.day) for look in Look.objects.all()] == ["2024-09-01"]
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        Look.objects.all().delete()


@pytest.mark.parametrize("wrong", ["yesterday", "2019-13-01", ""])
def test_what_is_no_day_is_refused_with_an_example(wrong):
    with pytest.raises(CommandError, match="Give it like 2019-09-01"):
        call_command("purge_history", before=wrong)
