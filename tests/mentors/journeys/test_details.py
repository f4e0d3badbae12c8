"""The pages on which a tutor changes a name or an email address."""

from datetime import date

import pytest
from django.test import Client

from schools.models import Teacher
from tests import builders
from tests.mentors.journeys.person_helpers import (
    Person,
    banner,
    error,
    last_day,
    names,
    page_of,
    press,
    send,
)
from tests.mentors.reading import open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]


def test_a_name_is_changed(client: Client, person: Person):
    check = send(client, page_of(person, "name"), name="Jane Smith")
    assert rows(check.main) == {"Current name": "Jane Thomas", "New name": "Jane Smith"}
    done = send(client, page_of(person, "name-check"))
    assert banner(done) == "Jane Thomas’s name is now Jane Smith."
    assert words(done.h1) == "Jane Smith"


def test_an_email_address_is_changed(client: Client, person: Person):
    check = send(client, page_of(person, "email"), email="Jane.Smith@School.example")
    assert rows(check.main) == {
        "Current email address": "jane@school.example",
        "New email address": "jane.smith@school.example",
    }
    done = send(client, page_of(person, "email-check"))
    assert banner(done) == "Jane Thomas’s email address is now jane.smith@school.example."
    assert rows(done.select_one("#personal-details"))["Email address"] == (
        "jane.smith@school.example"
    )


@pytest.mark.parametrize(
    ("what", "entry", "message"),
    [
        ("name", " ", "Enter their full name"),
        ("name", "x" * 201, "Full name must be 200 characters or less"),
        ("name", "Jane  Thomas", "We have this name already. Enter another one, or go back"),
        ("email", "", "Enter their email address"),
        (
            "email",
            "jane",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            "email",
            f"jane@{'school.' * 36}example",
            "Email address must be 254 characters or less",
        ),
        (
            "email",
            "JANE@school.example",
            "We have this email address already. Enter another one, or go back",
        ),
        (
            "email",
            "taken@a.example",
            "Another person has this email address. Enter a different one",
        ),
    ],
)
def test_an_entry_that_cannot_be(client: Client, person: Person, what, entry, message):
    builders.make_mentor(email="taken@a.example")
    builders.make_ect(email="taken@a.example")
    answer = send(client, page_of(person, what), **{what: entry})
    assert error(answer) == message
    assert answer.select_one(f"#id_{what}").get("value", "") == entry


def test_a_name_that_a_colleague_changed_meanwhile_is_shown_and_not_overwritten(
    client: Client, person: Person
):
    page = send(client, page_of(person, "name"), name="Jane Smith")
    Teacher.objects.filter(pk=person.teacher_id).update(name="Jane Brown")
    where = page_of(person, "name-check")
    page = press(client, where, page)
    assert error(page) == (
        "Our records were changed while you were looking. Check what they say now"
    )
    assert rows(page.main)["Current name"] == "Jane Brown"
    assert banner(send(client, where)) == "Jane Brown’s name is now Jane Smith."


@pytest.mark.parametrize("what", ["name", "email", "leaving"])
def test_an_answer_changed_in_another_window_is_not_confirmed_unseen(
    client: Client, person: Person, what
):
    entries = {
        "name": ({"name": "Jane Smith"}, {"name": "Jane Brown"}),
        "email": ({"email": "smith@a.example"}, {"email": "brown@a.example"}),
        "leaving": (last_day(31, 3, 2026), last_day(30, 4, 2026)),
    }[what]
    opened, shown = (send(client, page_of(person, what), **entry) for entry in entries)
    answer = press(client, page_of(person, f"{what}-check"), opened)
    assert error(answer).startswith("Your answers were changed, perhaps in another window")
    assert rows(answer.main) == rows(shown.main) != rows(opened.main)
    before = person.teacher.name, person.email, person.finished_on
    person = type(person).objects.get(pk=person.pk)
    assert (person.teacher.name, person.email, person.finished_on) == before


@pytest.mark.parametrize("what", ["name", "email"])
def test_sent_again_it_changes_nothing_twice(client: Client, person: Person, what):
    entry = {"name": "Jane Smith", "email": "smith@a.example"}[what]
    send(client, page_of(person, what), **{what: entry})
    send(client, page_of(person, f"{what}-check"))
    Teacher.objects.update(name="Later Name")
    type(person).objects.update(email="later@a.example")
    again = client.post(page_of(person, f"{what}-check"), {"seen": "Later Name"})
    assert again.url == page_of(person)
    person.refresh_from_db()
    assert (person.teacher.name, person.email) == ("Later Name", "later@a.example")


@pytest.mark.parametrize("what", ["name", "email", "leaving"])
def test_a_check_page_without_an_answer_leads_to_the_question(client: Client, person: Person, what):
    assert client.get(page_of(person, f"{what}-check")).url == page_of(person, what)


@pytest.mark.parametrize(
    "what",
    ["name", "name-check", "email", "email-check", "leaving", "leaving-check", "leaving-withdraw"],
)
def test_nothing_of_somebody_who_left_can_be_changed(client: Client, person: Person, what):
    type(person).objects.update(finished_on=date(2026, 1, 15))
    assert client.get(page_of(person, what)).url == page_of(person)
    assert client.post(page_of(person, what), {"name": "X", "seen": ""}).url == page_of(person)


def test_a_half_done_journey_goes_on_after_signing_in_again(client: Client, person: Person):
    send(client, page_of(person, "name"), name="Jane Smith")
    user = person.school.induction_tutors.get().user
    client.logout()
    client.force_login(user)
    assert rows(open_page(client, *names(person, "name-check")).main)["New name"] == "Jane Smith"
