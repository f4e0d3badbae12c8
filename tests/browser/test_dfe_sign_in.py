"""Signing in and out by DfE Sign-in as a person does it, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.builders import make_school
from tests.schools.dfe_sign_in.provider import Provider, offered, running
from tests.schools.dfe_sign_in.walk import SUBJECT, known_there

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dfe(settings, live_server) -> Iterator[Provider]:
    """A running DfE Sign-in, on another host than the service as far as a browser can tell."""
    settings.SERVICE_URL = live_server.url
    with running() as provider:
        offered(provider, settings)
        yield provider


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with DfE Sign-in").click()
    page.get_by_placeholder("sub").fill(SUBJECT)
    page.get_by_role("button", name="Authorize").click()


def test_a_tutor_signs_in_and_out_by_dfe_sign_in(page: Page, dfe: Provider, live_server):
    known_there(dfe, make_school("Priory Primary School"))
    page.goto("/sign-in")
    check_page(page)
    sign_in(page)
    expect(page.get_by_text("Priory Primary School").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have signed out of this service")
    check_page(page)
    page.get_by_role("button", name="Sign out of DfE Sign-in").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.url.startswith(f"{live_server.url}/sign-in")


def test_somebody_without_a_school_is_told_what_to_do(page: Page, dfe: Provider):
    known_there(dfe)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You are not an induction tutor at this organisation"
    )
    check_page(page)
    page.get_by_role("link", name="Go to sign in").click()
    expect(page.get_by_role("button", name="Sign in with DfE Sign-in")).to_be_visible()
