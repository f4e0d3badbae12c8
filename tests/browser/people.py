"""What people do in every journey: sign in, open a page by its links."""

from playwright.sync_api import Page, expect


def sign_in(page: Page, name: str) -> None:
    """Sign in as a demo person, and land where the service sends them."""
    page.goto("/demo/sign-in")
    page.get_by_label(name).check()
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url("/demo/sign-in")


def open_mentor(page: Page, name: str) -> None:
    """From any page of a school to a mentor's page, by the navigation and the list."""
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Mentors").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def open_julie(page: Page, show: str = "not-mentoring") -> None:
    """To the page of Julie Carver of the demo, from the list that shows her."""
    page.goto(f"/schools/999001/mentors?show={show}")
    page.get_by_role("link", name="Julie Carver", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Julie Carver")
