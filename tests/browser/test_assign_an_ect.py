"""An induction tutor assigns an ECT to a mentor: with every error, and by keyboard alone."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from schools.models import School
from tests.browser.answering import (
    fill_day,
    go_on,
    heading,
    main_link,
    tab_to,
    type_in,
    wrong_and_checked,
)
from tests.browser.checks import check_error, check_page
from tests.browser.people import open_julie, sign_in
from tests.builders import make_ect

DAY = date(2026, 3, 2)


@pytest.fixture
def julie(page: Page, demo) -> Page:
    """Julie Carver's page, as Sarah Philips sees it."""
    sign_in(page, "Sarah Philips")
    open_julie(page)
    return page


def test_with_every_error_on_the_way(julie: Page):
    main_link(julie, "Assign an ECT to this mentor").click()
    question = "Who would you like to assign to Julie Carver?"
    wrong_and_checked(julie, question, "Select who you would like to assign")
    julie.get_by_label("Jonathan Paul").check()
    go_on(julie)

    question = "When does Julie Carver start mentoring Jonathan Paul?"
    wrong_and_checked(julie, question, "Enter start date")
    fill_day(julie, date(2000, 1, 1))
    go_on(julie)
    check_error(
        julie,
        "Start date must be on or after 1 June 2023, the day Julie Carver started at this school",
    )
    fill_day(julie, DAY)
    go_on(julie)

    heading(julie, "Check your answers")
    check_page(julie)
    says = "Jane Thomas’s last day of mentoring Jonathan Paul will be 1 March 2026."
    expect(julie.get_by_text(says)).to_be_visible()
    go_on(julie, "Assign this ECT")
    heading(julie, "Julie Carver")
    expect(julie.get_by_role("alert")).to_contain_text("Julie Carver now mentors Jonathan Paul.")
    check_page(julie)

    julie.go_back()  # to the answers, which are no more: it begins again
    heading(julie, "Who would you like to assign to Julie Carver?")
    expect(julie.get_by_label("Jonathan Paul")).to_have_count(0)


def add_ects(number: int) -> None:
    """More of them at the demo's first school than are shown without a search."""
    school = School.objects.get(urn=999001)
    for each in range(number):
        make_ect(school=school, name=f"Zed Number{each}")


def test_many_are_searched_and_who_is_ticked_stays_chosen(julie: Page):
    add_ects(35)
    make_ect(school=School.objects.get(urn=999001), name="Zo\u00eb O\u2019Neil")
    main_link(julie, "Assign an ECT to this mentor").click()
    question = "Who would you like to assign to Julie Carver?"
    wrong_and_checked(julie, question, "Select who you would like to assign")
    radios = julie.get_by_role("radio")
    expect(radios).to_have_count(20)
    julie.get_by_label("Jason Blue").check()

    search = julie.get_by_label("Search by name or TRN")
    search.fill("zoe oneil")
    search.press("Enter")
    expect(julie.get_by_text("1 ECT matches \u2018zoe oneil\u2019.")).to_be_visible()
    expect(radios).to_have_count(2)
    expect(julie.get_by_label("Jason Blue")).to_be_checked()

    search.fill("nobody of this name")
    julie.get_by_role("button", name="Search").click()
    expect(julie.get_by_text("No ECTs match")).to_be_visible()
    expect(julie.get_by_label("Jason Blue")).to_be_checked()
    check_page(julie)

    search.fill("x" * 201)
    search.press("Enter")
    check_error(julie, "Search must be 200 characters or less")
    check_page(julie)

    search.fill("")
    search.press("Enter")
    expect(radios).to_have_count(20)
    julie.get_by_label("Zed Number0").check()
    julie.get_by_role("link", name="Next page").click()
    expect(julie.get_by_label("Zed Number0")).to_be_checked()
    check_page(julie)
    go_on(julie)
    heading(julie, "When does Julie Carver start mentoring Zed Number0?")


def test_by_keyboard_alone_without_javascript(new_context, live_server, demo):
    add_ects(15)
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_julie(page)
    tab_to(page, main_link(page, "Assign an ECT to this mentor"))
    page.keyboard.press("Enter")
    heading(page, "Who would you like to assign")
    expect(page.get_by_role("radio")).to_have_count(20)
    type_in(page, Search_by_name_or_TRN="zed number1")
    expect(page.get_by_text("6 ECTs match")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(6)
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading(page, "When does Julie Carver start mentoring")
    for part, entry in (("Day", "2"), ("Month", "March"), ("Year", "2026")):
        tab_to(page, page.get_by_label(part, exact=True))
        page.keyboard.type(entry)
    page.keyboard.press("Enter")
    heading(page, "Check your answers")
    tab_to(page, page.get_by_role("button", name="Assign this ECT"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Julie Carver now mentors")).to_be_visible()
