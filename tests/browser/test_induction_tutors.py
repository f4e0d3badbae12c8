"""An induction tutor names a colleague, sends the email again, and records that one leaves."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.periods import in_words
from tests.browser.answering import check_before_an_error
from tests.browser.checks import check_error, check_page
from tests.browser.people import sign_in


@pytest.fixture
def tutors(page: Page, demo) -> Page:
    """The list of induction tutors of one of Helen Marsh's two schools."""
    sign_in(page, "Helen Marsh")
    page.goto("/")
    page.get_by_role("link", name="Hawley Primary School", exact=True).click()
    expect(page.get_by_text("Change school")).to_be_visible()
    page.get_by_role("link", name="Change induction tutor").click()
    return page


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_naming_a_colleague(tutors: Page):
    heading(tutors, "Induction tutors")
    tutors.get_by_role("button", name="Name an induction tutor").click()
    heading(tutors, "Name an induction tutor")
    check_before_an_error(tutors)
    press(tutors, "Continue")
    check_error(tutors, "Enter their full name")
    check_page(tutors)
    tutors.get_by_label("Full name").fill("Nell Named")
    tutors.get_by_label("Email address").fill("nell@hawley.example")
    press(tutors, "Continue")
    heading(tutors, "Check your answers")
    check_page(tutors)
    press(tutors, "Name them and send the invitation")
    said = "You have named Nell Named as an induction tutor. We have emailed them how to sign in"
    expect(tutors.get_by_role("alert")).to_contain_text(said)
    expect(tutors.get_by_role("alert")).to_be_focused()
    check_page(tutors)
    press(tutors, "Send again to Nell Named")
    expect(tutors.get_by_role("alert")).to_contain_text("We have emailed Nell Named again")
    assert [sent.to for sent in mail.outbox] == [["nell@hawley.example"]] * 2


def test_leaving_as_the_last_one(tutors: Page):
    tutors.get_by_role("link", name="Record last day").click()
    heading(tutors, "Last day as an induction tutor")
    check_before_an_error(tutors)
    fill(tutors, timezone.localdate() - timedelta(days=1))
    press(tutors, "Continue")
    today = in_words(timezone.localdate())
    check_error(tutors, f"Last day must be on or after {today}, today")
    check_page(tutors)
    fill(tutors, timezone.localdate())
    press(tutors, "Continue")
    heading(tutors, "Check the last day")
    expect(tutors.get_by_text("No other induction tutor stays at this school.")).to_be_visible()
    check_page(tutors)
    press(tutors, "Record the last day")
    expect(tutors.get_by_role("alert")).to_contain_text("Helen Marsh is an induction tutor until")
    tutors.get_by_role("link", name="Change school").click()
    heading(tutors, "Choose a school")


def fill(page: Page, day) -> None:
    for part in ("Day", "Month", "Year"):
        page.get_by_label(part, exact=True).fill(str(getattr(day, part.lower())))
