"""Plausible dates of birth, and finding a teacher by TRN and date of birth."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.bounds import check_date_of_birth
from schools.finding import as_known, find_by_trn
from schools.models import TeacherMerge
from tests.builders import make_teacher
from tests.schools.refused import refused

DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("born_on", "why"),
    [
        (date(2008, 1, 15), ""),
        (date(2008, 1, 16), "Date of birth must be at least 18 years ago"),
        (date(2026, 1, 14), "Date of birth must be at least 18 years ago"),
        (date(2026, 1, 15), "Date of birth must be in the past"),
        (date(1926, 1, 16), ""),
        (date(1926, 1, 15), "Date of birth must be less than 100 years ago"),
    ],
)
def test_a_date_of_birth_is_a_teachers(born_on, why):
    assert refused(check_date_of_birth, born_on, DAY) == why


@pytest.mark.django_db
def test_a_teacher_is_found_by_both_and_not_found_by_the_same_work():
    teacher = make_teacher(trn="0836472", date_of_birth=date(1989, 11, 13))
    work = []
    for trn, born_on, found in [
        ("0836472", date(1989, 11, 13), teacher),
        ("0836472", date(1989, 11, 14), None),
        ("7654321", date(1989, 11, 13), None),
    ]:
        with CaptureQueriesContext(connection) as captured:
            assert find_by_trn(trn, born_on) == found
        (query,) = captured
        work.append(query["sql"].replace(trn, "?").replace(born_on.isoformat(), "?"))
    assert work == [work[0]] * 3


@pytest.mark.django_db
def test_a_search_for_the_former_participant_id_finds_the_record_that_stays():
    teacher = make_teacher()
    former, other = uuid4(), uuid4()
    TeacherMerge.objects.create(
        teacher=teacher,
        former_id=1,
        participant_id=former,
        into_participant_id=teacher.participant_id,
        mentor_training_record_id=uuid4(),
        trn="7654321",
        name="Former",
        date_of_birth=teacher.date_of_birth,
        merged_at=datetime(2026, 1, 15, tzinfo=UTC),
        by="a test",
        rows=[],
    )
    assert as_known(f"{former} {other}") == f"{teacher.participant_id} {other}"
