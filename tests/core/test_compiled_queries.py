"""Compiled queries give what their querysets give, with the values of the moment."""

import contextlib
import select
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import DateField, Exists, OuterRef

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from core.postgresql.base import tally
from mentors.models import Leaving, Mentorship
from schools.models import MentorAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2022, 8, 31), date(2030, 1, 1)


def mentors_on(day):
    mentoring = Mentorship.objects.on(day).filter(mentor=OuterRef("pk"))
    return (
        MentorAtSchool.objects.on(day)
        .annotate(mentoring=Exists(mentoring))
        .select_related("teacher", "school")
        .order_by("pk")
    )


def test_it_gives_the_instances_of_its_queryset_with_related_rows_and_annotations(
    django_assert_num_queries,
):
    mentor, other = make_mentor(), make_mentor()
    make_mentorship(mentor, make_ect(school=mentor.school))
    compiled = CompiledQuery(lambda: mentors_on(DAY))

    for day in (BEFORE, AFTER):
        assert compiled.all(day=day) == list(mentors_on(day))
    with django_assert_num_queries(1):
        found = compiled.all(day=AFTER)
        assert [(row.teacher.name, row.school.name, row.mentoring) for row in found] == [
            (mentor.teacher.name, mentor.school.name, True),
            (other.teacher.name, other.school.name, False),
        ]


def test_a_missing_related_row_is_none_and_costs_no_query(django_assert_num_queries):
    make_mentor()
    compiled = CompiledQuery(lambda: MentorAtSchool.objects.select_related("leaving"))
    with django_assert_num_queries(1):
        (mentor,) = compiled.all()
        assert getattr(mentor, "leaving", None) is None


@pytest.mark.parametrize("how", [{}, {"named": True}])
def test_it_gives_rows_of_values(how):
    mentor = make_mentor()
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(pk=Slot("pk")).values_list(
            "teacher__name", "started_on", **how
        )
    )
    (row,) = compiled.all(pk=mentor.pk)
    assert row == (mentor.teacher.name, mentor.started_on)
    assert not how or row.teacher__name == mentor.teacher.name


def test_it_converts_what_django_converts():
    ect = make_ect()
    Leaving.objects.create(
        ect=ect, finished_on=AFTER, cut_short=[{"a": 1}], told_at="2026-01-01T00:00Z"
    )
    kept = CompiledQuery(lambda: Leaving.objects.values_list("cut_short", flat=True))
    assert kept.all() == [[{"a": 1}]]
    assert CompiledQuery(lambda: Leaving.objects.all()).all()[0].cut_short == [{"a": 1}]


