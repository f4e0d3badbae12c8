"""An induction tutor assigns an ECT to a mentor: by mouse, by keyboard alone, without a script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from schools.models import School
from tests.browser.checks import check_error, check_page
from tests.browser.people import sign_in
from tests.builders import make_ect


@pytest.fixture
def julie(page: Page, demo) -> Page:
    """Julie Carver's page, as Sarah Philips sees it."""
    sign_in(page, "Sarah Philips")
    open_julie(page)
    return page


def open_julie(page: Page) -> None:
    """Her page, from the list of those who are not mentoring."""
    page.goto("/schools/999001/mentors?show=not-mentoring")
    main_link(page, "Julie Carver").click()
    heading(page, "Julie Carver")


def main_link(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("link", name=name)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def enter_date(page: Page, day: str, month: str, year: str) -> None:
    for part, entry in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(part, exact=True).fill(entry)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def expect_banner(page: Page, says: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(says)


def test_with_every_error_on_the_way(julie: Page):
    check_page(julie)
    main_link(julie, "Assign an ECT to this mentor").click()
    heading(julie, "Who would you like to assign to Julie Carver?")
    check_page(julie)
    press(julie, "Continue")
    check_error(julie, "Select who you would like to assign")
    check_page(julie)
    julie.get_by_label("Jonathan Paul").check()
    press(julie, "Continue")

    heading(julie, "When does Julie Carver start mentoring Jonathan Paul?")
    check_page(julie)
    press(julie, "Continue")
    check_error(julie, "Enter start date")
    enter_date(julie, "1", "1", "2000")
    press(julie, "Continue")
    check_error(
        julie,
        "Start date must be on or after 1 June 2023, the day Julie Carver started at this school",
    )
    check_page(julie)
    enter_date(julie, "2", "3", "2026")
    press(julie, "Continue")

    heading(julie, "Check your answers")
    check_page(julie)
    says = "Jane Thomas's last day of mentoring Jonathan Paul will be 1 March 2026."
    expect(julie.get_by_text(says)).to_be_visible()
    press(julie, "Confirm")
    heading(julie, "Julie Carver")
    expect_banner(julie, "Julie Carver now mentors Jonathan Paul.")
    check_page(julie)

    julie.go_back()  # to the answers, which are no more: it begins again
    heading(julie, "Who would you like to assign to Julie Carver?")
    expect(julie.get_by_label("Jonathan Paul")).to_have_count(0)


def test_by_keyboard_alone(julie: Page):
    def tab_to(target: Locator) -> None:
        for _ in range(40):
            if target.evaluate("element => element === document.activeElement"):
                return
            julie.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by keyboard")

    tab_to(main_link(julie, "Assign an ECT to this mentor"))
    julie.keyboard.press("Enter")
    heading(julie, "Who would you like to assign")
    tab_to(julie.get_by_role("radio").first)
    julie.keyboard.press("ArrowDown")
    tab_to(julie.get_by_role("button", name="Continue"))
    julie.keyboard.press("Enter")
    heading(julie, "When does Julie Carver start mentoring")
    for part, entry in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        tab_to(julie.get_by_label(part, exact=True))
        julie.keyboard.type(entry)
    julie.keyboard.press("Enter")
    heading(julie, "Check your answers")
    tab_to(julie.get_by_role("button", name="Confirm"))
    julie.keyboard.press("Enter")
    heading(julie, "Julie Carver")
    expect(julie.get_by_role("alert")).to_contain_text("Julie Carver now mentors")


def test_many_can_be_searched_and_who_is_chosen_stays_in_sight(julie: Page):
    school = School.objects.get(urn=999001)
    for number in range(15):
        make_ect(school=school, name=f"Zed Number{number}")
    make_ect(school=school, name="Zo\u00eb O\u2019Neil")
    main_link(julie, "Assign an ECT to this mentor").click()
    check_page(julie)
    julie.get_by_label("Jason Blue").check()
    search = julie.get_by_label("Search by name")
    search.fill("zoe o'n")
    expect(julie.get_by_role("status")).to_have_text("1 of 25 found")
    expect(julie.get_by_role("radio")).to_have_count(2)
    expect(julie.get_by_label("Jason Blue")).to_be_checked()
    check_page(julie)
    search.press("Enter")
    heading(julie, "Who would you like to assign")
    julie.get_by_label("Zo\u00eb O\u2019Neil").check()
    expect(julie.get_by_role("radio")).to_have_count(1)
    search.fill("")
    expect(julie.get_by_role("radio")).to_have_count(25)
    press(julie, "Continue")
    heading(julie, "When does Julie Carver start mentoring Zo\u00eb O\u2019Neil?")


def test_without_javascript(new_context, live_server, demo):
    school = School.objects.get(urn=999001)
    for number in range(15):
        make_ect(school=school, name=f"Zed Number{number}")
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_julie(page)
    main_link(page, "Assign an ECT to this mentor").click()
    expect(page.get_by_role("radio")).to_have_count(24)
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("Zed Number7").check()
    press(page, "Continue")
    enter_date(page, "2", "3", "2026")
    press(page, "Continue")
    press(page, "Confirm")
    expect_banner(page, "Julie Carver now mentors Zed Number7.")
