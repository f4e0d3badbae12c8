"""TRNs as people write them, plausible dates of birth, and finding a teacher by both."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.finding import check_date_of_birth, find, trn_of
from tests.builders import make_teacher
from tests.schools.refused import refused

DAY = date(2026, 1, 15)
DIGITS_ONLY = "TRN must be digits only, like 0123456. Leave out letters and slashes"
SEVEN = "TRN must be 7 digits. Include any zeros at the start, like 0123456"


@pytest.mark.parametrize(
    ("entry", "trn"),
    [
        ("1234567", "1234567"),
        ("0000012", "0000012"),
        (" 12 34\u00a0567 ", "1234567"),
    ],
)
def test_a_trn_is_seven_digits(entry, trn):
    assert trn_of(entry) == trn


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("123456", SEVEN),
        ("12345678", SEVEN),
        ("RP12/34567", DIGITS_ONLY),
        ("12/34567", DIGITS_ONLY),
        ("12-34567", DIGITS_ONLY),
        ("TRN1234567", DIGITS_ONLY),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", DIGITS_ONLY),
        ("", DIGITS_ONLY),
    ],
)
def test_what_is_no_trn_is_refused_in_words(entry, why):
    assert refused(trn_of, entry) == why


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
            assert find(trn, born_on) == found
        (query,) = captured
        work.append(query["sql"].replace(trn, "?").replace(born_on.isoformat(), "?"))
    assert work == [work[0]] * 3
