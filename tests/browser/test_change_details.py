"""Changing an email address and a name: with an error on the way, and by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import heading, main_link, tab_to
from tests.browser.checks import check_error, check_page
from tests.browser.people import open_mentor, sign_in

# By `make product`: the journeys of adding and pairing walk the same engine in the suite.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.product]


def test_an_email_address_and_a_name(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    page.get_by_role("link", name="Change email address").click()
    check_page(page)
    field = page.get_by_label("What is their email address?")
    field.fill("jane")
    page.get_by_role("button", name="Continue").click()
    check_error(page, "Enter an email address in the correct format, like name@example.com")
    check_nothing_is_sent_again(page)
    field.fill("jane.smith@plymouth-primary.sch.uk")
    page.get_by_role("button", name="Continue").click()
    check_page(page)
    page.get_by_role("button", name="Change email address").click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("email address is now jane.smith@plymouth-primary.sch.uk")
    page.get_by_role("link", name="Change name").click()
    check_page(page)
    page.get_by_label("What is their full name?").fill("Jane Smith")
    page.get_by_role("button", name="Continue").click()
    check_page(page)
    page.get_by_role("button", name="Change name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jane Smith")


def test_by_keyboard_alone_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    tab_to(page, main_link(page, "Change email address"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("What is their email address?"))
    page.keyboard.press("Control+A")
    page.keyboard.type("jane")
    page.keyboard.press("Enter")
    check_error(page, "Enter an email address in the correct format, like name@example.com")
    check_nothing_is_sent_again(page)
    tab_to(page, page.get_by_label("What is their email address?"))
    page.keyboard.press("Control+A")
    page.keyboard.type("jane@plymouth-primary.sch.uk")
    page.keyboard.press("Enter")
    heading(page, "Check the new email address")
    tab_to(page, page.get_by_role("button", name="Change email address"))
    page.keyboard.press("Enter")
    says = "email address is now jane@plymouth-primary.sch.uk"
    expect(page.get_by_role("alert")).to_contain_text(says)


def check_nothing_is_sent_again(page: Page) -> None:
    """Check that loading this page again only reads: no form is sent, no error said again."""
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.reload()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    page.go_back()
    page.go_forward()
    heading(page, "What is their email address?")
    assert set(sent) <= {"GET"}, sent
