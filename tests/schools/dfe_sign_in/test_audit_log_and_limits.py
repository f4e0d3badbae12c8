"""What is written of a sign-in by DfE Sign-in, how often it may be begun, and on which worker."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.test import Client

from accounts.models import DfESignInIdentity, User
from schools.models import InductionTutor
from tests.accounts.signing_in import (
    ask_for_code,
    enter,
    heading_of,
    make_staff,
    make_tutor,
    newest_code,
)
from tests.builders import make_school
from tests.core.audit_lines import caught
from tests.declarations.server import Server, serving
from tests.schools.dfe_sign_in.provider import CLIENT_ID, CLIENT_SECRET
from tests.schools.dfe_sign_in.walk import (
    EMAIL,
    SUBJECT,
    appointments,
    go,
    known_there,
    sign_in,
)

BY = {"by": "dfe_sign_in"}


@pytest.fixture
def audit_log():
    with caught() as lines:
        yield lines


def changed(by: int, **changes: tuple[str, int]) -> dict:
    """The line of a sign-in that changed these records: a model, and what became of which."""
    models = {"user": "accounts.user", "identity": "accounts.dfesigninidentity"}
    return {
        "event": "changed",
        "user": by,
        "page": "dfe-sign-in-done",
        "ids": {},
        "changes": [
            {
                "model": models.get(model, "schools.inductiontutor"),
                "what": what,
                "count": 1,
                "ids": [str(pk)],
            }
            for model, (what, pk) in changes.items()
        ],
    }


def in_order(event: dict) -> dict:
    return event | {"changes": sorted(event["changes"], key=str)} if "changes" in event else event


@pytest.mark.django_db
def test_who_gets_in_and_out_and_what_that_changes(client, dfe, audit_log):
    known_there(dfe, make_school())
    sign_in(client, dfe)
    client.post("/sign-out")
    user, identity = User.objects.get().pk, DfESignInIdentity.objects.get().pk
    tutor = InductionTutor.objects.get().pk
    made = changed(
        user, user=("insert", user), identity=("insert", identity), tutor=("insert", tutor)
    )
    assert [in_order(event) for event in audit_log.events() if event["event"] != "sent"] == [
        {"event": "signed in", "user": user, "by": ["dfe_sign_in"]},
        in_order(made),
        {"event": "signed out", "user": user},
    ]


@pytest.mark.django_db
def test_what_ends_when_somebody_is_refused_is_in_trail_and_history(dfe, audit_log, time_machine):
    time_machine.move_to("2026-05-01 09:00+01:00", tick=False)
    known_there(dfe, make_school())
    sign_in(Client(), dfe)
    time_machine.move_to("2026-05-08 09:00+01:00", tick=False)
    known_there(dfe)
    sign_in(Client(), dfe)
    user, tutor = User.objects.get().pk, InductionTutor.objects.get()
    assert audit_log.events()[-2:] == [
        {"event": "sign-in failed", "user": user, "reason": "no school", **BY},
        changed(user, tutor=("update", tutor.pk)),
    ]
    event = tutor.events.select_related("pgh_context").latest("pgh_id")
    assert event.pgh_context.metadata == {
        "by": "DfE Sign-in",
        "user": user,
        "url": "/sign-in/dfe/done",
        "request": audit_log.whole()[-1]["request"],
    }


@pytest.mark.django_db
def test_a_sign_in_that_changes_nothing_says_no_more(dfe, audit_log):
    known_there(dfe, make_school())
    sign_in(Client(), dfe)
    sign_in(Client(), dfe)
    assert [event["event"] for event in audit_log.events()] == ["signed in", "changed", "signed in"]


@pytest.mark.django_db
def test_who_does_not_get_in_and_why(client, dfe, audit_log):
    known_there(dfe)
    sign_in(client, dfe)
    staff = make_staff(EMAIL)
    sign_in(client, dfe)
    dfe.claims = {"nonce": "another"}
    sign_in(client, dfe)
    client.get("/sign-in/dfe/done?code=x&state=y")
    go(client)
    client.get("/sign-in/dfe/done?error=access_denied")
    assert audit_log.events() == [
        {"event": "sign-in failed", "user": None, "reason": "no school", **BY},
        {"event": "sign-in failed", "user": staff.pk, "reason": "staff", **BY},
        {"event": "sign-in failed", "user": None, "reason": "not believed", **BY},
        {"event": "sign-in failed", "user": None, "reason": "expired", **BY},
        {"event": "sign-in failed", "user": None, "reason": "cancelled", **BY},
    ]
    for personal in (EMAIL, SUBJECT, "Heather", "127.0.0.1"):
        assert personal not in " ".join(audit_log.text)


@pytest.mark.django_db
def test_sixty_beginnings_a_network_address(dfe, settings):
    settings.DFE_SIGN_IN_ISSUER = "http://127.0.0.1:1"
    browser = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(60):
        assert browser.get("/sign-in/dfe").status_code == 503
    answer = browser.get("/sign-in/dfe")
    assert (answer.status_code, heading_of(answer)) == (429, "You have tried too many times")
    assert Client(REMOTE_ADDR="10.0.0.2").get("/sign-in/dfe").status_code == 503
    # A browser in which a user has signed in before is counted by itself, wherever it is.
    known = Client(REMOTE_ADDR="10.0.0.1")
    ask_for_code(known, make_tutor().email)
    enter(known, newest_code())
    known.post("/sign-out")
    statuses = [known.get("/sign-in/dfe").status_code for _ in range(61)]
    assert statuses == [503] * 60 + [429]


@pytest.fixture
def service(dfe, monkeypatch):
    """The service with several workers, which offers DfE Sign-in."""
    monkeypatch.setenv("DFE_SIGN_IN_ISSUER", dfe.url)
    monkeypatch.setenv("DFE_SIGN_IN_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("DFE_SIGN_IN_CLIENT_SECRET", CLIENT_SECRET)
    with serving(workers=3, threads=1) as server:
        yield server


@pytest.mark.django_db(transaction=True)
def test_the_first_time_twice_at_once_on_several_workers_is_one_user(dfe, service: Server):
    known_there(dfe, make_school("Here"))
    browsers = [requests.Session() for _ in range(4)]
    back = [dfe.sign_in(begin(browser, service), SUBJECT) for browser in browsers]

    def comes_back(browser: requests.Session, address: str) -> int:
        here = address.replace("http://localhost:8000", service.url)
        return browser.get(here, allow_redirects=False, timeout=30).status_code

    with ThreadPoolExecutor(4) as people:
        statuses = list(people.map(comes_back, browsers, back))
    assert set(statuses) <= {302, 409}
    assert 302 in statuses
    assert User.objects.count() == DfESignInIdentity.objects.count() == len(appointments()) == 1


def begin(browser: requests.Session, service: Server) -> str:
    answer = browser.get(f"{service.url}/sign-in/dfe", allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]
