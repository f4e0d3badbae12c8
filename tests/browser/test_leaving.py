"""Telling that a mentor leaves, and that she stays after all."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.periods import in_words
from tests.browser.answering import (
    check_before_an_error,
    fill_day,
    go_on,
    heading,
    main_link,
    tab_to,
    type_in,
)
from tests.browser.checks import check_error, check_page
from tests.browser.people import open_mentor, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def in_three_months() -> date:
    return timezone.localdate() + timedelta(days=90)


def test_a_mentor_leaves_and_stays_after_all(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    main_link(page, "Tell us if Jane Thomas is leaving your school").click()
    check_before_an_error(page)
    fill_day(page, date(2000, 1, 1))
    go_on(page)
    check_error(page, "Last day must be on or after 1 September 2022, when they started here")
    check_page(page)
    fill_day(page, in_three_months())
    go_on(page)
    expect(page.locator("#ended")).to_contain_text("Mentoring Jonathan Paul")
    check_page(page)
    go_on(page, "Confirm")
    banner = page.get_by_role("alert")
    says = f"Jane Thomas’s last day at your school is {in_words(in_three_months())}"
    expect(banner).to_contain_text(says)
    check_page(page)
    main_link(page, "Tell us if they are staying").click()
    check_page(page)
    go_on(page, "Confirm that they are staying")
    expect(banner).to_contain_text("Jane Thomas is no longer leaving your school")


def test_by_keyboard_alone_and_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    tab_to(page, main_link(page, "Tell us if Jane Thomas is leaving your school"))
    page.keyboard.press("Enter")
    day = in_three_months()
    type_in(page, Day=str(day.day), Month=str(day.month), Year=str(day.year))
    heading(page, "Check your answers")
    tab_to(page, page.get_by_role("button", name="Confirm"))
    page.keyboard.press("Enter")
    says = f"last day at your school is {in_words(day)}"
    expect(page.get_by_role("alert")).to_contain_text(says)
    tab_to(page, main_link(page, "Tell us if they are staying"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Confirm that they are staying"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is no longer leaving your school")
