"""Whether an address is free tells whether a teacher has it: that is limited, and says no more."""

import pytest
from django.test import Client

from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.journeys.adding_helpers import Adder
from tests.mentors.journeys.person_helpers import error, page_of, send
from tests.mentors.reading import sign_in, words

pytestmark = pytest.mark.django_db
TOO_MANY = (
    "You have tried too many email addresses. Try again tomorrow, or contact us at"
    " manage-teacher-training@education.gov.uk"
)
IN_USE = "Another person has this email address. Enter a different one"


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to("2026-01-15 09:00", tick=False)


@pytest.fixture
def school():
    return make_school()


def a_tutor_of(school) -> Client:
    client = Client()
    sign_in(client, make_tutor(school))
    return client


@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_a_user_asks_twenty_times_an_hour_whoever_has_the_address(school, make, time_machine):
    person, tutor = make(school=school), a_tutor_of(school)
    taken = make(school=make_school()).email
    where = page_of(person, "email")
    for _ in range(19):
        assert error(send(tutor, where, email=taken)) == IN_USE
    send(tutor, where, email="free@school.example")
    assert error(send(tutor, where, email=taken)) == TOO_MANY
    assert error(send(tutor, where, email="another@school.example")) == TOO_MANY
    # What is answered already can be confirmed, and entered again.
    assert "Check the new email" in send(tutor, where, email="free@school.example").title.string
    time_machine.move_to("2026-01-15 10:00:01", tick=False)
    sign_in(tutor, school.induction_tutors.get().user)  # the session has ended
    assert error(send(tutor, where, email=taken)) == IN_USE


def test_the_tutors_of_a_school_are_counted_together_and_adding_with_changing(school, settings):
    assert settings.ACCOUNT_RATE_LIMITS["find_email"] == "20/h/user,60/d/user,40/h/key,120/d/key"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"find_email": "4/h/key"}
    person = make_mentor(school=school)
    first, second = a_tutor_of(school), a_tutor_of(school)
    for number in range(2):
        send(first, page_of(person, "email"), email=f"a{number}@school.example")
        send(second, page_of(person, "email"), email=f"b{number}@school.example")
    third = Adder(a_tutor_of(school), school, "mentors")
    third.look_up()
    third.send("name", name="Jane Thomas")
    third.send("email", email="new@school.example")
    assert third.errors() == [TOO_MANY]


@pytest.mark.parametrize("model", [MentorAtSchool, ECTAtSchool])
def test_the_refusal_is_the_same_whoever_has_the_address(school, model):
    make = make_mentor if model is MentorAtSchool else make_ect
    person, tutor = make(school=school), a_tutor_of(school)
    holders = [make(school=school), make(school=make_school())]
    pages = [send(tutor, page_of(person, "email"), email=holder.email) for holder in holders]
    assert [error(page) for page in pages] == [IN_USE, IN_USE]
    first, second = (
        words(page.main).replace(holder.email, "")
        for page, holder in zip(pages, holders, strict=True)
    )
    assert first == second