def test_a_list_is_looked_for_each_and_a_page_is_cut_out():
    mentors = [make_mentor() for _ in range(4)]
    ids = [mentor.pk for mentor in mentors]
    compiled = CompiledQuery(
        lambda: (
            MentorAtSchool.objects.filter(any_of("id", "ids"))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    )
    assert compiled.all(ids=ids[1:]) == ids[1:]
    assert compiled.all(ids=[]) == []
    assert compiled.all(ids=ids, first=1, at_most=2) == ids[1:3]
    assert compiled.first(ids=ids[2:]) == ids[2]
    assert compiled.first(ids=[]) is None


def test_lists_of_one_and_of_several_stand_side_by_side():
    mentors = [make_mentor() for _ in range(3)]
    compiled = CompiledQuery(
        lambda: (
            MentorAtSchool.objects.filter(any_of("id", "ids"), any_of("school", "schools"))
            .exclude(any_of("id", "ids"), email="%s and %%")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    )
    ids, schools = [m.pk for m in mentors], [m.school_id for m in mentors]
    for few_ids, few_schools in product((ids, ids[:2], ids[1:2]), (schools, schools[1:2])):
        expected = [m.pk for m in mentors if m.pk in few_ids and m.school_id in few_schools]
        assert compiled.all(ids=few_ids, schools=few_schools) == expected


@pytest.mark.parametrize("email", ["50%s@school.example", "%%", "o'brien\\", '"', "%"])
def test_a_constant_is_written_into_it_as_it_is(email):
    mentor, _ = make_mentor(email=email), make_mentor()
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(email=email, pk=Slot("pk")).values_list("email")
    )
    assert compiled.all(pk=mentor.pk) == [(email,)]


def test_the_server_plans_it_once():
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(any_of("id", "ids"), email__gt="planned once")
    )
    for number in range(8):
        compiled.all(ids=[number, 2 * number])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%''planned once''%'"
        )
        assert cursor.fetchall() == [(8, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_asked_whether_it_works_only_if_not_used_lately(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    asked = tally.rounds
    assert connection.is_usable()
    assert tally.rounds == asked
    monkeypatch.setattr(connection.connection, "used_at", time.monotonic() - 3)
    assert connection.is_usable()
    assert tally.rounds == asked + 1


def test_a_connection_in_a_transaction_that_failed_is_not_usable():
    with transaction.atomic(), connection.cursor() as cursor:
        with contextlib.suppress(ProgrammingError):
            cursor.execute("SELECT nonsense")
        assert not connection.is_usable()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_not_usable():
    connection.ensure_connection()
    kept, other = connection.connection, connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [kept.info.backend_pid])
    other.close()
    select.select([kept.fileno()], [], [], 5)
    assert not connection.is_usable()
    connection.close()


def prepared() -> int:
    """How many of this connection's prepared statements ask for an email address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%\"email\" = ($1)%'"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("threshold", "times"), [(2**31, 1), (None, 0)])
def test_the_server_prepares_it_once_unless_that_is_switched_off(monkeypatch, threshold, times):
    mentor = make_mentor()
    monkeypatch.setattr(connection.connection, "prepare_threshold", threshold)
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(
            email=Slot("email", MentorAtSchool.email.field), pk__lte=Slot("pk")
        )
    )
    before = prepared()
    for pk in (mentor.pk, 70_000, 5_000_000_000):
        assert compiled.all(email=mentor.email, pk=pk) == [mentor]
    assert prepared() - before == times


def test_logs_of_queries_show_its_values(django_assert_num_queries):
    compiled = CompiledQuery(lambda: MentorAtSchool.objects.filter(pk=Slot("pk")))
    with django_assert_num_queries(1) as captured:
        compiled.all(pk=4711)
    assert "4711" in captured[0]["sql"]


def test_a_number_too_large_for_an_id_is_that_of_none():
    mentor = make_mentor()
    compiled = CompiledQuery(lambda: MentorAtSchool.objects.filter(any_of("id", "ids")))
    assert compiled.all(ids=[mentor.pk, 10**20, -(10**20)]) == [mentor]


def test_a_value_is_no_sql():
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(email=Slot("email", MentorAtSchool.email.field))
    )
    assert compiled.all(email="' OR 1=1 --") == []


def test_values_of_another_kind_are_refused():
    with pytest.raises(TypeError, match="instances or rows"):
        CompiledQuery(lambda: MentorAtSchool.objects.values("pk")).all()


@pytest.mark.django_db(transaction=True)
def test_threads_share_one():
    mentors = [make_mentor() for _ in range(5)]
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(
            pk=Slot("pk"), started_on__lte=Slot("day", DateField())
        ).select_related("teacher")
    )

    def look(mentor):
        try:
            return [compiled.first(pk=mentor.pk, day=AFTER).teacher.name for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        found = list(threads.map(look, mentors))
    assert found == [[mentor.teacher.name] * 20 for mentor in mentors]


def test_a_percent_sign_of_the_query_stands_for_any_text():
    mentor = make_mentor(name="Percy Sign")
    make_mentor(name="Another")
    compiled = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(
            teacher__searchable_name__has_words="erc", school=Slot("school")
        )
    )
    assert compiled.all(school=mentor.school_id) == [mentor]
