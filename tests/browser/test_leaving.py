"""Telling that a mentor leaves, and that she stays after all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_error, check_page
from tests.browser.people import open_mentor, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def enter_last_day(page: Page, day: str, month: str, year: str) -> None:
    for name, entry in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(name, exact=True).fill(entry)
    page.get_by_role("button", name="Continue").click()


def test_a_mentor_leaves_and_stays_after_all(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    page.get_by_role("link", name="Tell us if Jane Thomas is leaving your school").click()
    check_page(page)
    enter_last_day(page, "31", "2", "2027")
    check_error(page, "Last day must be a real date")
    check_page(page)
    enter_last_day(page, "31", "3", "2027")
    expect(page.locator("#ended")).to_contain_text("Mentoring Jonathan Paul")
    check_page(page)
    page.get_by_role("button", name="Confirm").click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("Jane Thomas’s last day at your school is 31 March 2027")
    check_page(page)
    page.get_by_role("link", name="Tell us if they are staying").click()
    check_page(page)
    page.get_by_role("button", name="Confirm that they are staying").click()
    expect(banner).to_contain_text("Jane Thomas is no longer leaving your school")


def test_by_keyboard_alone_and_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    page.get_by_role("link", name="Tell us if Jane Thomas is leaving your school").press("Enter")
    page.get_by_label("Day").press_sequentially("31")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.type("2027")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.get_by_role("button", name="Confirm").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("last day at your school is 31 March 2027")
