"""Known, unknown and staff addresses cost the same work, so that timing tells nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.signing_in import ask_for_code, enter, make_staff, make_tutor

ADDRESSES = ["tutor@school.example", "nobody@school.example", "dee@education.example"]


def statements(captured: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, but for the values."""
    return [re.sub(r"'[^']*'|\d+|NULL", "?", query["sql"]) for query in captured]


@pytest.mark.django_db
def test_asking_and_failing_is_the_same_work_for_every_address(worker_after_requests):
    worker_after_requests.disconnect()  # its work is in no answer's time
    make_tutor()
    make_staff()
    ask_for_code(Client(), "somebody@else.example")  # the network address is counted from now on
    work = []
    for address in ADDRESSES:
        browser = Client()
        with CaptureQueriesContext(connection) as captured:
            ask_for_code(browser, address)
            browser.get("/sign-in/code")
            enter(browser, "000000")
        work.append(statements(captured))
    assert len(work[0]) > 5
    assert work[1] == work[0]
    assert work[2] == work[0]
