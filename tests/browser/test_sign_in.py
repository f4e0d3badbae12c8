"""Signing in as a person does it, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.signing_in import invitations
from tests.accounts.signing_in import (
    PASSWORD,
    another,
    app_code,
    make_staff,
    make_tutor,
    newest_code,
)
from tests.browser.answering import check_before_an_error
from tests.browser.checks import check_error, check_page

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_tutor_signs_in_with_a_code(page: Page):
    tutor = make_tutor()
    page.goto("/sign-in")
    check_before_an_error(page)
    page.get_by_label("Email address").fill("nobody")
    page.get_by_role("button", name="Continue").click()
    check_error(page, "Enter an email address in the correct format, like name@example.com")
    check_page(page)
    page.get_by_label("Email address").fill(tutor.email)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    check_before_an_error(page)
    code = newest_code()
    page.get_by_label("6-digit code").fill(another(code))
    page.get_by_role("button", name="Sign in").click()
    check_error(page, "The code is not right. If we sent you several, try the others")
    check_page(page)
    page.get_by_role("link", name="get a new code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email address").fill(tutor.email)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("6-digit code").fill(newest_code())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    tutor.refresh_from_db()
    assert tutor.last_login


def test_staff_accept_an_invitation_and_sign_in_with_both_factors(page: Page, settings):
    staff: User = make_staff(is_superuser=True)
    page.goto(invitations.make_link(staff).removeprefix(settings.SERVICE_URL))
    check_before_an_error(page)
    picture = page.get_by_role("img", name="QR code for your authenticator app").locator("svg")
    assert picture.bounding_box()["width"] > 100
    secret = page.locator(".govuk-body strong").inner_text()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_label("6-digit code").fill("000000")
    page.get_by_role("button", name="Save").click()
    check_error(page, "The code is not right. Enter the one that the app shows at this moment")
    check_page(page)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_label("6-digit code").fill(app_code(secret))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in as DfE staff")
    check_page(page)
    page.get_by_label("Email address").fill(staff.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("6-digit code").fill(app_code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("DfE staff - Manage training for early career teachers")


def test_the_pages_that_say_no(page: Page):
    page.goto("/staff/needs-invitation")
    check_page(page)
    page.goto("/staff/invitation/1/nothing")
    check_page(page)
