"""A school that closes: one rule says from when, and it takes no new people."""

from contextlib import nullcontext
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from schools.adding import NewTeacher, add_ect, add_mentor
from schools.closing import at_open_schools, closed_in_words
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from schools.tutors import nominate
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_mentor, make_school, make_teacher, make_tutor
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
    before = make_mentor(school=school)
    assert MentorAtSchool.objects.filter(at_open_schools(DAY)).exists() is not bool(says)
    given = {"email": "ray@school.example", "started_on": date(2026, 1, 5), "day": DAY}
    no_people = "A closed school takes no new people"
    for act, why in (
        (
            lambda: nominate(school, "new@school.example", "Nell Named", by=tutor, day=DAY),
            "Fleet is closed. No induction tutor can be named for it",
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
    others = Teacher.objects.exclude(pk=before.teacher_id)
    assert others.count() == (0 if says else 2)


TIME = "Fleet is closed. Enter a last day on or before 31 August 2025"
FIRST = "First day must be before 31 August 2025, when Fleet closes"


@pytest.mark.parametrize(
    ("status", "closed_on", "started_on", "last_day", "says"),
    [
        (CLOSED, date(2025, 8, 31), date(2024, 9, 1), date(2025, 8, 31), ""),
        (CLOSED, date(2025, 8, 31), date(2024, 9, 1), date(2025, 9, 1), TIME),
        (CLOSED, date(2025, 8, 31), date(2024, 9, 1), None, TIME),
        (OPEN, date(2025, 8, 31), date(2024, 9, 1), None, TIME),
        (CLOSED, date(2025, 8, 31), date(2025, 8, 31), date(2025, 8, 31), FIRST),
        (CLOSED, None, date(2024, 9, 1), date(2026, 1, 15), ""),
        (CLOSED, None, date(2024, 9, 1), None, f"{TIME[:-14]}15 January 2026"),
        (TO_CLOSE, date(2026, 8, 31), date(2024, 9, 1), None, ""),
        (TO_CLOSE, date(2026, 8, 31), date(2026, 8, 31), None, FIRST.replace("2025", "2026")),
    ],
)
@pytest.mark.time_machine("2026-01-15T12:00:00Z")
@pytest.mark.parametrize("role", [MentorAtSchool, ECTAtSchool])
def test_staff_add_nobody_in_admin_who_is_there_after_it_closed(
    client, role, status, closed_on, started_on, last_day, says
):
    school = make_school("Fleet", status=status, closed_on=closed_on)
    teacher = make_teacher(induction_started_on=date(2024, 9, 1))
    enter_admin(client, make_staff(is_superuser=True))
    entered = {
        "teacher": teacher.pk,
        "school": school.pk,
        "email": "ray@school.example",
        "started_on": started_on,
        "finished_on": last_day or "",
    }
    page = client.post(reverse(f"admin:schools_{role._meta.model_name}_add"), entered)
    assert role.objects.exists() == (not says)
    assert says in page.text


@pytest.mark.time_machine("2026-01-15T12:00:00Z")
def test_staff_may_correct_an_address_at_a_school_that_has_closed(client):
    school = make_school("Fleet", status=CLOSED, closed_on=date(2025, 8, 31))
    mentor = make_mentor(school=school)
    enter_admin(client, make_staff(is_superuser=True))
    entered = {
        "teacher": mentor.teacher_id,
        "school": school.pk,
        "email": "new@school.example",
        "started_on": mentor.started_on,
        "finished_on": "",
    }
    address = reverse("admin:schools_mentoratschool_change", args=[mentor.pk])
    client.post(address, entered)
    mentor.refresh_from_db()
    assert mentor.email == "new@school.example"
    assert TIME in client.post(address, entered | {"finished_on": "2025-09-01"}).text
    assert client.post(address, entered | {"finished_on": "2025-08-31"}).status_code == 302


@pytest.mark.parametrize(("started_on", "too_late"), [(30, False), (31, True)])
def test_nobody_starts_at_a_school_when_it_has_closed(started_on, too_late):
    school = make_school("Fleet", status=TO_CLOSE, closed_on=date(2026, 8, 31))
    given = {"email": "ray@school.example", "started_on": date(2026, 8, started_on), "day": DAY}
    if too_late:
        why = "Start date must be before 31 August 2026, when Fleet closes"
        assert refused(partial(add_mentor, school, RAY, **given)) == why
    else:
        add_mentor(school, RAY, **given)


@pytest.mark.time_machine("2026-01-15T12:00:00Z")
@pytest.mark.parametrize(("started_on", "says"), [("2023-05-16", True), ("2023-05-17", False)])
def test_staff_add_nobody_who_is_not_of_age(client, started_on, says):
    enter_admin(client, make_staff(is_superuser=True))
    teacher = make_teacher(date_of_birth=date(2005, 5, 17))
    entered = {
        "teacher": teacher.pk,
        "school": make_school().pk,
        "email": "ray@school.example",
        "started_on": started_on,
        "finished_on": "",
    }
    page = client.post(reverse("admin:schools_mentoratschool_add"), entered)
    words = "must be on or after 17 May 2023, when they became 18"
    assert (f"First day {words}" in page.text) is says
    teacher.induction_started_on = date.fromisoformat(started_on)
    with pytest.raises(ValidationError) if says else nullcontext() as refused:
        teacher.full_clean()
    assert (f"Induction start date {words}" in str(refused and refused.value)) is says
