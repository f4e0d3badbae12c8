"""Long names and addresses, and wider letters, at the width of a phone: nothing is cut off."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from tests.browser.checks import PHONE, check_page
from tests.browser.people import sign_in

LONG_NAME = "Wilhelmina Featherstonehaughington"
LONG_ADDRESS = "wilhelmina.featherstonehaughington.of.plymouth@plymouth-primary.sch.uk"
# WCAG 2.2, 1.4.12: a reader may set these, and nothing is lost.
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
)
# As an extension of the browser does it: the page's security policy allows no styles in the page.
ADD_STYLE = (
    "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
    " document.adoptedStyleSheets = [sheet]; }"
)


@pytest.fixture
def jane(demo) -> MentorAtSchool:
    """Jane Thomas of the demo with a long name and address, and her ECT with one."""
    mentor = MentorAtSchool.objects.get(teacher__name="Jane Thomas", school__urn=999001)
    Teacher.objects.filter(pk=mentor.teacher_id).update(name=LONG_NAME)
    Teacher.objects.filter(name="Violet Brown").update(name=f"Violet {LONG_NAME}")
    MentorAtSchool.objects.filter(pk=mentor.pk).update(email=LONG_ADDRESS)
    return mentor


# The text of an element, line by line as the browser broke it.
LINES = """element => {
    const lines = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let top = null;
    for (let node; (node = walker.nextNode()); ) {
        for (let at = 0; at < node.length; at++) {
            const range = new Range();
            range.setStart(node, at), range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            if (!box.width) continue;
            if (box.top !== top) lines.push("");
            top = box.top;
            lines[lines.length - 1] += node.data[at];
        }
    }
    return lines.map(line => line.trim());
}"""


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_nothing_overflows(page: Page, jane: MentorAtSchool):
    sign_in(page, "Sarah Philips")
    violet = ECTAtSchool.objects.get(teacher__name__startswith="Violet")
    school, person = "/schools/999001", f"/schools/999001/mentors/{jane.public_id}"
    page.goto(f"{person}/email")
    page.get_by_label("What is their email address?").fill(f"new.{LONG_ADDRESS}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Change email address").click()
    check_page(page)  # with the banner
    page.set_viewport_size(PHONE)
    for path in (
        person,
        school,
        f"{school}/mentors?show=all",
        f"{school}/ects?show=all",
        f"{person}/leaving",
        f"{school}/ects/{violet.public_id}/mentor",
    ):
        page.goto(path)
        assert overflow(page) <= 0, path
        page.evaluate(ADD_STYLE, TEXT_SPACING)
        assert overflow(page) <= 0, f"{path} with text spacing"


def test_a_long_email_address_is_broken_at_its_signs(page: Page, jane: MentorAtSchool):
    sign_in(page, "Sarah Philips")
    page.goto(f"/schools/999001/mentors/{jane.public_id}")
    address = page.locator("#personal-details dd", has_text="@")
    lines = address.evaluate(LINES)
    assert "".join(lines) == LONG_ADDRESS
    assert len(lines) > 1
    # The browser itself ends a line after a hyphen.
    for before, line in pairwise(lines):
        assert line[0] in "@." or before.endswith("-"), lines


def test_home_has_every_year_on_paper_and_beneath_each_other_on_a_phone(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto("/schools/999001")
    check_page(page)
    years = page.locator(".app-in-tab")
    assert not any(year.is_visible() for year in years.all())  # the tabs name them
    page.emulate_media(media="print")
    assert all(year.is_visible() for year in years.all())
    assert not page.locator(".govuk-tabs__list").is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
    assert all(year.is_visible() for year in years.all())
