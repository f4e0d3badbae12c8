"""Changing a teacher's name, and the email address a school has for them."""

from datetime import date

import pytest

from core.refusals import RefusedChange
from core.text import NO_LETTER, NOT_IN_A_NAME
from schools.details import change_email, check_email, rename
from schools.models import MentorAtSchool, Teacher
from tests import builders
from tests.schools.refused import refused

pytestmark = pytest.mark.django_db

DAY, LAST_YEAR = date(2026, 1, 15), date(2025, 9, 1)
TAKEN = "Another person has this email address. Enter a different one"


def test_a_name_is_the_teachers_everywhere():
    teacher = builders.make_teacher("Jane Thomas")
    builders.make_mentor(teacher)
    builders.make_mentor(teacher)
    rename(teacher, "Jane  Smith", seen="Jane Thomas")
    names = MentorAtSchool.objects.values_list("teacher__name", flat=True)
    assert list(names) == ["Jane Smith", "Jane Smith"]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("\u200b", NO_LETTER),
        ("Jane https://evil.example", NOT_IN_A_NAME),
        ("\u0958" * 101, "Full name must be 200 characters or less"),
    ],
)
def test_what_is_no_name_is_refused_by_the_rule_whoever_asks(entry, why):
    teacher = builders.make_teacher("Jane Thomas")
    with pytest.raises(RefusedChange) as refusal:
        rename(teacher, entry, seen="Jane Thomas")
    assert str(refusal.value) == why


def test_a_name_that_somebody_else_changed_meanwhile_stays():
    teacher = builders.make_teacher("Jane Thomas")
    rename(teacher, "Jane Smith", seen="Jane Thomas")
    with pytest.raises(RefusedChange, match="Our records were changed while you were looking"):
        rename(teacher, "Jane Brown", seen="Jane Thomas")
    assert Teacher.objects.get().name == "Jane Smith"


def test_an_email_address_is_kept_in_lower_case():
    mentor = builders.make_mentor(email="jane@school.example")
    change_email(mentor, "Jane.Thomas@School.example", seen="jane@school.example")
    mentor.refresh_from_db()
    assert mentor.email == "jane.thomas@school.example"


def test_an_email_address_that_somebody_else_changed_meanwhile_stays():
    mentor = builders.make_mentor(email="jane@school.example")
    with pytest.raises(RefusedChange, match="Our records were changed while you were looking"):
        change_email(mentor, "new@school.example", seen="old@school.example")


def test_somebody_elses_address_is_refused_without_a_word_on_whose():
    builders.make_mentor(name="Nina Eaton", email="nina@other.example")
    mentor = builders.make_mentor(email="jane@school.example")
    with pytest.raises(RefusedChange) as refusal:
        change_email(mentor, "NINA@other.example", seen="jane@school.example")
    assert str(refusal.value) == TAKEN


def test_an_address_is_free_when_it_was_somebody_elses_before_is_an_ects_or_ones_own_elsewhere():
    mentor = builders.make_mentor(started_on=date(2024, 9, 1))
    builders.make_mentor(email="old@a.example", finished_on=date(2024, 9, 1))
    builders.make_ect(email="ect@a.example")
    builders.make_mentor(mentor.teacher, email="own@a.example")
    for email in ("old@a.example", "ect@a.example", "own@a.example"):
        change_email(mentor, email, seen=mentor.email)
        mentor.refresh_from_db()
        assert mentor.email == email


@pytest.mark.parametrize(
    ("holder", "started_on", "why"),
    [
        ("another mentor", DAY, TAKEN),
        ("another mentor until then", date(2025, 8, 31), TAKEN),
        ("another mentor until then", LAST_YEAR, ""),
        ("an ECT", DAY, ""),
        ("themself", DAY, ""),
    ],
)
def test_an_address_is_one_mentors_at_a_time(holder, started_on, why):
    jane = builders.make_teacher()
    email = "a@school.example"
    {
        "another mentor": lambda: builders.make_mentor(email=email),
        "another mentor until then": lambda: builders.make_mentor(
            email=email, finished_on=LAST_YEAR
        ),
        "an ECT": lambda: builders.make_ect(email=email),
        "themself": lambda: builders.make_mentor(jane, email=email),
    }[holder]()
    assert refused(check_email, MentorAtSchool, jane, email, started_on) == why


def test_an_address_is_not_that_of_somebody_unknown():
    builders.make_mentor(email="a@school.example")
    assert refused(check_email, MentorAtSchool, None, "a@school.example", DAY) == TAKEN
    assert refused(check_email, MentorAtSchool, None, "b@school.example", DAY) == ""
