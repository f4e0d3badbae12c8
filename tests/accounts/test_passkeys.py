"""Staff add, see, use and remove passkeys; tests/browser/test_passkeys.py does it in a browser."""

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from tests.accounts.authenticator import Device, options_on
from tests.accounts.signing_in import (
    accept_invitation,
    app_code,
    enter_admin,
    enter_password,
    error_of,
    heading_of,
    make_staff,
    make_tutor,
    signed_in_user,
)
from tests.core.audit_lines import caught

pytestmark = pytest.mark.django_db
LIST, ADD, SECOND = "/staff/passkeys", "/staff/passkeys/add", "/staff/second-factor"
NOT_ACCEPTED = "This passkey was not accepted. Try again, or use your authenticator app"
NONE_GIVEN = "Your browser did not give a passkey. Try again, or use your authenticator app"
NOT_ADDED = "This passkey could not be added. Try again"
NO_JSON = ("no JSON", "[" * 50_000, '{"a":' * 50_000, "9" * 5_000, "\0")
NOTHING = ("null", "{}", "[]", "0", '""', "false")
SHAPELESS = [
    *NO_JSON,
    *NOTHING,
    "5",
    '"text"',
    "[1]",
    '{"id": "x"}',
    '{"rawId": "*", "response": {}}',
    '{"rawId": "eA", "response": 5}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "attestationObject": "e30"}}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "e30",'
    ' "signature": "eA"}}',
    '{"rawId": "\\ud800", "response": {"clientDataJSON": "\\u0000"}}',
    # CBOR: thousands of nested lists, and what breaks off.
    '{"rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    f' "attestationObject": "{"gYGB" * 5_000}"'
    "}}",
    '{"rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "_w", "authenticatorData": "eA", "signature": "eA"}}',
]


@pytest.fixture
def staff():
    return make_staff(is_superuser=True)


@pytest.fixture
def desk(client, staff, time_machine) -> Client:
    """A browser in which staff have just signed in, with password and app."""
    time_machine.move_to("2026-05-01 08:00", tick=False)
    secret = accept_invitation(Client(), staff)
    time_machine.move_to("2026-05-01 09:00", tick=False)
    enter_password(client, staff)
    client.post(SECOND, {"code": app_code(secret)})
    assert signed_in_user(client) == staff.pk
    return client


def add(desk: Client, device: Device, name: str = "Work laptop"):
    made = device.make(options_on(desk.get(ADD)))
    return desk.post(ADD, {"name": name, "credential": made}, follow=True)


def second_page(staff) -> tuple[Client, dict]:
    """Another browser in which the password was entered, and what it is asked for a passkey."""
    other = Client()
    enter_password(other, staff)
    return other, options_on(other.get(SECOND))


def cards(response) -> dict[str, list[str]]:
    page = BeautifulSoup(response.content, "html.parser")
    return {
        card.select_one(".govuk-summary-card__title").get_text(strip=True): [
            row.get_text(" ", strip=True) for row in card.select(".govuk-summary-list__row")
        ]
        for card in page.select(".govuk-summary-card")
    }


def test_admin_leads_to_a_list_of_ones_own_passkeys(desk):
    assert f'<a href="{LIST}">Passkeys</a>' in desk.get("/admin/").text
    assert "You have no passkeys" in desk.get(LIST).text
    answer = add(desk, Device())
    assert "You have added the passkey Work laptop" in answer.text
    assert cards(answer)["Work laptop"][:2] == ["Added 1 May 2026", "Last used Never"]


def test_a_passkey_does_instead_of_the_apps_code(desk, staff):
    add(desk, device := Device())
    other, options = second_page(staff)
    assert other.post(SECOND, {"credential": device.use(options)}).url == "/admin/"
    assert other.get("/admin/").status_code == 200
    assert "Last used 1 May 2026" in cards(desk.get(LIST))["Work laptop"]


def test_a_removed_passkey_lets_nobody_in_and_the_app_still_does(desk, staff):
    add(desk, device := Device())
    add(desk, Device(credential_id=b"another"), "Key ring")
    other, options = second_page(staff)
    passkey = Authenticator.objects.get(type="webauthn", data__name="Work laptop")
    with caught() as audit_log:
        answer = desk.post(f"{LIST}/{passkey.pk}/remove", follow=True)
    assert "You have removed the passkey Work laptop" in answer.text
    assert list(cards(answer)) == ["Key ring"]
    removed = {"event": "passkey removed", "user": staff.pk, "passkey": passkey.pk}
    assert removed in audit_log.events()
    assert error_of(other.post(SECOND, {"credential": device.use(options)})) == NOT_ACCEPTED
    assert Authenticator.objects.filter(type="totp").exists()


