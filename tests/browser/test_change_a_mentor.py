"""An induction tutor gives an ECT a mentor, or another one: from the list, from both pages."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.dates import in_words, years_after
from tests.browser.checks import check_error, check_page
from tests.browser.people import open_mentor, sign_in
from tests.browser.test_assign_an_ect import (
    enter_date,
    expect_banner,
    heading,
    main_link,
    open_julie,
    press,
)


@pytest.fixture
def sarah(page: Page, demo) -> Page:
    sign_in(page, "Sarah Philips")
    return page


def test_an_ect_without_a_mentor_is_given_one_from_the_list(sarah: Page):
    sarah.goto("/schools/999001/ects")
    check_page(sarah)
    main_link(sarah, "Assign a mentor to Violet Brown").click()
    heading(sarah, "Who will mentor Violet Brown?")
    check_page(sarah)
    press(sarah, "Continue")
    check_error(sarah, "Select who will mentor them")
    sarah.get_by_label("Julie Carver").check()
    press(sarah, "Continue")
    today = timezone.localdate()
    enter_date(sarah, str(today.day), str(today.month), str(today.year))
    press(sarah, "Continue")
    check_page(sarah)
    press(sarah, "Confirm")
    heading(sarah, "Violet Brown")
    expect_banner(sarah, "Julie Carver now mentors Violet Brown.")
    check_page(sarah)
    expect(main_link(sarah, "Change the mentor of Violet Brown")).to_be_visible()


def test_change_from_the_mentor_s_page_a_year_ahead_and_back_there(sarah: Page):
    open_mentor(sarah, "Jane Thomas")
    main_link(sarah, "Change the mentor of Jonathan Paul").click()
    heading(sarah, "Who will mentor Jonathan Paul?")
    sarah.get_by_label("Jane Thomas").check()
    press(sarah, "Continue")
    check_error(sarah, "Jane Thomas is the mentor already. Select another mentor")
    check_page(sarah)
    sarah.get_by_role("link", name="Back", exact=True).click()
    heading(sarah, "Jane Thomas")
    main_link(sarah, "Change the mentor of Jonathan Paul").click()
    sarah.get_by_label("David Boyd").check()
    press(sarah, "Continue")
    day = years_after(timezone.localdate(), 1)
    enter_date(sarah, str(day.day), str(day.month), str(day.year))
    press(sarah, "Continue")
    main_link(sarah, "Change mentor").click()
    sarah.get_by_label("Julie Carver").check()
    press(sarah, "Continue")
    heading(sarah, "Check your answers")
    press(sarah, "Confirm")
    heading(sarah, "Jane Thomas")
    expect_banner(sarah, f"From {in_words(day)}, Julie Carver will mentor Jonathan Paul.")
    coming = f"Will be mentored by Julie Carver from {in_words(day)}"
    expect(sarah.get_by_text(coming)).to_be_visible()
    check_page(sarah)
    open_julie(sarah)
    expect(sarah.get_by_text(f"From {in_words(day)}")).to_be_visible()
    check_page(sarah)


def test_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    main_link(page, "Change the mentor of Lillian Solis").click()
    page.get_by_label("Elvis Welch").check()
    press(page, "Continue")
    enter_date(page, "1", "September", "2025")
    press(page, "Continue")
    press(page, "Confirm")
    expect_banner(page, "Elvis Welch now mentors Lillian Solis.")
