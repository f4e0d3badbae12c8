"""Pages on paper: all that they say, and no ways to other pages."""

from playwright.sync_api import Page, expect

from schools.models import ECTAtSchool
from tests.browser.people import open_mentor, sign_in

# The links that print their address.
WITH_ADDRESS = """[...document.querySelectorAll("a")]
    .filter(link => link.checkVisibility())
    .filter(link => !["none", "normal"].includes(getComputedStyle(link, "::after").content))
    .map(link => link.textContent.trim())"""
LEFT_OUT = (
    ".govuk-service-navigation",
    ".govuk-phase-banner",
    ".govuk-template__footer",
    ".govuk-back-link",
    ".govuk-button",
    ".govuk-summary-list__actions",
    ".govuk-tabs__list",
    ".app-action",
    ".app-filter",
)


def test_a_mentor_s_page_prints_its_sections_and_no_navigation(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    page.emulate_media(media="print")
    for section in ("Personal details", "Mentoring", "Mentor training"):
        expect(page.get_by_role("heading", name=section, exact=True)).to_be_visible()
    # What a person must open on a screen is open on paper.
    expect(page.get_by_text("It takes up to 20 hours over one year.")).to_be_visible()


def test_no_page_prints_addresses_of_links_or_ways_to_other_pages(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.emulate_media(media="print")
    ect = ECTAtSchool.objects.get(school__urn=999001, teacher__name="Violet Brown")
    for path in ("", "/mentors", "/ects", "/induction-tutors", f"/ects/{ect.public_id}"):
        page.goto(f"/schools/999001{path}")
        assert page.evaluate(WITH_ADDRESS) == [], path
        for left_out in LEFT_OUT:
            shown = [each for each in page.locator(left_out).all() if each.is_visible()]
            assert not shown, (path, left_out)
