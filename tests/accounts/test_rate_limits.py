"""Rate limits by address and by account, which hold over all workers."""

import subprocess
import sys
from itertools import count

import pytest
from django.conf import settings
from django.core import mail, signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.accounts.signing_in import (
    accept_invitation,
    another,
    app_code,
    ask_for_code,
    enter,
    enter_password,
    error_of,
    heading_of,
    make_staff,
    make_tutor,
    newest_code,
    signed_in_user,
)
from tests.core.audit_lines import caught

TOO_MANY = "You have tried too many times. Wait 15 minutes, then try again"


@pytest.fixture
def strangers():
    """Asks for codes at an address: each in a browser of its own, from anywhere."""
    numbers = count()

    def ask(times: int, email: str = "tutor@school.example") -> list:
        return [
            ask_for_code(Client(REMOTE_ADDR=f"10.0.{next(numbers)}.1"), email) for _ in range(times)
        ]

    return ask


@pytest.fixture
def three(settings) -> None:
    """Three codes for an address and from a network address, where the number is another test's."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "request_login_code": "3/15m/ip,3/d/key",
        "staff_sign_in": "3/15m/ip",
    }


@pytest.mark.django_db
def test_thirty_codes_a_day_for_an_address_from_any_network_address(strangers, time_machine):
    make_tutor()
    so_many_a_day(30, strangers, "tutor@school.example", time_machine)


@pytest.mark.django_db
def test_nobodys_address_has_the_same_limit(strangers, time_machine, three):
    so_many_a_day(3, strangers, "nobody@school.example", time_machine)


def so_many_a_day(number: int, strangers, email: str, time_machine) -> None:
    time_machine.move_to("2026-05-01 09:00", tick=False)
    assert [answer.status_code for answer in strangers(number, email)] == [302] * number
    assert error_of(strangers(1, email)[0]) == TOO_MANY
    assert error_of(strangers(1, email.title())[0]) == TOO_MANY
    assert len(mail.outbox) == number
    time_machine.move_to("2026-05-02 09:00:01", tick=False)
    assert strangers(1, email)[0].status_code == 302


@pytest.mark.django_db
def test_strangers_do_not_keep_a_tutor_out_of_the_browser_they_signed_in_with(
    client, strangers, time_machine, three
):
    tutor = make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    enter(client, newest_code())
    client.post("/sign-out")
    for _ in range(4):  # from the tutor's own network address, too
        ask_for_code(Client())
    strangers(3)
    time_machine.move_to("2026-05-01 09:05", tick=False)
    assert error_of(ask_for_code(Client(REMOTE_ADDR="10.1.0.1"))) == TOO_MANY
    assert ask_for_code(client).status_code == 302
    enter(client, newest_code())
    assert signed_in_user(client) == tutor.pk


@pytest.mark.django_db
def test_a_browser_they_signed_in_with_has_a_limit_too(client, time_machine):
    make_tutor()
    time_machine.move_to("2026-05-01 08:00", tick=False)
    ask_for_code(client)
    enter(client, newest_code())
    client.post("/sign-out")
    for minute in range(30):
        time_machine.move_to(f"2026-05-01 09:{minute:02}", tick=False)
        assert ask_for_code(client).status_code == 302
    time_machine.move_to("2026-05-01 10:00", tick=False)
    assert error_of(ask_for_code(client)) == TOO_MANY
    assert ask_for_code(Client()).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "x", "\x00", "é", "signed by us", "another user's"])
def test_a_browser_is_known_by_our_cookie_of_this_user_only(strangers, cookie, three):
    tutor, browser = make_tutor(), Client()
    if cookie == "another user's":
        make_tutor("other@school.example")
        ask_for_code(browser, "other@school.example")
        enter(browser, newest_code())
        browser.post("/sign-out")
    else:
        # Signed with our key, but for another use.
        signed = signing.dumps(["mine", [tutor.pk]])
        browser.cookies["known-browser"] = signed if cookie == "signed by us" else cookie
    strangers(3)
    assert error_of(ask_for_code(browser)) == TOO_MANY


@pytest.mark.django_db
def test_strangers_do_not_keep_staff_out_of_the_browser_they_signed_in_with(client, time_machine):
    staff = make_staff()
    time_machine.move_to("2026-05-01 08:00", tick=False)
    secret = accept_invitation(Client(), staff)
    time_machine.move_to("2026-05-01 09:00", tick=False)
    enter_password(client, staff)
    client.post("/staff/second-factor", {"code": app_code(secret)})
    client.post("/sign-out")
    for number in range(5):
        enter_password(Client(REMOTE_ADDR=f"10.0.0.{number}"), staff, "wrong")
    assert error_of(enter_password(Client(REMOTE_ADDR="10.0.0.9"), staff)) == TOO_MANY
    assert enter_password(client, staff).url == "/staff/second-factor"
    for _ in range(5):
        enter_password(client, staff, "wrong")
    assert error_of(enter_password(client, staff)) == TOO_MANY


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["empty posts", "wrong passwords", "other people's addresses"])
def test_nobody_at_their_network_address_keeps_staff_out_of_their_browser(
    client, time_machine, what, three
):
    """At an office all share one address: both factors can be proved, whatever others try there."""
    staff, others = make_staff(), make_staff("other@education.example")
    time_machine.move_to("2026-05-01 08:00", tick=False)
    secret = accept_invitation(Client(), staff)
    time_machine.move_to("2026-05-01 09:00", tick=False)
    enter_password(client, staff)
    client.post("/staff/second-factor", {"code": app_code(secret)})
    client.post("/sign-out")
    time_machine.move_to("2026-05-01 09:05", tick=False)
    for number in range(4):
        of_whom = User(email=f"n{number}@dfe.example") if "addresses" in what else others
        enter_password(Client(), of_whom, "" if what == "empty posts" else "wrong")
    assert enter_password(Client(), others, "").status_code == 429
    assert enter_password(client, staff).url == "/staff/second-factor"
    done = client.post("/staff/second-factor", {"code": app_code(secret)})
    assert done.url == "/admin/"
    # For others it is the browser of a stranger.
    client.post("/sign-out")
    assert enter_password(client, others, "").status_code == 429


@pytest.mark.django_db
def test_five_wrong_codes_of_an_app_an_account(client):
    staff = make_staff()
    secret = accept_invitation(Client(), staff)
    for number in range(6):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
        enter_password(browser, staff)
        answer = browser.post("/staff/second-factor", {"code": another(app_code(secret))})
    assert error_of(answer) == TOO_MANY


@pytest.mark.django_db
def test_twenty_codes_a_network_address(client):
    for number in range(20):
        assert ask_for_code(client, f"somebody{number}@school.example").status_code == 302
    assert error_of(ask_for_code(client, "one.more@school.example")) == TOO_MANY


@pytest.mark.django_db
def test_what_somebody_writes_into_the_forwarded_header_does_not_count(client, three):
    for number in range(3):
        client.post(
            "/sign-in",
            {"email": f"somebody{number}@school.example"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
    assert error_of(ask_for_code(client, "one.more@school.example")) == TOO_MANY


@pytest.mark.django_db
def test_five_wrong_passwords_an_account():
    staff = make_staff(password="right and long enough")
    for number in range(5):
        enter_password(Client(REMOTE_ADDR=f"10.0.0.{number}"), staff, "wrong")
    answer = enter_password(Client(REMOTE_ADDR="10.0.0.9"), staff, "right and long enough")
    assert error_of(answer) == TOO_MANY


@pytest.mark.django_db
def test_the_host_that_somebody_names_does_not_count(settings):
    """Each name of the service, with each port, would else have five tries of its own."""
    settings.ALLOWED_HOSTS = ["service.example", "other.example"]
    staff = make_staff(password="right and long enough")
    hosts = ("service.example", "service.example:1", "service.example:2", "SERVICE.example")
    for number, host in enumerate((*hosts, "other.example", "service.example:3")):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}", headers={"host": host})
        answer = enter_password(browser, staff, "wrong")
    assert error_of(answer) == TOO_MANY


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", ["1.2.3.4, 10.0.0.1", "10.0.0.1", "x, 10.0.0.1:4711"])
def test_behind_a_proxy_only_what_that_has_added_counts(client, settings, forwarded, three):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(3):
        ask_for_code(
            Client(headers={"x-forwarded-for": f"172.16.0.{number}, 10.0.0.1"}),
            f"somebody{number}@school.example",
        )
    browser = Client(headers={"x-forwarded-for": forwarded})
    assert error_of(ask_for_code(browser, "one.more@school.example")) == TOO_MANY
    other = Client(headers={"x-forwarded-for": "10.0.0.1, 10.0.0.2"})
    assert ask_for_code(other, "one.more@school.example").status_code == 302


@pytest.mark.django_db
def test_tries_beyond_the_limit_are_in_the_trail_too():
    staff = make_staff()
    with caught() as audit_log:
        for number in range(7):
            enter_password(Client(REMOTE_ADDR=f"10.0.0.{number}"), staff, "wrong")
    failed = {"event": "sign-in failed", "user": staff.pk, "by": "password"}
    assert audit_log.events() == [failed] * 7


@pytest.mark.django_db
def test_thirty_posts_to_the_staff_sign_in_page_a_network_address(client):
    staff = make_staff()
    for _ in range(30):
        assert enter_password(client, staff, "").status_code == 200
    answer = enter_password(client, staff, "")
    assert answer.status_code == 429
    assert heading_of(answer) == "You have tried too many times"


@pytest.mark.django_db(transaction=True)
def test_another_worker_counts_on():
    """What one process has counted, another finds: the cache is a table, not memory."""
    cache.set("counted", [1, 2, 3], 60)
    environment = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": url_of(connection.settings_dict),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    code = """
import django
django.setup()
from django.core.cache import cache
print(cache.get("counted"))
"""
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == "[1, 2, 3]"


def url_of(database: dict) -> str:
    user, name, host = database["USER"], database["NAME"], database["HOST"].replace("/", "%2F")
    return f"postgresql://{user}@{host}/{name}"
