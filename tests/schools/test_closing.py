"""A school that closes: one rule says from when, and it takes no new people."""

from datetime import date
from functools import partial

import pytest

from schools.adding import NewTeacher, add_ect, add_mentor
from schools.closing import closed_in_words
from schools.models import School, Teacher
from schools.tutors import nominate
from tests.builders import make_school, make_tutor
from tests.schools.refused import refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)
MORGAN = NewTeacher("0123457", date(1985, 5, 17), "Morgan Mentor")
RAY = NewTeacher("0123456", date(1990, 5, 17), "Ray Kirby")
OPEN, CLOSED, TO_CLOSE = School.Status.OPEN, School.Status.CLOSED, School.Status.PROPOSED_TO_CLOSE


@pytest.mark.parametrize(
    ("status", "closed_on", "says"),
    [
        (OPEN, None, ""),
        (OPEN, date(2026, 1, 16), ""),
        (TO_CLOSE, date(2026, 8, 31), ""),
        (OPEN, date(2026, 1, 15), "Fleet closed on 15 January 2026. "),
        (TO_CLOSE, date(2025, 8, 31), "Fleet closed on 31 August 2025. "),
        (CLOSED, date(2025, 8, 31), "Fleet closed on 31 August 2025. "),
        (CLOSED, None, "Fleet is closed. "),
    ],
)
def test_closed_is_one_rule_for_pages_adding_and_naming_tutors(status, closed_on, says):
    school = make_school("Fleet", status=status, closed_on=closed_on)
    tutor = make_tutor(school)
    words = says and f"{says}A closed school takes no new people."
    assert closed_in_words(school, DAY) == words
    given = {"email": "ray@school.example", "started_on": date(2026, 1, 5), "day": DAY}
    no_people = "A closed school takes no new people"
    for act, why in (
        (
            lambda: nominate(school, "new@school.example", "Nell Named", by=tutor, day=DAY),
            "Fleet is closed. Nobody can be named as its induction tutor",
        ),
        (lambda: add_ect(school, RAY, induction_started_on=date(2026, 1, 5), **given), no_people),
        (
            lambda: add_mentor(school, MORGAN, **given | {"email": "morgan@school.example"}),
            no_people,
        ),
    ):
        if says:
            assert refused(act) == why
        else:
            act()
    assert Teacher.objects.count() == (0 if says else 2)


@pytest.mark.parametrize(("started_on", "too_late"), [(30, False), (31, True)])
def test_nobody_starts_at_a_school_when_it_has_closed(started_on, too_late):
    school = make_school("Fleet", status=TO_CLOSE, closed_on=date(2026, 8, 31))
    given = {"email": "ray@school.example", "started_on": date(2026, 8, started_on), "day": DAY}
    if too_late:
        why = "Start date must be before 31 August 2026, when Fleet closes"
        assert refused(partial(add_mentor, school, RAY, **given)) == why
    else:
        add_mentor(school, RAY, **given)