def refused_ways(staff, device: Device) -> dict[str, tuple[Client, str]]:
    """Browsers, each with what it sends that must not let it in."""
    of_before, before = second_page(staff)
    of_before.get(SECOND)  # asks anew
    phished, options = second_page(staff)
    fake = Device(origin="https://testserver.evil.example")
    fake._key = device._key
    strange, asked = second_page(staff)
    return {
        "answers what was asked before": (of_before, device.use(before)),
        "was made for another site": (phished, fake.use(options)),
        "has another key": (strange, Device().use(asked)),
    }


def test_a_refused_passkey_is_said_and_in_the_trail(desk, staff):
    add(desk, device := Device())
    for way, (other, sent) in refused_ways(staff, device).items():
        with caught() as audit_log:
            answer = other.post(SECOND, {"credential": sent})
        assert (way, error_of(answer)) == (way, NOT_ACCEPTED)
        assert signed_in_user(other) is None
        failed = {"event": "sign-in failed", "user": staff.pk, "by": "second factor"}
        assert audit_log.events() == [failed]


def test_a_passkey_of_a_colleague_is_refused(desk, staff):
    add(desk, device := Device())
    colleague = make_staff("colleague@education.example")
    accept_invitation(Client(), colleague)
    other = Client()
    enter_password(other, colleague)
    page = other.get(SECOND)
    assert "passkey" not in page.text
    _, options = second_page(staff)
    assert error_of(other.post(SECOND, {"credential": device.use(options)})) == NOT_ACCEPTED
    assert signed_in_user(other) is None


def test_what_is_no_passkey_is_an_error_of_the_form(desk, staff):
    add(desk, Device())
    for sent in SHAPELESS:
        cache.clear()  # what was tried before is not counted
        other, _ = second_page(staff)
        expected = NONE_GIVEN if sent in NO_JSON + NOTHING else NOT_ACCEPTED
        assert (error_of(other.post(SECOND, {"credential": sent})), sent) == (expected, sent)
        assert (error_of(desk.post(ADD, {"credential": sent})), sent) == (NOT_ADDED, sent)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_browser_that_gives_none_is_no_failed_try(desk, staff):
    add(desk, Device())
    other, _ = second_page(staff)
    with caught() as audit_log:
        assert error_of(other.post(SECOND, {"credential": ""})) == NONE_GIVEN
    assert audit_log.events() == []


def test_five_failed_passkeys_are_the_last(desk, staff):
    add(desk, device := Device())
    other, _ = second_page(staff)
    for passkey in (*[Device()] * 5, device):
        options = options_on(other.get(SECOND))
        answer = other.post(SECOND, {"credential": passkey.use(options)})
    assert "too many times" in error_of(answer)
    assert signed_in_user(other) is None


def test_adding_one_needs_a_second_factor_of_the_last_five_minutes(desk, time_machine):
    asked = options_on(desk.get(ADD))
    time_machine.move_to("2026-05-01 09:05", tick=False)
    assert heading_of(desk.get(ADD)) == "Sign in again to add a passkey"
    sent = {"name": "Work laptop", "credential": Device().make(asked)}
    assert heading_of(desk.post(ADD, sent)) == "Sign in again to add a passkey"
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_passkey_made_for_another_page_is_not_added(desk):
    asked = options_on(desk.get(ADD))
    desk.get(ADD)
    answer = desk.post(ADD, {"credential": Device().make(asked)})
    assert error_of(answer) == NOT_ADDED


def test_nobody_but_staff_with_a_second_factor_has_passkeys(desk, staff):
    add(desk, Device())
    passkey = Authenticator.objects.get(type="webauthn").pk
    tutor, no_factor, colleague = Client(), Client(), Client()
    tutor.force_login(make_tutor())
    staff.refresh_from_db()
    no_factor.force_login(staff)
    enter_admin(colleague, make_staff("colleague@education.example"))
    for other, status in ((tutor, 403), (no_factor, 403), (Client(), 302)):
        assert other.get(LIST).status_code == status
        assert other.get(ADD).status_code == status
        assert other.post(f"{LIST}/{passkey}/remove").status_code == status
    assert colleague.post(f"{LIST}/{passkey}/remove").status_code == 404
    assert not cards(colleague.get(LIST))
    assert Authenticator.objects.filter(pk=passkey).exists()
