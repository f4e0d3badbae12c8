"""The pages on which a tutor tells us that a person leaves, or stays after all."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from mentors.leaving.leaving import withdraw_leaving
from mentors.models import Leaving, Mentorship
from schools.models import School
from tests import builders
from tests.mentors.journeys.person_helpers import (
    Person,
    banner,
    error,
    last_day,
    page_of,
    press,
    send,
)
from tests.mentors.reading import open_address, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]


def test_a_second_tutor_who_tells_another_last_day_reads_that_one_was_told(
    client: Client, person: Person
):
    opened = send(client, page_of(person, "leaving"), **last_day(31, 3, 2026))
    colleague = Client()
    colleague.force_login(builders.make_tutor(person.school))
    send(colleague, page_of(person, "leaving"), **last_day(30, 4, 2026))
    send(colleague, page_of(person, "leaving-check"))
    answer = press(client, page_of(person, "leaving-check"), opened)
    told = f"We have already been told that Jane Thomas is leaving {person.school.name}"
    assert error(answer) == told
    assert Leaving.objects.get().person.last_day == date(2026, 4, 30)


def test_leaving_and_staying_after_all(client: Client, person: Person):
    page = open_address(client, page_of(person))
    (link,) = [a for a in page.main.find_all("a") if "leaving" in words(a)]
    assert words(link) == "Tell us if Jane Thomas is leaving your school"
    question = words(open_address(client, link["href"]).main)
    assert "Only tell us about a person who is not expected to return" in question
    assert "parental or sick leave, do not tell us here. Tell their lead provider" in question
    check = send(client, link["href"], **last_day(31, 3, 2026))
    follows = "Their training can go on at their next school, once it adds them."
    assert f"will see that they are leaving. {follows}" in words(check.main)
    assert not check.select(".govuk-warning-text")
    assert rows(check.main) == {"Name": "Jane Thomas", "Last day": "31 March 2026"}
    assert "You can undo this until the end of their last day" in words(check.main)
    done = send(client, page_of(person, "leaving-check"))
    assert banner(done) == "Jane Thomas’s last day at your school is 31 March 2026."
    inset = done.select_one(".govuk-inset-text")
    assert "is leaving this school. Their last day is 31 March 2026." in words(inset)
    assert "Tell us if Jane Thomas is leaving" not in words(done.main)
    assert words(inset.a) == "Tell us if they are staying"
    stays = send(client, inset.a["href"])
    assert banner(stays) == "Jane Thomas is no longer leaving your school."
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
    answer = client.post(page_of(mentor, "leaving-check"), {"seen": seen}, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert "while you were looking" in error(page)
    assert [words(li) for li in page.select("#ended li")] == ["Training with Ambition Institute"]
    assert Mentorship.objects.count() == 1


def test_a_past_last_day_is_said_to_be_past(client: Client, person: Person):
    check = send(client, page_of(person, "leaving"), **last_day(31, 12, 2025))
    assert "Their last day is over, so you cannot undo this yourself" in words(check.main)
    done = send(client, page_of(person, "leaving-check"))
    assert banner(done) == "Jane Thomas’s last day at your school was 31 December 2025."
    assert "left this school. Their last day was 31 December 2025." in words(done.main)
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
        (
            last_day(31, 12, 9999),
            "Last day must be on or before 15 January 2027, a year from today",
        ),
    ],
)
def test_a_day_that_cannot_be_their_last(client: Client, person: Person, day, message):
    assert error(send(client, page_of(person, "leaving"), **day)) == message
    assert not Leaving.objects.exists()


def test_a_withdrawal_that_another_one_forestalled_says_so_once(client, person, monkeypatch):
    def after_another_window(who: Person, *, day: date):
        withdraw_leaving(who, day=day)
        return withdraw_leaving(who, day=day)

    send(client, page_of(person, "leaving"), **last_day(31, 3, 2026))
    send(client, page_of(person, "leaving-check"))
    opened = open_address(client, page_of(person, "leaving-withdraw"))
    monkeypatch.setattr("mentors.journeys.leaving.withdraw_leaving", after_another_window)
    answer = press(client, page_of(person, "leaving-withdraw"), opened)
    assert banner(answer).startswith("You can no longer withdraw that Jane Thomas is leaving")
    # Who leaves again has nothing of it.
    send(client, page_of(person, "leaving"), **last_day(31, 3, 2026))
    send(client, page_of(person, "leaving-check"))
    page = open_address(client, page_of(person, "leaving-withdraw"))
    assert not page.select(".govuk-error-summary")


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
        " reopened: Mentoring Ray Kirby."
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
        " they are staying, contact us at manage-teacher-training@education.gov.uk"
    )
    assert Leaving.objects.exists()
