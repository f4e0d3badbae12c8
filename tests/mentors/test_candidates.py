"""Who can be assigned to a mentor, and who can mentor an ECT: for links and for journeys."""

from datetime import date

import pytest

from mentors.pairing.candidates import can_be_assigned_an_ect, with_another_mentor
from mentors.pairing.choices import (
    Candidate,
    assignable_ect,
    assignable_ects,
    mentor_for,
    mentors_for,
)
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship, make_school, make_teacher

pytestmark = pytest.mark.django_db

TODAY, YESTERDAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)
LATER = date(2026, 9, 1)
NOT_NOW = "Not currently mentoring"


def ects_for(mentor: MentorAtSchool) -> list[tuple[str, str]]:
    """Their names and hints; the link is there just when there are any, and each is found by id."""
    found = assignable_ects(mentor, TODAY)
    assert found.number == len(found.shown)
    assert can_be_assigned_an_ect(mentor, TODAY) == bool(found.number)
    for ect in ECTAtSchool.objects.all():
        same = [each for each in found.shown if each.person == ect]
        assert assignable_ect(mentor, ect.public_id, TODAY) == (same[0] if same else None)
    return [(each.person.teacher.name, each.hint) for each in found.shown]


def mentors_of(ect: ECTAtSchool) -> list[tuple[str, str, bool]]:
    """Their names and hints, and which is the present one; linked to just when there are any."""
    found = mentors_for(ect, TODAY)
    assert found.number == len(found.shown)
    assert with_another_mentor([ect.pk], TODAY) == ({ect.pk} if found.number else set())
    for mentor in MentorAtSchool.objects.all():
        same = [each for each in found.shown if each.person == mentor]
        assert mentor_for(ect, mentor.public_id, TODAY) == (same[0] if same else None)
    return [(each.person.teacher.name, each.hint, each.is_present) for each in found.shown]


def names(found: list[tuple]) -> list[str]:
    return [name for name, *_ in found]


@pytest.mark.parametrize(
    ("days", "can_be"),
    [
        ({}, True),
        ({"started_on": TOMORROW}, True),
        ({"finished_on": TOMORROW}, True),
        ({"finished_on": TODAY}, False),
        ({"induction_finished_on": TOMORROW}, True),
        ({"induction_finished_on": TODAY}, False),
    ],
)
def test_an_ect_who_has_not_left_nor_completed_induction_can_be_assigned(days, can_be):
    mentor = make_mentor()
    ect = make_ect(school=mentor.school, name="Al", **days)
    assert names(ects_for(mentor)) == (["Al"] if can_be else [])
    assert bool(mentors_of(ect)) == can_be


@pytest.mark.parametrize(
    ("days", "can_be"),
    [
        ({}, True),
        ({"started_on": TOMORROW}, True),
        ({"finished_on": TOMORROW}, True),
        ({"finished_on": TODAY}, False),
    ],
)
def test_a_mentor_who_has_not_left_can_be_chosen(days, can_be):
    mentor = make_mentor(name="Jane", **days)
    ect = make_ect(school=mentor.school, name="Al")
    hint = "Starts at this school on 3 March 2026" if "started_on" in days else NOT_NOW
    assert mentors_of(ect) == ([("Jane", hint, False)] if can_be else [])
    assert bool(ects_for(mentor)) == can_be


def test_nobody_is_assigned_to_themself_to_their_own_mentor_or_to_another_school():
    mentor = make_mentor()
    make_ect(mentor.teacher, mentor.school)
    make_mentorship(mentor, make_ect(school=mentor.school))
    make_ect()
    assert ects_for(mentor) == []
    own = make_ect(make_mentor().teacher)
    assert mentors_of(own) == []


def test_nobody_is_assigned_to_somebody_who_is_gone_before_they_come():
    mentor = make_mentor(finished_on=date(2026, 8, 1))
    ect = make_ect(school=mentor.school, started_on=LATER)
    assert (ects_for(mentor), mentors_of(ect)) == ([], [])


def test_one_who_is_to_be_mentored_by_them_can_be_assigned_to_them_earlier():
    mentor = make_mentor()
    ect = make_ect(school=mentor.school, name="Al")
    make_mentorship(mentor, ect, started_on=TOMORROW)
    assert names(ects_for(mentor)) == ["Al"]
    assert mentors_of(ect) == [("Morgan Mentor", NOT_NOW, False)]


def test_those_without_a_mentor_come_first_each_a_to_z_and_say_who_mentors_them():
    mentor = make_mentor()
    jane = make_mentor(school=mentor.school, name="Jane Thomas")
    for name, is_mentored in (
        ("Violet Brown", False),
        ("Abney Cartwright", True),
        ("Jason Blue", False),
        ("\u00c9lodie Aubert", True),
    ):
        ect = make_ect(school=mentor.school, name=name)
        if is_mentored:
            make_mentorship(jane, ect)
    assert ects_for(mentor) == [
        ("Jason Blue", "Not currently being mentored"),
        ("Violet Brown", "Not currently being mentored"),
        ("Abney Cartwright", "Currently mentored by Jane Thomas"),
        ("\u00c9lodie Aubert", "Currently mentored by Jane Thomas"),
    ]


