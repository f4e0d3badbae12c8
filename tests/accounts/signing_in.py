"""What people do on the sign-in pages, for the tests of them."""

import re
import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.core import mail
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.signing_in import invitations

ASK = "/sign-in"
ENTER = "/sign-in/code"
PASSWORD = "a long walk in April"


def make_tutor(email: str = "tutor@school.example") -> User:
    return User.objects.create_user(email, "Toni Tutor")


def make_staff(email: str = "dee@education.example", **fields) -> User:
    return User.objects.create_user(email, "Dee Effie", is_staff=True, **fields)


def ask_for_code(browser: Client, email: str = "tutor@school.example", *, follow: bool = False):
    return browser.post(ASK, {"email": email}, follow=follow)


def newest_code() -> str:
    return re.search(r"Your code is (\d{6})", mail.outbox[-1].body).group(1)


def enter(browser: Client, code: str):
    return browser.post(ENTER, {"code": code})


def another(code: str) -> str:
    """Some six-digit code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def signed_in_user(browser: Client) -> int | None:
    user = browser.session.get("_auth_user_id")
    return None if user is None else int(user)


def error_of(response) -> str:
    """The first error that the page shows above everything."""
    assert response.status_code == 200, response.status_code
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one(".govuk-error-summary__list").get_text(strip=True)


def heading_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.get_text(strip=True)


def app_code(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def open_invitation(browser: Client, staff: User) -> tuple[str, str]:
    """Follow an invitation's link; returns the address it leads to, and the secret shown there."""
    link = invitations.make_link(staff).removeprefix("http://localhost:8000")
    opened = browser.get(link).url
    assert browser.get(opened).status_code == 200
    return opened, browser.session[f"invitation of {staff.pk}"]["secret"]


def accept_invitation(browser: Client, staff: User, password: str = PASSWORD) -> str:
    """Follow an invitation to its end; returns the secret that is now in the app."""
    opened, secret = open_invitation(browser, staff)
    answer = browser.post(
        opened,
        {"new_password1": password, "new_password2": password, "code": app_code(secret)},
    )
    assert answer.url == reverse("account_login"), answer
    return secret


def enter_admin(browser: Client, staff: User) -> None:
    """Let a browser into admin as the demo does, for tests that are not about signing in."""
    browser.force_login(staff)
    request = HttpRequest()
    request.user, request.session = staff, browser.session
    record_authentication(request, staff, method="mfa", type="demo")
    request.session.save()


def enter_password(browser: Client, staff: User, password: str = PASSWORD, wanted: str = ""):
    return browser.post(
        f"/staff/sign-in{f'?next={wanted}' if wanted else ''}",
        {"login": staff.email, "password": password},
    )
