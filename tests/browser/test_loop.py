"""The whole loop, from a school's new mentor to "Training completed", by pages and the API."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import Page, expect

from declarations.models import LeadProvider
from tests.browser.answering import fill_day, go_on, heading, main_link
from tests.browser.people import sign_in
from tests.declarations.client import Provider, asked, ids_of, listed

URN = 100019  # New End Primary School, which has said nothing of the year yet
US, PARTNER = "Teach First", "North London Teaching School Hub"
NEW = "Grace Merrow"


@pytest.fixture(autouse=True)
def _in_the_year() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        yield


def add_mentor(page: Page) -> None:
    sign_in(page, "Olivia Kent")
    page.goto("/")
    page.get_by_role("link", name="New End Primary School", exact=True).click()
    expect(page.get_by_text("Tell us how you will train teachers in 2026 to 2027")).to_be_visible()
    page.goto(f"/schools/{URN}/mentors")
    page.get_by_role("button", name="Add mentor").click()
    page.get_by_label("What is their teacher reference number (TRN)?").fill("7654321")
    go_on(page)
    fill_day(page, date(1990, 4, 2))
    go_on(page)
    page.get_by_role("button", name="Enter their name").click()
    page.get_by_label("What is their full name?").fill(NEW)
    go_on(page)
    page.get_by_label("What email address").fill("grace@new-end.example")
    go_on(page)
    fill_day(page, date(2026, 10, 1))
    go_on(page)
    heading(page, f"Who will run {NEW}’s mentor training?")
    page.get_by_label(US).check()
    go_on(page)
    heading(page, "Check your answers")
    go_on(page, "Add mentor")
    heading(page, NEW)
    says = f"{US} will contact {NEW} once it has confirmed that it works with your school."
    expect(page.get_by_role("alert")).to_contain_text(says)


def pair(page: Page) -> None:
    main_link(page, "Assign an ECT to this mentor").click()
    page.get_by_label("Maya Lindqvist").check()
    go_on(page)
    fill_day(page, date(2026, 10, 5))
    go_on(page)
    go_on(page, "Assign this ECT")
    expect(page.get_by_role("alert")).to_contain_text(f"{NEW} now mentors Maya Lindqvist.")


def report(us: Provider) -> None:
    (school,) = listed(us, "schools", filter_cohort=2026, filter_urn=URN)
    assert school["attributes"]["expression_of_interest"] is True
    (partner,) = (
        row for row in listed(us, "delivery-partners") if row["attributes"]["name"] == PARTNER
    )
    claim = {"cohort": "2026", "school_id": school["id"], "delivery_partner_id": partner["id"]}
    status, answer = asked(us, "POST", "partnerships", **claim)
    assert status == 200, answer


def declare(us: Provider, participant_id: str, kind: str, day: str, evidence: str) -> str:
    status, answer = us.post(
        participant_id=participant_id,
        declaration_type=kind,
        declaration_date=f"{day}T10:00:00Z",
        course_identifier="ecf-mentor",
        evidence_held=evidence,
    )
    assert status == 200, answer
    return answer["data"]["id"]


def expect_training(page: Page, *, provider: str, partner: str, completed: bool) -> None:
    """Look at the mentor's page anew."""
    page.reload()
    training = page.locator("#mentor-training")
    expect(training).to_contain_text(provider)
    expect(training).to_contain_text(partner)
    expect(training.get_by_text("Training completed")).to_have_count(int(completed))


def moment_in_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].isoformat()


def test_from_a_new_mentor_to_training_completed(page: Page, demo):
    us = Provider(LeadProvider.objects.get(name=US))
    add_mentor(page)
    waits = {"provider": f"{US}, who has yet to confirm it", "partner": "Not yet confirmed"}
    expect_training(page, **waits, completed=False)
    pair(page)
    expect_training(page, **waits, completed=False)

    before, known = moment_in_database(), ids_of(us, "participants")
    report(us)
    (mentor,) = listed(us, "participants", filter_updated_since=before)
    assert mentor["id"] not in known
    assert mentor["attributes"]["full_name"] == NEW
    confirmed = {"provider": US, "partner": PARTNER}
    expect_training(page, **confirmed, completed=False)

    declare(us, mentor["id"], "started", "2026-10-06", "training-event-attended")
    expect_training(page, **confirmed, completed=False)
    completed = ("completed", "2026-11-10", "75-percent-engagement-met")
    first = declare(us, mentor["id"], *completed)
    expect_training(page, **confirmed, completed=True)
    assert us.void(first)[0] == 200
    expect_training(page, **confirmed, completed=False)
    assert declare(us, mentor["id"], *completed) != first
    expect_training(page, **confirmed, completed=True)
