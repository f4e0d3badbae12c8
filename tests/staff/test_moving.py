"""Support staff move a person, end their time, and change who trains them, in admin."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from declarations.models import LeadProvider, TrainingPeriod
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import leave
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
)
from tests.staff.finance import enter_as, read
from tests.staff.test_merging import confirmed, sections

pytestmark = pytest.mark.django_db

STEPS = ("move", "end", "change_lead_provider")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-26 12:00+00:00", tick=False):
        yield


def step(person: PersonAtSchool, name: str) -> str:
    return reverse(f"admin:schools_{person._meta.model_name}_{name}", args=[person.pk])


def page_of(person: PersonAtSchool) -> str:
    return step(person, "change")


def trained(mentor: MentorAtSchool) -> TrainingPeriod:
    return make_training_period(mentor, make_partnership(mentor.school, 2026))


def test_support_moves_a_mentor():
    mentor, there = make_mentor(name="Ada Mover"), make_school("There", urn=123456)
    ect = make_ect(name="Ray Kirby", school=mentor.school)
    make_mentorship(mentor, ect)
    training = trained(mentor)
    browser, _ = enter_as("support")
    assert step(mentor, "move") in browser.get(page_of(mentor)).text
    assert "URN of the other school" in browser.get(step(mentor, "move")).text
    entered = {
        "urn": "123456",
        "first_day": "2026-12-01",
        "email": "ada@there.example",
        "lead_provider": training.lead_provider.pk,
    }
    page = read(browser.get(step(mentor, "move"), entered))
    assert sections(page) == {
        "Ends on 30 November 2026": [
            str(mentor),
            "Mentoring Ray Kirby",
            "Training with Ambition Institute",
        ],
        "What follows": ["Ray Kirby will have no mentor from 1 December 2026."],
        "Begins": [
            f"{mentor.teacher} at There (123456), from 1 December 2026, ada@there.example",
            "Training with Ambition Institute for 2026 to 2027, from 1 December 2026, which waits"
            " for the partnership of the school with them",
        ],
    }
    done = browser.post(step(mentor, "move"), confirmed(page), follow=True)
    assert "We have moved Ada Mover" in done.text
    new = MentorAtSchool.objects.get(school=there)
    assert new.events.get().pgh_context.metadata["user"]


def test_support_ends_the_time_of_an_ect():
    ect = make_ect()
    browser, _ = enter_as("support")
    wrong = read(browser.get(step(ect, "end"), {"last_day": "2020-01-01"}))
    assert "Last day must be on or after 1 September 2021" in wrong.select_one(".errornote").text
    page = read(browser.get(step(ect, "end"), {"last_day": "2026-11-30"}))
    done = browser.post(step(ect, "end"), confirmed(page), follow=True)
    assert f"The last day of {ect} is 30 November 2026." in done.text
    ect.refresh_from_db()
    assert ect.finished_on == date(2026, 12, 1)


@pytest.mark.parametrize("begun", [True, False], ids=["begun", "to begin"])
def test_support_changes_who_trains_a_mentor(begun):
    mentor = make_mentor()
    partnership = make_partnership(mentor.school, 2026)
    started_on = date(2026, 9, 1) if begun else date(2026, 12, 1)
    training = make_training_period(mentor, partnership, started_on=started_on)
    make_cohort(2026)
    other = LeadProvider.objects.create(name="Teach First")
    browser, _ = enter_as("support")
    address = step(mentor, "change_lead_provider")
    same = read(browser.get(address, {"lead_provider": training.lead_provider.pk}))
    assert "is trained by Ambition Institute already" in same.select_one(".errornote").text
    page = read(browser.get(address, {"lead_provider": other.pk}))
    assert list(sections(page)) == ["Ends yesterday" if begun else "Is changed", "Begins"]
    form = confirmed(page)
    stale = read(browser.post(address, form | {"seen": "x"}))
    assert "Who trains them was changed" in stale.select_one(".errornote").text
    done = browser.post(address, form, follow=True)
    assert f"Teach First trains {mentor.teacher} now." in done.text
    rows = mentor.training_periods.order_by("started_on")
    assert [row.lead_provider.name for row in rows] == (
        ["Ambition Institute", "Teach First"] if begun else ["Teach First"]
    )


@pytest.mark.parametrize(
    ("name", "entered"),
    [
        ("end", {"last_day": "2026-11-30"}),
        ("move", {"urn": "123456", "first_day": "2026-12-01", "email": "a@there.example"}),
    ],
)
def test_whose_last_day_a_school_has_told_is_not_ended_earlier_and_the_page_says_so(name, entered):
    mentor, day = make_mentor(), date(2026, 12, 18)
    make_school("There", urn=123456)
    seen = cut_short_by(mentor, date(2026, 12, 19), date(2026, 11, 26)).key
    leave(mentor, day, seen=seen, day=date(2026, 11, 26), now=timezone.now())
    browser, _ = enter_as("support")
    assert (step(mentor, name) in browser.get(page_of(mentor)).text) == (name == "move")
    page = read(browser.get(step(mentor, name), entered))
    told = f"We have already been told that {mentor.teacher.name} is leaving"
    assert told in page.select_one(".errornote").text
    assert not page.select("#content form[method=post]")


def test_who_has_left_or_is_not_trained_has_no_such_step():
    browser, _ = enter_as("support")
    left = browser.get(page_of(make_mentor(finished_on=date(2026, 9, 1)))).text
    assert "Move to another school" not in left
    mentor = make_mentor()
    assert "Change who trains them" not in browser.get(page_of(mentor)).text
    provider = LeadProvider.objects.create(name="Teach First")
    answer = browser.post(step(mentor, "change_lead_provider"), {"lead_provider": provider.pk})
    assert "No training of theirs goes on at this school" in answer.text


@pytest.mark.parametrize("group", ["policy", "finance"])
@pytest.mark.parametrize("name", STEPS)
def test_only_support_may(group, name):
    browser, _ = enter_as(group)
    for person in (make_mentor(), make_ect()):
        assert browser.get(step(person, name)).status_code == 403
        assert browser.post(step(person, name)).status_code == 403


WRONG = [
    ("move", {"urn": "1"}, "No school has this URN"),
    ("move", {"urn": "9" * 40}, "No school has this URN"),
    ("move", {"urn": "x"}, "URN must be 6 digits"),
    ("move", {"urn": ""}, "Enter the URN"),
    ("move", {"first_day": "2026-02-30"}, "First day there must be a real date"),
    ("move", {"first_day": "0001-01-01"}, "Start date must be on or after"),
    ("move", {"first_day": "9999-12-31"}, "Start date must be on or before"),
    ("move", {"email": "x"}, "Enter an email address in the correct format"),
    ("move", {"lead_provider": "999"}, "Choose a lead provider of the list"),
    ("move", {"lead_provider": "x"}, "Choose a lead provider of the list"),
    ("end", {"last_day": ""}, "Enter the last day"),
    ("end", {"last_day": "x"}, "Last day must be a real date"),
    ("end", {"last_day": "0001-01-01"}, "Last day must be on or after"),
    ("end", {"last_day": "9999-12-31"}, "Last day must be on or before"),
    ("change_lead_provider", {"lead_provider": ""}, "Choose a lead provider"),
    ("change_lead_provider", {"lead_provider": "-1"}, "Choose a lead provider of the list"),
]


@pytest.mark.parametrize(("name", "sent", "words"), WRONG)
def test_a_wrong_entry_is_said_in_words_and_changes_nothing(name, sent, words):
    mentor = make_mentor()
    make_school(urn=123456)
    trained(mentor)
    browser, _ = enter_as("support")
    good = {"urn": "123456", "first_day": "2026-12-01", "email": "a@there.example"}
    for send in (browser.get, browser.post):
        page = read(send(step(mentor, name), good | sent))
        assert words in page.select_one("#content").text
        assert page.title.text.startswith("Error: ")
    mentor.refresh_from_db()
    assert mentor.finished_on is None
    assert ECTAtSchool.objects.count() == 0
