"""The pages on which a tutor changes a name or an email address, and tells of leaving."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from mentors.models import Leaving, Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests import builders
from tests.mentors.reading import address, open_address, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]
Person = MentorAtSchool | ECTAtSchool


@pytest.fixture
def school(client: Client) -> School:
    school = builders.make_school()
    client.force_login(builders.make_tutor(school))
    return school


@pytest.fixture(params=["mentor", "ect"])
def person(request, school: School) -> Person:
    make = builders.make_mentor if request.param == "mentor" else builders.make_ect
    return make(school=school, name="Jane Thomas", email="jane@school.example")


def page_of(person: Person, page: str = "") -> str:
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    name = f"{role}-{page}" if page else role
    return address(name, person.school.urn, person.public_id)


def send(client: Client, where: str, **answers: str) -> BeautifulSoup:
    """Fill in the page at this address and go where that leads."""
    page = open_address(client, where)
    hidden = {i["name"]: i["value"] for i in page.main.select("input[type=hidden][value]")}
    response = client.post(where, hidden | answers, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def press(client: Client, where: str, opened: BeautifulSoup) -> BeautifulSoup:
    """Confirm on a page that was opened before."""
    response = client.post(where, {"seen": opened.select_one("[name=seen]")["value"]}, follow=True)
    return BeautifulSoup(response.content, "html.parser")


def last_day(day: int, month: int, year: int) -> dict[str, str]:
    return {"last_day-day": str(day), "last_day-month": str(month), "last_day-year": str(year)}


def error(page: BeautifulSoup) -> str:
    assert page.title.string.strip().startswith("Error: ")
    return words(page.select_one(".govuk-error-summary__list"))


def banner(page: BeautifulSoup) -> str:
    return words(page.select_one(".govuk-notification-banner__heading"))


def test_a_name_is_changed(client: Client, person: Person):
    check = send(client, page_of(person, "name"), name="Jane Smith")
    assert rows(check.main) == {"Current name": "Jane Thomas", "New name": "Jane Smith"}
    done = send(client, page_of(person, "name-check"))
    assert banner(done) == "Jane Thomas’s name is now Jane Smith"
    assert words(done.h1) == "Jane Smith"


def test_an_email_address_is_changed(client: Client, person: Person):
    check = send(client, page_of(person, "email"), email="Jane.Smith@School.example")
    assert rows(check.main) == {
        "Current email address": "jane@school.example",
        "New email address": "jane.smith@school.example",
    }
    done = send(client, page_of(person, "email-check"))
    assert banner(done) == "Jane Thomas’s email address is now jane.smith@school.example"
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
            "This email address is in use for somebody else. Enter another one",
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
        "Somebody changed our records while you were looking. Check what they say now"
    )
    assert rows(page.main)["Current name"] == "Jane Brown"
    assert banner(send(client, where)) == "Jane Brown’s name is now Jane Smith"


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


def test_a_second_tutor_who_tells_another_last_day_reads_that_one_was_told(
    client: Client, person: Person
):
    opened = send(client, page_of(person, "leaving"), **last_day(31, 3, 2026))
    colleague = Client()
    colleague.force_login(builders.make_tutor(person.school))
    send(colleague, page_of(person, "leaving"), **last_day(30, 4, 2026))
    send(colleague, page_of(person, "leaving-check"))
    answer = press(client, page_of(person, "leaving-check"), opened)
    assert error(answer) == "Somebody has told us already that Jane Thomas is leaving your school"
    assert Leaving.objects.get().person.last_day == date(2026, 4, 30)


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


def test_leaving_and_staying_after_all(client: Client, person: Person):
    page = open_address(client, page_of(person))
    (link,) = [a for a in page.main.find_all("a") if "leaving" in words(a)]
    assert words(link) == "Tell us if Jane Thomas is leaving your school"
    check = send(client, link["href"], **last_day(31, 3, 2026))
    assert rows(check.main) == {"Name": "Jane Thomas", "Last day": "31 March 2026"}
    assert "You can withdraw this until the end of their last day" in words(check.main)
    done = send(client, page_of(person, "leaving-check"))
    assert banner(done) == "Jane Thomas’s last day at your school is 31 March 2026"
    inset = done.select_one(".govuk-inset-text")
    assert "is leaving this school. Their last day is 31 March 2026" in words(inset)
    assert "Tell us if Jane Thomas" not in words(done.main)
    assert words(inset.a) == "Tell us if they are staying"
    stays = send(client, inset.a["href"])
    assert banner(stays) == "Jane Thomas is no longer leaving your school"
    assert not stays.select(".govuk-inset-text")


def test_what_ends_and_what_never_begins_is_listed_before_it_is_confirmed(
    client: Client, school: School
):
    mentor = builders.make_mentor(school=school)
    for name, start in (("Ray Kirby", date(2025, 9, 1)), ("Hadley Deleon", date(2026, 4, 1))):
        builders.make_mentorship(
            mentor, builders.make_ect(school=school, name=name), started_on=start
        )
    builders.make_training_period(mentor)
    check = send(client, page_of(mentor, "leaving"), **last_day(31, 3, 2026))
    assert [words(li) for li in check.select("#ended li")] == [
        "Mentoring Ray Kirby",
        "Training with Ambition Institute",
    ]
    assert [words(li) for li in check.select("#deleted li")] == [
        "Mentoring Hadley Deleon from 1 April 2026"
    ]
    Mentorship.objects.filter(ect__teacher__name="Ray Kirby").delete()
    seen = check.select_one("[name=seen]")["value"]
    answer = client.post(page_of(mentor, "leaving-check"), {"seen": seen})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "while you were looking" in error(page)
    assert [words(li) for li in page.select("#ended li")] == ["Training with Ambition Institute"]
    assert Mentorship.objects.count() == 1


def test_a_past_last_day_is_said_to_be_past(client: Client, person: Person):
    check = send(client, page_of(person, "leaving"), **last_day(31, 12, 2025))
    assert "Their last day is over, so you cannot undo this yourself" in words(check.main)
    done = send(client, page_of(person, "leaving-check"))
    assert banner(done) == "Jane Thomas’s last day at your school was 31 December 2025"
    assert "left this school. Their last day was 31 December 2025" in words(done.main)
    assert client.post(page_of(person, "leaving-check")).url == page_of(person)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (last_day(31, 2, 2026), "Last day must be a real date"),
        ({}, "Enter last day"),
        (
            last_day(31, 8, 2021),
            "Last day must be on or after 1 September 2021, when they started here",
        ),
        (last_day(16, 1, 2027), "Last day must be on or before 15 January 2027, a year from today"),
    ],
)
def test_a_day_that_cannot_be_their_last(client: Client, person: Person, day, message):
    assert error(send(client, page_of(person, "leaving"), **day)) == message
    assert not Leaving.objects.exists()


def test_withdrawing_says_what_could_not_be_reopened(client: Client, school: School):
    mentor = builders.make_mentor(school=school, name="Jane Thomas")
    ect = builders.make_ect(school=school, name="Ray Kirby")
    builders.make_mentorship(mentor, ect)
    send(client, page_of(mentor, "leaving"), **last_day(31, 3, 2026))
    send(client, page_of(mentor, "leaving-check"))
    other = builders.make_mentor(school=school)
    builders.make_mentorship(other, ect, started_on=date(2026, 4, 1))
    where = page_of(mentor, "leaving-withdraw")
    page = open_address(client, where)
    assert [words(li) for li in page.select("#reopens li")] == ["Mentoring Ray Kirby"]
    assert banner(send(client, where)) == (
        "Jane Thomas is no longer leaving your school. Other records have changed, so this was not"
        " reopened: Mentoring Ray Kirby"
    )


def test_an_ect_who_starts_elsewhere_cannot_stay_and_the_page_says_so(
    client: Client, school: School
):
    ect = builders.make_ect(school=school)
    send(client, page_of(ect, "leaving"), **last_day(31, 3, 2026))
    send(client, page_of(ect, "leaving-check"))
    builders.make_ect(ect.teacher, started_on=date(2026, 4, 1))
    page = send(client, page_of(ect, "leaving-withdraw"))
    assert error(page) == (
        f"{ect.teacher.name} is recorded as an ECT at another school after their last day here. If"
        " they are staying, contact us"
    )
    assert Leaving.objects.exists()


def test_a_half_done_journey_goes_on_after_signing_in_again(client: Client, person: Person):
    send(client, page_of(person, "name"), name="Jane Smith")
    user = person.school.induction_tutors.get().user
    client.logout()
    client.force_login(user)
    assert rows(open_page(client, *names(person, "name-check")).main)["New name"] == "Jane Smith"


def names(person: Person, page: str) -> tuple:
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    return f"{role}-{page}", person.school.urn, person.public_id
