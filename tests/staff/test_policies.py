"""Policy staff keep policies in admin, reading first what mentors will read, and ask what if."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentors.models import StatusPolicy
from tests.builders import make_ect, make_mentor, make_mentorship, make_school
from tests.staff.finance import enter_as, read
from tests.staff.test_merging import confirmed, sections

pytestmark = pytest.mark.django_db

LIST = "/admin/mentors/statuspolicy/"
ADD = f"{LIST}add/"
WHAT_IF = f"{LIST}what-if/"
LIMIT = {"in_force_from": "2026-12-01", "policy": "time_limit", "months": "30"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel("2026-11-26 12:00+00:00", tick=False):
        yield


@pytest.fixture
def school():
    """A school with a mentor who was first paired on 1 September 2022, and one never paired."""
    school = make_school("Priory", urn=100501, region="South West")
    mentor = make_mentor(school=school, started_on=date(2022, 9, 1))
    make_mentorship(mentor, make_ect(school=school), started_on=date(2022, 9, 1))
    make_mentor(school=school)
    return school


def in_force(first_day: date, policy: str = "three_statuses") -> StatusPolicy:
    return StatusPolicy.objects.create(in_force_from=first_day, policy=policy)


def page_of(record: StatusPolicy, what: str = "change") -> str:
    return reverse(f"admin:mentors_statuspolicy_{what}", args=[record.pk])


def test_adding_says_first_what_mentors_will_read(school):
    in_force(date(2026, 9, 1))
    browser, _ = enter_as("policy")
    page = read(browser.post(ADD, LIMIT))
    changed = [
        "1 from “Training” to “Training not completed”",
        "1 read the same status as before",
    ]
    assert sections(page) == {
        "From 1 December 2026: “With a time limit” of 30 months": [
            "Until then “Three statuses” holds.",
            "Mentors at schools on that day, as known today: 2.",
            *changed,
        ],
        "For example Priory (100501)": changed,
    }
    assert StatusPolicy.objects.count() == 1
    done = browser.post(ADD, confirmed(page), follow=True)
    assert "was added successfully" in done.text
    record = StatusPolicy.objects.get(policy="time_limit")
    assert (record.in_force_from, record.months) == (date(2026, 12, 1), 30)
    assert record.events.get().pgh_context.metadata["user"]


def test_what_was_confirmed_is_shown_again_when_another_policy_holds_by_then(school):
    browser, _ = enter_as("policy")
    form = confirmed(read(browser.post(ADD, LIMIT)))
    in_force(date(2026, 11, 27))
    page = read(browser.post(ADD, form))
    assert "Until then “Three statuses” holds." in page.text
    assert StatusPolicy.objects.count() == 1


def test_a_policy_to_come_is_changed_and_removed_with_what_that_does(school):
    in_force(date(2026, 9, 1))
    record = in_force(date(2026, 12, 1), "completed_only")
    browser, _ = enter_as("policy")
    later = {"in_force_from": "2027-01-01", "policy": "completed_only", "months": ""}
    page = read(browser.post(page_of(record), later))
    assert list(sections(page))[::2] == ["From 1 December 2026: “Three statuses”"]
    browser.post(page_of(record), confirmed(page))
    record.refresh_from_db()
    assert record.in_force_from == date(2027, 1, 1)

    page = read(browser.get(page_of(record, "delete")))
    assert "From 1 January 2027: “Three statuses”" in sections(page)
    browser.post(page_of(record, "delete"), {"post": "yes"})
    assert StatusPolicy.objects.get().in_force_from == date(2026, 9, 1)


@pytest.mark.parametrize("first_day", [date(2026, 9, 1), date(2026, 11, 26)])
def test_what_has_been_in_force_is_not_rewritten(first_day):
    record = in_force(first_day)
    browser, _ = enter_as("policy")
    assert "Save" not in read(browser.get(page_of(record))).select_one("#content").text
    assert browser.post(page_of(record), LIMIT).status_code == 403
    assert browser.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403
    browser.post(LIST, {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"})
    assert StatusPolicy.objects.get() == record


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"in_force_from": "2026-11-25"}, "must be on or after 26 November 2026"),
        ({"in_force_from": "2030-01-01"}, "must be on or before 26 November 2027"),
        ({"in_force_from": ""}, "This field is required"),
        ({"months": ""}, "Give the months (1 to 240) for a policy with a time limit"),
        ({"months": "0"}, "Give the months (1 to 240) for a policy with a time limit"),
        ({"policy": "three_statuses"}, "Give the months (1 to 240) for a policy with a time limit"),
        ({"policy": "another"}, "Select a valid choice"),
    ],
)
def test_a_wrong_entry_is_said_in_words(sent, words):
    browser, _ = enter_as("policy")
    for seen in ({}, {"seen": "x"}):
        page = read(browser.post(ADD, LIMIT | sent | seen))
        assert words in page.select_one("#content").text
    assert not StatusPolicy.objects.exists()


def test_a_policy_that_changes_nothing_says_so():
    in_force(date(2026, 9, 1))
    browser, _ = enter_as("policy")
    same = {"in_force_from": "2026-12-01", "policy": "three_statuses", "months": ""}
    page = read(browser.post(ADD, same))
    assert list(sections(page)) == ["No other policy holds on any day"]
    browser.post(ADD, confirmed(page))
    assert StatusPolicy.objects.count() == 2


def test_what_if_shows_the_numbers_and_offers_them_as_csv(school):
    in_force(date(2026, 9, 1))
    browser, _ = enter_as("policy")
    assert WHAT_IF in browser.get(LIST).text
    asked = {"policy": "time_limit", "months": "30", "day": "2027-09-01"}
    page = read(browser.get(WHAT_IF, asked))
    assert sections(page) == {
        "Under “With a time limit” of 30 months on 1 September 2027": [
            "Beside “Three statuses”, which holds on that day:",
            "1 from “Training” to “Training not completed”",
            "1 read the same status as before",
        ]
    }
    tables = {
        table.find_previous("h3").text: [
            [cell.text for cell in row.select("th, td")] for row in table.select("tr")
        ]
        for table in page.select("#content table")
    }
    assert tables["Region of the school"] == [
        [
            "Region of the school",
            "Mentors",
            "Not yet started",
            "Training",
            "Training completed",
            "Training not completed",
        ],
        ["South West", "2", "1", "0", "0", "1"],
    ]
    assert tables["Academic year of the first pairing"][1:] == [
        ["2022 to 2023", "1", "0", "0", "0", "1"],
        ["Never paired", "1", "1", "0", "0", "0"],
    ]
    (link,) = page.select("#content a[href*=csv]")
    file = browser.get(WHAT_IF + link["href"])
    assert file["Content-Disposition"] == 'attachment; filename="what-if-2027-09-01.csv"'
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Counted by,Group,Mentors,Not yet started")
    assert "Region of the school,South West,2,1,0,0,1" in lines


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day": "x"}, "Day must be a real date"),
        ({"day": ""}, "Enter day"),
        ({"months": ""}, "Enter the months to complete"),
        ({"months": "0"}, "Months to complete must be 1 or more"),
        ({"policy": "another"}, "Select a valid choice"),
    ],
)
def test_a_wrong_question_is_said_in_words(sent, words):
    browser, _ = enter_as("policy")
    asked = {"policy": "time_limit", "months": "30", "day": "2027-09-01"} | sent
    page = read(browser.get(WHAT_IF, asked))
    assert words in page.select_one("#content").text
    assert page.title.text.startswith("Error: ")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_can_be_asked_about(day, school):
    browser, _ = enter_as("policy")
    asked = {"policy": "time_limit", "months": "240", "day": day}
    assert read(browser.get(WHAT_IF, asked)).select("#content table")


@pytest.mark.parametrize("group", ["support", "finance"])
def test_only_policy_staff_keep_policies_and_ask_what_if(group):
    browser, _ = enter_as(group)
    for address in (LIST, ADD, WHAT_IF):
        assert browser.get(address).status_code == 403
    assert browser.post(ADD, LIMIT | {"seen": "x"}).status_code == 403
