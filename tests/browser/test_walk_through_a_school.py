"""An induction tutor walks through their school: home, mentors, a mentor, an ECT, and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.people import open_mentor, sign_in


@pytest.fixture
def sarah(page: Page, demo) -> Page:
    """Sarah Philips, signed in, on the home page of Plymouth Primary School."""
    sign_in(page, "Sarah Philips")
    page.goto("/")
    return page


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_from_signing_in_to_a_mentor_an_ect_and_back(page: Page, demo):
    page.goto("/demo/sign-in")
    check_page(page)
    page.get_by_label("Sarah Philips").check()
    page.get_by_role("button", name="Sign in").click()
    heading(page, "Manage your training")

    open_mentor(page, "Jane Thomas")
    for section in ("Personal details", "Mentoring", "Mentor training"):
        expect(page.get_by_role("heading", name=section, exact=True)).to_be_visible()
    page.get_by_text("What is mentor training?").click()
    expect(page.get_by_text("Mentor training is a course for mentors").first).to_be_visible()

    page.get_by_role("link", name="Jonathan Paul", exact=True).click()
    heading(page, "Jonathan Paul")
    check_page(page)
    page.get_by_role("link", name="Jane Thomas").click()
    heading(page, "Jane Thomas")


def test_the_lists_and_their_filters(sarah: Page):
    menu = sarah.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Mentors").click()
    heading(sarah, "Mentors")
    check_page(sarah)
    sarah.get_by_role("radio", name="Not mentoring").check()
    sarah.get_by_role("button", name="Apply").click()
    expect(sarah.get_by_role("link", name="Julie Carver")).to_be_visible()
    expect(sarah.get_by_role("link", name="Jane Thomas", exact=True)).to_have_count(0)

    menu.get_by_role("link", name="Early career teachers").click()
    heading(sarah, "Early career teachers")
    check_page(sarah)
    sarah.get_by_role("radio", name="Left the school").check()
    sarah.get_by_role("button", name="Apply").click()
    sarah.wait_for_url("**/ects?*")
    expect(sarah.get_by_role("link", name="Violet Brown")).to_have_count(0)


def test_another_school_s_mentor_is_not_found_and_signing_out_ends_it(sarah: Page):
    sarah.goto("/schools/100000/mentors")
    heading(sarah, "Page not found")
    sarah.goto("/schools/999001")
    sarah.get_by_role("button", name="Sign out").click()
    sarah.goto("/schools/999001")
    expect(sarah).not_to_have_url("/schools/999001")


def test_the_pages_work_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    page.goto("/")
    heading(page, "Manage your training")
    # Every academic year's panel is there to read, as no script folds them into tabs.
    expect(page.locator(".govuk-tabs__panel:visible")).to_have_count(3)
    page.goto("/schools/999001/mentors")
    page.get_by_role("link", name="Jane Thomas", exact=True).click()
    heading(page, "Jane Thomas")
