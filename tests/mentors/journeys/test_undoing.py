"""A tutor, or DfE staff, undo an addition: of a person added by mistake, or who is not coming."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import leave
from mentors.leaving.undoing import addition_of, may_be_undone, undo_addition
from mentors.models import Leaving, Mentorship
from schools.adding import NewTeacher, add_ect, add_mentor
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_teacher,
    make_training_period,
    make_tutor,
)
from tests.core.worker import run_waiting_jobs
from tests.mentors.journeys.person_helpers import banner, error, page_of, press, send
from tests.mentors.reading import open_address, words

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False),
]

DAY, TO_COME, BEGUN = date(2026, 1, 15), date(2026, 2, 1), date(2026, 1, 5)
RAY = NewTeacher("0123456", date(1990, 5, 17), "Ray Kirby")


def mentor(school: School, person=RAY, started_on: date = BEGUN) -> MentorAtSchool:
    return add_mentor(school, person, email="ray@school.example", started_on=started_on, day=DAY)


def ect(
    school: School, person=RAY, started_on: date = TO_COME, email: str = "ray@school.example"
) -> ECTAtSchool:
    return add_ect(
        school,
        person,
        email=email,
        started_on=started_on,
        induction_started_on=started_on,
        day=DAY,
    )


def link_on(client: Client, person) -> str:
    found = open_address(client, page_of(person)).main.select("a[href$=undo]")
    return words(found[0]) if found else ""


@pytest.mark.parametrize("add", [mentor, ect])
def test_all_that_the_addition_made_goes_with_it(client: Client, school: School, add):
    person = add(school)
    coming = " or is not coming" if add is ect else ""
    assert link_on(client, person) == f"Tell us if Ray Kirby was added by mistake{coming}"
    check = open_address(client, page_of(person, "undo"))
    noun = "an ECT from 1 February 2026" if add is ect else "a mentor from 5 January 2026"
    assert [words(line) for line in check.select("#goes li")] == [
        f"Ray Kirby at Priory Primary School, {noun}",
        "Their name, TRN and date of birth",
    ]
    done = send(client, page_of(person, "undo"))
    assert banner(done) == f"We have removed Ray Kirby as {noun.split(' from')[0]} at your school."
    assert not Teacher.objects.exists()


def test_a_teacher_who_was_known_before_stays_without_what_was_added(
    client: Client, school: School
):
    known = make_teacher("Ray Kirby")
    person = ect(school, known)
    check = open_address(client, page_of(person, "undo"))
    assert words(check.select("#goes li")[-1]) == "Their induction start date"
    send(client, page_of(person, "undo"))
    known.refresh_from_db()
    assert known.induction_started_on is None
    assert not known.ectatschools.exists()


def test_the_start_of_induction_stays_when_it_was_known(client: Client, school: School):
    before = make_ect(started_on=date(2024, 9, 1), finished_on=date(2025, 9, 1))
    send(client, page_of(ect(school, before.teacher), "undo"))
    before.teacher.refresh_from_db()
    assert before.teacher.induction_started_on == date(2024, 9, 1)
    assert ECTAtSchool.objects.get() == before


def test_a_planned_pairing_goes_and_gives_back_what_it_had_cut_short(
    client: Client, school: School
):
    present, learner = make_mentor(school=school, name="Jane Thomas"), make_ect(school=school)
    make_mentorship(present, learner, finished_on=TO_COME)
    person = mentor(school)
    make_mentorship(person, learner, started_on=TO_COME)
    check = open_address(client, page_of(person, "undo"))
    assert "Mentoring Ellis Newcomer from 1 February 2026" in words(check.select_one("#goes"))
    assert words(check.select_one("#follows")) == (
        "Jane Thomas will go on mentoring Ellis Newcomer."
    )
    send(client, page_of(person, "undo"))
    assert Mentorship.objects.get().finished_on is None


def test_a_last_day_that_was_told_is_no_hindrance(client: Client, school: School):
    person = ect(school)
    seen = cut_short_by(person, date(2026, 2, 2), DAY).key
    leave(person, TO_COME, seen=seen, day=DAY, now=timezone.now())
    send(client, page_of(person, "undo"))
    assert not ECTAtSchool.objects.exists()
    assert not Leaving.objects.exists()


def trained(person) -> None:
    make_training_period(person)


def paired(person) -> None:
    is_mentor = isinstance(person, MentorAtSchool)
    other = (make_ect if is_mentor else make_mentor)(school=person.school)
    two = (person, other) if is_mentor else (other, person)
    make_mentorship(*two, started_on=person.started_on)


@pytest.mark.parametrize(
    ("add", "started_on", "then", "is_open"),
    [
        (mentor, BEGUN, None, True),
        (mentor, TO_COME, None, True),
        (mentor, BEGUN, paired, False),
        (mentor, TO_COME, paired, True),
        (mentor, BEGUN, trained, False),
        (mentor, TO_COME, trained, False),
        (ect, BEGUN, None, True),
        (ect, BEGUN, paired, False),
        (ect, BEGUN, trained, False),
        (ect, TO_COME, paired, True),
        (ect, TO_COME, trained, True),
    ],
)
def test_until_when_an_addition_can_be_undone(
    client: Client, school: School, add, started_on, then, is_open
):
    person = add(school, started_on=started_on)
    if then:
        then(person)
    assert may_be_undone(person, DAY) == is_open
    assert bool(link_on(client, person)) == is_open
    send(client, page_of(person, "undo")) if is_open else client.post(page_of(person, "undo"))
    assert type(person).objects.filter(pk=person.pk).exists() != is_open


def test_a_pairing_that_begins_while_the_page_is_open_refuses_it(client: Client, school: School):
    person = mentor(school)
    opened = open_address(client, page_of(person, "undo"))
    paired(person)
    answer = press(client, page_of(person, "undo"), opened)
    assert "You can no longer undo adding Ray Kirby" in words(answer)
    assert MentorAtSchool.objects.filter(pk=person.pk).exists()


def test_a_pairing_that_is_planned_while_the_page_is_open_is_shown_first(
    client: Client, school: School
):
    person = mentor(school, started_on=TO_COME)
    opened = open_address(client, page_of(person, "undo"))
    paired(person)
    answer = press(client, page_of(person, "undo"), opened)
    assert error(answer).startswith("Our records were changed while you were looking")


def test_a_person_who_left_keeps_their_record(client: Client, school: School):
    person = make_mentor(school=school, finished_on=DAY)
    assert not link_on(client, person)
    client.post(page_of(person, "undo"))
    assert MentorAtSchool.objects.get() == person


def test_staff_undo_by_the_same_rule_and_read_what_goes(client: Client):
    school = make_school()
    person, stays = ect(school), make_ect(school=school)
    paired(stays)
    enter_admin(client, make_staff(is_superuser=True))
    address = reverse("admin:schools_ectatschool_delete", args=[person.pk])
    assert "Their name, TRN and date of birth" in client.get(address).text
    client.post(address, {"post": "yes"})
    assert not Teacher.objects.filter(trn=RAY.trn).exists()
    address = reverse("admin:schools_ectatschool_delete", args=[stays.pk])
    assert "You can no longer undo adding Ellis Newcomer" in client.get(address).text
    client.post(address, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [stays.pk], "post": "yes"}
    client.post(reverse("admin:schools_ectatschool_changelist"), chosen)
    assert ECTAtSchool.objects.get() == stays


def undo_selected(client: Client, *people: ECTAtSchool) -> list[str]:
    """Staff select these in the list and confirm; gives what the page then says."""
    enter_admin(client, make_staff(is_superuser=True))
    chosen = {"_selected_action": [person.pk for person in people]}
    address = reverse("admin:schools_ectatschool_changelist")
    asked = chosen | {"action": "delete_selected", "post": "yes"}
    page = client.post(address, asked, follow=True)
    read = BeautifulSoup(page.content, "html.parser")
    return [words(said) for said in read.select(".messagelist li")]


def test_staff_who_delete_several_undo_each_addition(client: Client):
    school = make_school()
    jo = NewTeacher("0123457", date(1991, 5, 17), "Jo Other")
    people = [ect(school), ect(school, jo, email="jo@school.example")]
    assert undo_selected(client, *people) == ["Successfully deleted 2 ECTs at school."]
    assert not Teacher.objects.exists()


def test_of_several_of_whom_one_was_paired_meanwhile_none_is_undone(client: Client, monkeypatch):
    monkeypatch.setattr("mentors.admin.may_be_undone", lambda *_: True)  # as it was a moment ago
    school = make_school()
    stays = make_ect(school=school)
    paired(stays)
    (said,) = undo_selected(client, stays, ect(school))
    assert said.startswith("You can no longer undo adding Ellis Newcomer")
    assert ECTAtSchool.objects.count() == 2


def told() -> list[tuple[str, str]]:
    """The emails that have gone out: to which address, and about what."""
    run_waiting_jobs()
    return sorted((email.to[0], email.subject.split(" - ")[0]) for email in mail.outbox)


ALSO = "Ray Kirby is also a mentor at another school"
NOT = "Ray Kirby is not a mentor at another school after all"


def test_what_other_schools_tutors_have_read_is_taken_back(client: Client, school: School):
    there = make_mentor(name="Ray Kirby")
    at_work, gone = (make_tutor(there.school, f"{name}@there.example") for name in ("ann", "gus"))
    person = mentor(school, there.teacher)
    assert told() == [(at_work.email, ALSO), (gone.email, ALSO)]
    gone.appointments.update(finished_on=DAY)
    send(client, page_of(person, "undo"))
    assert told()[1:] == [(at_work.email, NOT), (gone.email, ALSO)]
    text = next(email.body for email in mail.outbox if email.subject.startswith(NOT))
    assert f"{school.name} had added Ray Kirby as a mentor. It has undone this" in " ".join(
        text.split()
    )


def test_what_they_have_not_read_yet_is_not_sent(client: Client, school: School):
    there = make_mentor(name="Ray Kirby")
    make_tutor(there.school)
    with transaction.atomic():  # the worker sees it at the commit
        person = mentor(school, there.teacher)
        undo_addition(person, seen=addition_of(person, DAY).key, day=DAY)
    assert told() == []


def test_of_an_addition_that_told_nobody_nobody_is_told(client: Client, school: School):
    there = make_mentor(name="Ray Kirby")
    make_tutor(there.school)
    person = make_mentor(there.teacher, school)
    send(client, page_of(person, "undo"))
    assert told() == []
