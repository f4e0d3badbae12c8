"""An induction tutor adds an ECT: by keyboard alone without JavaScript; and cannot add one."""

from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.answering import (
    fill_day,
    go_on,
    heading,
    tab_to,
    type_in,
    wrong_and_checked,
)
from tests.browser.checks import check_page
from tests.browser.people import sign_in


def type_day(page: Page, day: str, month: str, year: str) -> None:
    type_in(page, Day=day, Month=month, Year=year)


def test_an_ect_is_added_by_keyboard_alone_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    page.goto("/schools/999001/ects")
    tab_to(page, page.get_by_role("button", name="Add ECT"))
    page.keyboard.press("Enter")
    heading(page, "What is their teacher reference number (TRN)?")
    type_in(page, **{"What is their teacher reference number (TRN)?": "0123456"})
    type_day(page, "1", "January", "2001")
    heading(page, "We could not find a teacher with these details")
    tab_to(page, page.get_by_role("button", name="Enter their name"))
    page.keyboard.press("Enter")
    type_in(page, **{"What is their full name?": "Ada Byron"})
    email = "What email address does Ada Byron use at your school?"
    type_in(page, **{email: "ada@plymouth.example"})
    type_day(page, "1", "9", "2025")
    type_day(page, "2", "9", "2025")
    heading(page, "Who will train Ada Byron?")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    heading(page, "Check your answers")
    tab_to(page, page.get_by_role("button", name="Add ECT"))
    page.keyboard.press("Enter")
    heading(page, "Ada Byron")
    expect(page.get_by_text("You have added Ada Byron as an ECT")).to_be_visible()
    expect(page.get_by_text("2 September 2025", exact=True)).to_be_visible()


def test_a_trn_with_another_date_of_birth_is_not_found_and_nobody_is_added(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto("/schools/999001/ects")
    page.get_by_role("button", name="Add ECT").click()
    page.get_by_label("What is their").fill("0836472")  # Jane Thomas's
    go_on(page)
    fill_day(page, date(2001, 1, 1))
    go_on(page)
    heading(page, "We could not find a teacher with these details")
    check_page(page)
    page.get_by_role("button", name="Enter their name").click()
    wrong_and_checked(page, "What is their full name?", "Enter their full name")
    page.get_by_label("What is their full name?").fill("Ada Byron")
    go_on(page)
    page.get_by_label("What email address").fill("ada@plymouth.example")
    go_on(page)
    fill_day(page, date(2025, 9, 1))
    go_on(page)
    wrong_and_checked(page, "When does induction start", "Enter their induction start date")
    fill_day(page, date(2025, 9, 1))
    go_on(page)
    wrong_and_checked(page, "Who will train Ada Byron?", "Select who will train them")
    page.get_by_label("No lead provider will train them now").check()
    go_on(page)
    check_page(page)
    go_on(page, "Add ECT")
    heading(page, "We could not add Ada Byron")
    expect(page.get_by_text("Jane Thomas")).to_have_count(0)
    check_page(page)
