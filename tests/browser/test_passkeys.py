"""A member of staff adds a passkey and signs in with it, in a browser with an authenticator."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.accounts.signing_in import PASSWORD, accept_invitation, app_code, make_staff
from tests.browser.checks import check_page

pytestmark = pytest.mark.django_db(transaction=True)


def enter_the_password(page: Page, email: str) -> None:
    page.goto("/staff/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def give_authenticator(page: Page) -> None:
    """What stands in for the device that keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    behaves = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | behaves})


def test_staff_add_a_passkey_and_sign_in_with_it(page: Page):
    staff = make_staff(is_superuser=True)
    secret = accept_invitation(Client(), staff)
    give_authenticator(page)
    enter_the_password(page, staff.email)
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    page.get_by_label("6-digit code").fill(app_code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("DfE staff - Manage training for early career teachers")
    page.get_by_role("link", name="Passkeys").click()
    page.get_by_role("button", name="Add a passkey").click()
    check_page(page)
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("You have added the passkey Work laptop")).to_be_visible()
    check_page(page)

    page.context.clear_cookies()
    enter_the_password(page, staff.email)
    check_page(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_title("DfE staff - Manage training for early career teachers")
