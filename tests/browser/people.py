"""What people do in every journey: sign in, open a page by its links."""

from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User


def sign_in(page: Page, name: str) -> None:
    """Give the browser the cookies of a demo person who has signed in; no page is opened.

    To choose them on the demo's page takes a second: `test_walk_through_a_school.py` does that.
    """
    client = Client()
    answer = client.post("/demo/sign-in", {"person": User.objects.get(name=name).email})
    assert answer.status_code == 302
    page.context.add_cookies(
        [
            {"name": cookie, "value": morsel.value, "domain": "localhost", "path": "/"}
            for cookie, morsel in client.cookies.items()
        ]
    )


def open_mentor(page: Page, name: str, show: str = "") -> None:
    """To a mentor's page of the demo's first school, from the list, with this filter."""
    page.goto(f"/schools/999001/mentors?show={show}")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def open_julie(page: Page, show: str = "not-mentoring") -> None:
    """To the page of Julie Carver of the demo, from the list that shows her."""
    open_mentor(page, "Julie Carver", show)