def test_mentors_are_a_to_z_with_the_present_one_marked():
    school = make_school()
    olu, jane = (make_mentor(school=school, name=name) for name in ("Olu Bello", "Jane Thomas"))
    ect = make_ect(school=school, name="Al")
    make_mentorship(jane, ect, finished_on=YESTERDAY)
    make_mentorship(olu, ect, started_on=TODAY)
    assert mentors_of(ect) == [
        ("Jane Thomas", NOT_NOW, False),
        ("Olu Bello", "Currently mentors Al", True),
    ]


def test_the_present_mentor_alone_is_no_choice():
    mentor = make_mentor()
    ect = make_ect(school=mentor.school)
    make_mentorship(mentor, ect)
    assert mentors_of(ect) == []


def test_somebody_back_at_the_school_is_there_once():
    mentor, teacher = make_mentor(), make_teacher("Al")
    for days in ((date(2023, 9, 1), date(2024, 9, 1)), (date(2025, 9, 1), None)):
        make_ect(teacher, mentor.school, started_on=days[0], finished_on=days[1])
    assert names(ects_for(mentor)) == ["Al"]


def test_somebody_who_left_and_is_to_come_back_can_be_assigned_like_others_to_come():
    mentor, teacher = make_mentor(), make_teacher("Al")
    make_ect(teacher, mentor.school, finished_on=YESTERDAY)
    make_ect(teacher, mentor.school, started_on=LATER)
    assert names(ects_for(mentor)) == ["Al"]


def test_the_present_mentor_can_be_chosen_when_a_change_is_to_come():
    school = make_school()
    olu, jane = (make_mentor(school=school, name=name) for name in ("Olu Bello", "Jane Thomas"))
    ect = make_ect(school=school, name="Al")
    make_mentorship(jane, ect, finished_on=LATER)
    make_mentorship(olu, ect, started_on=LATER)
    assert mentors_of(ect) == [
        ("Jane Thomas", "Currently mentors Al", False),
        ("Olu Bello", NOT_NOW, False),
    ]


def test_each_mentor_is_shown_with_the_number_of_their_ects():
    school = make_school()
    ect = make_ect(school=school, name="Al")
    for number, name in enumerate(("Ann", "Bea", "Cy")):
        mentor = make_mentor(school=school, name=name)
        for _ in range(number):
            make_mentorship(mentor, make_ect(school=school))
    before = make_mentorship(mentor, make_ect(school=school), finished_on=YESTERDAY)
    elsewhere = make_mentor(mentor.teacher)
    make_mentorship(elsewhere, make_ect(school=elsewhere.school))
    assert before.mentor == mentor
    assert mentors_of(ect) == [
        ("Ann", "Not currently mentoring", False),
        ("Bea", "Currently mentors 1 ECT", False),
        ("Cy", "Currently mentors 2 ECTs", False),
    ]
    make_mentorship(mentor, ect)
    assert mentors_of(ect)[2] == ("Cy", "Currently mentors Al and 2 other ECTs", True)


@pytest.fixture
def many() -> ECTAtSchool:
    """An ECT at a school with 45 mentors, who are named by the number: M 00, M 01."""
    ect = make_ect(name="Al")
    for number in reversed(range(45)):
        make_mentor(make_teacher(f"M {number:02}", f"{5000000 + number}"), ect.school)
    return ect


@pytest.mark.parametrize(
    ("asked", "shown", "number"),
    [
        ({}, range(20), 45),
        ({"page": "2"}, range(20, 40), 45),
        ({"page": 3}, range(40, 45), 45),
        ({"page": "99"}, range(40, 45), 45),
        ({"page": "x"}, range(20), 45),
        ({"search": "m"}, range(20), 45),
        ({"search": "m", "page": "3"}, range(40, 45), 45),
        ({"search": "m 1"}, [1, *range(10, 20), 21, 31, 41], 14),
        ({"search": "5000044"}, [44], 1),
        ({"search": "nobody"}, [], 0),
        ({"search": "  "}, range(20), 45),
    ],
)
def test_many_come_in_pages_of_twenty_and_are_searched(many, asked, shown, number):
    found = mentors_for(many, TODAY, **asked)
    assert names_of(found.shown) == [f"M {each:02}" for each in shown]
    assert (found.number, found.page.paginator.count, found.are_searched) == (45, number, True)


def names_of(candidates: tuple[Candidate, ...]) -> list[str]:
    return [each.person.teacher.name for each in candidates]


def test_twenty_are_all_there_whatever_is_searched(many):
    MentorAtSchool.objects.filter(teacher__name__gte="M 20").delete()
    found = mentors_for(many, TODAY, search="m 01", page=2)
    assert (len(found.shown), found.are_searched) == (20, False)
