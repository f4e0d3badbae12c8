"""A new TRN with the name and birth date of a person at the school: is this the same person?"""

from datetime import date

import pytest

from schools.models import MentorAtSchool, Teacher
from tests.builders import make_ect, make_mentor, make_school, make_teacher, make_tutor
from tests.mentors.journeys.adding_helpers import JANE, Adder, day
from tests.mentors.reading import heading, rows

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

OURS = "7654321"


@pytest.fixture
def adder(client) -> Adder:
    school = make_school()
    client.force_login(make_tutor(school))
    return Adder(client, school)


def ours(school, name: str = "Zoë Jane Thomas", role=make_mentor, **when) -> Teacher:
    jane = make_teacher(name, OURS, date_of_birth=JANE["born"])
    role(jane, school, **when)
    return jane


def asked(adder: Adder, name: str = "Zoë Jane Thomas", **entered) -> bool:
    adder.look_up(**entered)
    adder.send("name", name=name)
    return adder.at == "same-person"


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Jane Thomas",
        "zoe jane thomas",
        "Thomas Zoë Jane",
        "Zoë Thomas",
        "Zoë-Jane Thomas",
        "Zoë Jane Thomas Brown",
    ],
)
@pytest.mark.parametrize("role", [make_mentor, make_ect])
def test_the_page_asks_and_goes_on_with_the_trn_that_we_hold(adder: Adder, name, role):
    ours(adder.school, role=role)
    assert asked(adder, name)
    assert heading(adder.page)[1] == "Is this the same person?"
    adder.send("same-person", same_as=OURS)
    assert adder.at == "not-possible"
    assert Teacher.objects.count() == 1


def test_a_person_who_left_is_added_again_under_the_trn_that_we_hold(adder: Adder):
    jane = ours(adder.school, finished_on=date(2025, 9, 1))
    assert asked(adder)
    adder.send("same-person", same_as=OURS)
    assert adder.at == "teacher"
    adder.send("teacher", is_them="yes")
    adder.send("email", email="jane@school.example")
    adder.send("start-date", **day("started_on", date(2026, 1, 5)))
    adder.confirm()
    assert jane.mentoratschools.count() == 2


def test_another_person_is_added_and_the_answer_is_shown(adder: Adder):
    ours(adder.school)
    assert asked(adder)
    adder.send("same-person")
    assert adder.errors() == ["Select if this is the same person"]
    adder.send("same-person", same_as="no")
    adder.send("email", email="other@school.example")
    adder.send("start-date", **day("started_on", date(2026, 1, 5)))
    assert rows(adder.page)["Same person as at your school"] == "No, they are two people"
    adder.confirm()
    assert MentorAtSchool.objects.filter(teacher__trn=JANE["trn"]).exists()


@pytest.mark.parametrize("what", ["elsewhere", "another name", "one name", "another birth date"])
def test_for_anybody_else_the_pages_do_not_differ(adder: Adder, what):
    at = make_school() if what == "elsewhere" else adder.school
    name = {"another name": "Jane Thompson", "one name": "Jane"}.get(what, "Zoë Jane Thomas")
    jane = ours(at, name)
    if what == "another birth date":
        Teacher.objects.filter(pk=jane.pk).update(date_of_birth=jane.date_of_birth.replace(day=1))
    assert not asked(adder)
    assert adder.at == "email"
