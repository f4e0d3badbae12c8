"""Two tutors at the same moment, over two connections: one result, and words for the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from core.refusals import RefusedChange, is_refusal, words_of
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from tests.builders import make_school, make_teacher
from tests.config.processes import GIVE_UP

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 1, 15)
RAY = NewTeacher("0123456", date(1990, 5, 17), "Ray Kirby")
ADDED = "added"


def given(email: str = "ray@school.example") -> dict:
    return {"email": email, "started_on": date(2026, 1, 5), "day": DAY}


def ect(email: str = "ray@school.example") -> dict:
    return given(email) | {"induction_started_on": date(2026, 1, 5)}


def ended_at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, sorted: those that were done first."""
    together = Barrier(len(acts), timeout=GIVE_UP)

    def person(act: Callable[[], object]) -> str:
        try:
            with transaction.atomic():
                connection.ensure_connection()
                together.wait()
                act()
        except RefusedChange as refusal:
            return str(refusal)
        except RefusedDetailsError:
            return "details"
        except DatabaseError as error:
            return words_of(error) if is_refusal(error) else repr(error)
        finally:
            connection.close()
        return ADDED

    with ThreadPoolExecutor(len(acts)) as people:
        ended = [future.result() for future in [people.submit(person, act) for act in acts]]
    return sorted(ended, key=lambda words: words != ADDED)


def test_the_same_known_teacher_at_one_school():
    school, teacher = make_school(), make_teacher("Jane Thomas")
    ended = ended_at_once(*[lambda: add_mentor(school, teacher, **given())] * 2)
    assert ended[0] == ADDED
    assert ended[1].startswith("Jane Thomas is already a mentor at your school")
    assert MentorAtSchool.objects.count() == 1


def test_the_same_new_person_at_one_school():
    school = make_school()
    ended = ended_at_once(*[lambda: add_mentor(school, RAY, **given())] * 2)
    assert ended[0] == ADDED
    assert ended[1].startswith("Another tutor has just added Ray Kirby")
    assert (Teacher.objects.count(), MentorAtSchool.objects.count()) == (1, 1)


def test_a_new_person_with_two_dates_of_birth():
    other = NewTeacher(RAY.trn, date(1990, 5, 18), "Ray Kirby")
    ended = ended_at_once(
        lambda: add_mentor(make_school(), RAY, **given()),
        lambda: add_mentor(make_school(), other, **given("other@school.example")),
    )
    assert ended == [ADDED, "details"]
    assert (Teacher.objects.count(), MentorAtSchool.objects.count()) == (1, 1)


def test_one_ect_at_two_schools():
    schools, teacher = [make_school(), make_school()], make_teacher("Ray Kirby")
    ended = ended_at_once(
        *[lambda school=school: add_ect(school, teacher, **ect()) for school in schools]
    )
    assert ended[0] == ADDED
    assert ended[1].startswith("Ray Kirby is recorded as an ECT at another school")
    assert ECTAtSchool.objects.count() == 1


def test_one_person_as_mentor_and_as_ect():
    school, teacher = make_school(), make_teacher("Ray Kirby")
    ended = ended_at_once(
        lambda: add_mentor(school, teacher, **given()),
        lambda: add_ect(make_school(), teacher, **ect()),
    )
    assert ended[0] == ADDED
    assert "is recorded as a mentor" in ended[1] or "has not completed induction" in ended[1]
    assert MentorAtSchool.objects.count() + ECTAtSchool.objects.count() == 1


def test_one_address_for_two_people():
    school = make_school()
    people = [make_teacher(), make_teacher()]
    ended = ended_at_once(
        *[lambda person=person: add_mentor(school, person, **given()) for person in people]
    )
    assert ended[0] == ADDED
    assert ended[1] in (
        "Another person has this email address. Enter a different one",
        "Another person has this email address at that time.",
    ) or ended[1].startswith("This does not fit the other records")
    assert MentorAtSchool.objects.count() == 1
