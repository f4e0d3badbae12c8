"""A form that another site sends in a user's browser is refused, wherever forms are taken."""

import pytest
from django.conf import settings
from django.test import Client

from tests.access.roles import EXPECTED, SITE, filled

# Lead providers' programs send a token, which no browser adds by itself.
NO_BROWSER_SIGNS_IN = "/api/"
ROLES = ("superuser", "tutor", "nobody")


def takes_a_form(address: str, role: str) -> bool:
    return EXPECTED.get((address, "POST"), {}).get(role, "405") not in ("404", "405")


FORMS = [
    (address, role)
    for address in SITE
    if not address.startswith(NO_BROWSER_SIGNS_IN)
    for role in ROLES
    if takes_a_form(address, role)
]


def test_there_are_forms_of_every_role():
    assert len(FORMS) > 50
    assert {role for _, role in FORMS} == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_without_the_token_of_the_browser_s_session_it_is_refused(browsers, role):
    cookies = browsers[role]().cookies
    taken = []
    for address, of_role in FORMS:
        if of_role == role:
            browser = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
            browser.cookies[settings.SESSION_COOKIE_NAME] = (
                cookies[settings.SESSION_COOKIE_NAME].value if role != "nobody" else ""
            )
            status = browser.post(filled(address), {"name": "x"}).status_code
            if status != 403:
                taken.append((address, status))
    assert taken == []
