"""What people do on the pages of a journey, with the mouse or by keyboard alone."""

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import EVERY_RULE, check_error, check_page

_WHERE_THE_FOCUS_IS = """element => {
    const at = document.activeElement;
    if (at === element) return "wanted";
    if (at.closest("main")) return "content";
    return at.matches(".govuk-skip-link") && element.closest("main") ? "skip link" : "elsewhere";
}"""


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def main_link(page: Page, name: str) -> Locator:
    """The link of this name beneath the navigation."""
    return page.locator("main").get_by_role("link", name=name)


def go_on(page: Page, button: str = "Continue") -> None:
    page.get_by_role("button", name=button).click()


def fill_day(page: Page, day: date) -> None:
    """Answer the page's date question."""
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))


def wrong_and_checked(page: Page, question: str, error: str) -> None:
    """Send the page with this question as it is, and check it with its error."""
    heading(page, question)
    check_before_an_error(page)
    go_on(page)
    check_error(page, error)
    check_page(page)


def check_before_an_error(page: Page) -> None:
    """Check a page by `make product` only: the suite checks it with an error, which says more."""
    if EVERY_RULE:
        check_page(page)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus, as it must within a page.

    The page's first link skips the navigation: it is taken, unless this is in the navigation.
    """
    expect(wanted).to_be_visible()
    element = wanted.element_handle()  # found once: to find it by its name again takes long
    at = None
    for _ in range(60):
        before = at
        page.keyboard.press("Tab")
        at = element.evaluate(_WHERE_THE_FOCUS_IS)
        assert (before, at) != ("skip link", "elsewhere"), "the navigation is not skipped"
        if at == "wanted":
            return
        if at == "skip link":
            page.keyboard.press("Enter")
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def type_in(page: Page, **answers: str) -> None:
    """Type answers into the inputs of these labels, and send them with Enter."""
    for label, answer in answers.items():
        tab_to(page, page.get_by_label(label.replace("_", " "), exact=True))
        page.keyboard.type(answer)
    page.keyboard.press("Enter")
