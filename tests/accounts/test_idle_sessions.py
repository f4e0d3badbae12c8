"""A session ends after 30 minutes idle, and is not written at each request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.signing_in import ask_for_code, enter, make_tutor, newest_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutor_at_nine(client, time_machine):
    """A browser that signed in at nine."""
    make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    enter(client, newest_code())
    client.get("/staff/sign-in")
    return client


def is_signed_in(browser) -> bool:
    """Sign-in pages lead a signed-in user to the start."""
    return browser.get("/staff/sign-in").status_code == 302


def test_thirty_minutes_idle_end_it(tutor_at_nine, time_machine):
    time_machine.move_to("2026-05-01 09:30:01", tick=False)
    assert not is_signed_in(tutor_at_nine)


def test_every_use_puts_the_end_off(tutor_at_nine, time_machine):
    for minute in (25, 50):
        time_machine.move_to(f"2026-05-01 09:{minute}", tick=False)
        assert is_signed_in(tutor_at_nine)
    time_machine.move_to("2026-05-01 10:15", tick=False)
    assert is_signed_in(tutor_at_nine)
    assert tutor_at_nine.cookies["sessionid"]["max-age"] == 1800
    time_machine.move_to("2026-05-01 10:45:01", tick=False)
    assert not is_signed_in(tutor_at_nine)


@pytest.mark.parametrize(("second", "written"), [(59, False), (60, True)])
def test_the_use_is_written_at_most_once_a_minute(tutor_at_nine, time_machine, second, written):
    time_machine.move_to(f"2026-05-01 09:{second // 60:02}:{second % 60:02}", tick=False)
    with CaptureQueriesContext(connection) as captured:
        assert is_signed_in(tutor_at_nine)
    writes = [query["sql"] for query in captured if "UPDATE" in query["sql"]]
    assert bool(writes) == written


def test_taking_away_active_ends_it_at_once(tutor_at_nine):
    User.objects.update(is_active=False)
    assert not is_signed_in(tutor_at_nine)


def test_somebody_not_signed_in_gets_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/cookies")
        client.get("/sign-in")
    assert "sessionid" not in client.cookies
