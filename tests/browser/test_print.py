"""A mentor's page on paper: its three sections, and no ways to other pages."""

from playwright.sync_api import Page, expect

from tests.browser.people import open_mentor, sign_in


def test_a_mentor_s_page_prints_its_sections_and_no_navigation(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    page.emulate_media(media="print")
    for section in ("Personal details", "Mentoring", "Mentor training"):
        expect(page.get_by_role("heading", name=section, exact=True)).to_be_visible()
    for left_out in (".govuk-service-navigation", ".govuk-phase-banner", ".govuk-template__footer"):
        expect(page.locator(left_out)).to_be_hidden()
    # What a person must open on a screen is open on paper.
    expect(page.get_by_text("It takes up to 20 hours over one year.")).to_be_visible()
    link = page.get_by_role("link", name="Jonathan Paul")
    after = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert after in ("none", "normal")  # no address of the link
