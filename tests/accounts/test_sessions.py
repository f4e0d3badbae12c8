"""A session ends after twelve hours; users see their own sessions, and end one or all of them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import Session
from accounts.signing_in.own_sessions import browser_in_words
from tests.accounts.signing_in import (
    PASSWORD,
    ask_for_code,
    enter,
    enter_admin,
    make_staff,
    make_tutor,
    newest_code,
)
from tests.core.audit_lines import caught

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


@pytest.fixture
def tutor(time_machine):
    time_machine.move_to("2026-05-01 07:00", tick=False)
    return make_tutor()


def browser_of(email: str = "tutor@school.example", name: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": name})
    ask_for_code(browser, email)
    enter(browser, newest_code())
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get("/sessions").status_code == 200


def cards(browser: Client) -> dict[str, list[str]]:
    page = BeautifulSoup(browser.get("/sessions").content, "html.parser")
    return {
        card.h2.get_text(strip=True): [
            cell.get_text(" ", strip=True) for cell in card.select(".govuk-summary-list__value")
        ]
        for card in page.select(".govuk-summary-card")
    }


def test_a_session_in_use_all_day_ends_after_twelve_hours(tutor, time_machine):
    browser = browser_of()
    for hour in range(7, 19):
        for minute in (0, 20, 40):
            time_machine.move_to(f"2026-05-01 {hour:02}:{minute:02}", tick=False)
            assert is_signed_in(browser)
    time_machine.move_to("2026-05-01 18:59:59", tick=False)
    assert is_signed_in(browser)
    time_machine.move_to("2026-05-01 19:00:01", tick=False)
    assert not is_signed_in(browser)
    ask_for_code(browser)
    enter(browser, newest_code())
    time_machine.move_to("2026-05-01 19:20", tick=False)
    assert is_signed_in(browser)


def test_a_user_sees_where_they_are_signed_in(tutor, time_machine):
    phone = browser_of(name=IPHONE)
    time_machine.move_to("2026-05-01 07:05", tick=False)
    browser = browser_of()
    make_tutor("other@school.example")
    browser_of("other@school.example", EDGE)
    time_machine.move_to("2026-05-01 07:25", tick=False)
    phone.get("/")
    time_machine.move_to("2026-05-01 07:26", tick=False)
    assert cards(browser) == {
        "Safari on iPhone": [
            "1 May 2026 at 7:00am",
            "1 May 2026 at 7:25am",
            "Sign out of Safari on iPhone, signed in 1 May 2026 at 7:00am",
        ],
        "Firefox on Linux": ["1 May 2026 at 7:05am", "1 May 2026 at 7:05am", "This browser"],
    }
    time_machine.move_to("2026-05-01 07:55:30", tick=False)  # the phone's has ended
    assert list(cards(browser)) == ["Firefox on Linux"]


def end_on(browser: Client) -> str:
    page = BeautifulSoup(browser.get("/sessions").content, "html.parser")
    return page.select_one("form[action$='/end']")["action"]


def test_a_user_ends_one_of_their_sessions(tutor):
    phone, browser = browser_of(name=IPHONE), browser_of()
    address = end_on(browser)
    assert all(row.session_key not in address for row in Session.objects.all())
    with caught() as audit_log:
        answer = browser.post(address, follow=True)
    assert "You have signed out in the other browser" in answer.text
    assert {"event": "session ended", "user": tutor.pk} in audit_log.events()
    assert not is_signed_in(phone)
    assert is_signed_in(browser)
    assert browser.post(address).status_code == 404


def test_a_session_that_was_signed_out_is_known_no_more(tutor):
    browser, copied = browser_of(), Client()
    copied.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert is_signed_in(copied)
    browser.post("/sign-out")
    assert not is_signed_in(copied)


def test_no_user_ends_the_session_of_another(tutor):
    browser_of(name=IPHONE)
    address = end_on(browser_of())
    make_tutor("other@school.example")
    assert browser_of("other@school.example").post(address).status_code == 404


def test_signing_out_everywhere_ends_all_of_the_user_s_sessions_and_no_other(tutor):
    browsers = [browser_of(name=IPHONE), browser_of(), browser_of(name=EDGE)]
    make_tutor("other@school.example")
    other = browser_of("other@school.example")
    with caught() as audit_log:
        assert browsers[1].post("/sign-out/everywhere").url == "/sign-in?signed-out"
    assert {"event": "signed out everywhere", "user": tutor.pk, "others": 2} in audit_log.events()
    assert not any(is_signed_in(browser) for browser in browsers)
    assert is_signed_in(other)


def test_the_page_is_led_to_from_every_page_of_a_school_and_from_admin(tutor, client):
    assert 'href="/sessions"' in browser_of().get("/").text
    enter_admin(client, make_staff(is_superuser=True))
    assert 'href="/sessions"' in client.get("/admin/").text


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8", "A browser on an unknown device"),
        ("", "A browser on an unknown device"),
    ],
)
def test_a_browser_in_words(user_agent, words):
    assert browser_in_words(user_agent) == words


CHANGE = "/admin/password_change/"


def change(browser: Client, old: str):
    new = "another walk in May"
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post(CHANGE, data)


def test_the_old_password_is_tried_five_times_in_a_quarter_of_an_hour(client, time_machine):
    time_machine.move_to("2026-05-01 07:00", tick=False)
    staff = make_staff(password=PASSWORD, is_superuser=True)
    enter_admin(client, staff)
    with caught() as audit_log:
        for _ in range(5):
            assert "Your old password was entered incorrectly" in change(client, "wrong").text
    assert {"event": "sign-in failed", "user": staff.pk, "by": "old password"} in audit_log.events()
    assert "You have tried too many times" in change(client, PASSWORD).text
    time_machine.move_to("2026-05-01 07:15:01", tick=False)
    assert change(client, PASSWORD).url == "/admin/password_change/done/"


def test_a_new_password_ends_the_other_sessions(client):
    staff, other = make_staff(password=PASSWORD, is_superuser=True), Client()
    enter_admin(client, staff)
    enter_admin(other, staff)
    change(client, PASSWORD)
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
