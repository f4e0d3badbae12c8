"""The four calls and their answers; every refusal of the table is in test_api_contract.py."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from declarations.claims import whole_seconds
from declarations.models import Declaration
from declarations.states import State
from tests.builders import make_teacher
from tests.declarations import contract
from tests.declarations.client import DENIED, NOT_FOUND, PATH, Provider, errors
from tests.declarations.trained import (
    DECLARED,
    NOW,
    bring_to,
    claim_about,
    declare,
    make_trained,
    provider,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + timedelta(microseconds=987_654), tick=False):
        yield


@pytest.fixture
def training():
    return make_trained(delivery_partner="Leeds Hub")


@pytest.fixture
def client(training):
    return Provider(training.lead_provider)


def attributes(training, declaration_type: str = "completed", **fields) -> dict:
    return claim_about(training.teacher, declaration_type, **fields).__dict__


def test_a_submission_is_answered_with_the_declaration(client, training):
    status, answer = client.post(**attributes(training))
    assert status == 200
    declaration = Declaration.objects.get()
    assert answer == {
        "data": {
            "id": str(declaration.pk),
            "type": "participant-declaration",
            "attributes": {
                "participant_id": str(training.teacher.participant_id),
                "declaration_type": "completed",
                "declaration_date": "2025-11-03T10:00:00Z",
                "course_identifier": "ecf-mentor",
                "state": "submitted",
                "updated_at": whole_seconds(declaration.updated_at),
                "created_at": "2026-03-02T09:30:00Z",
                "delivery_partner_id": str(training.partnership.delivery_partner.public_id),
                "statement_id": None,
                "clawback_statement_id": None,
                "ineligible_for_funding_reason": None,
                "mentor_id": None,
                "uplift_paid": False,
                "evidence_held": "other",
                "lead_provider_name": "Ambition Institute",
            },
        }
    }
    assert declaration.state_changes.get().by == f"token {client.token.pk}"


def test_the_same_again_is_the_same_answer_and_makes_nothing(client, training):
    first = client.post(**attributes(training))
    with time_machine.travel(NOW + timedelta(days=1)):
        assert client.post(**attributes(training)) == first
    assert Declaration.objects.count() == 1


def test_evidence_that_is_dropped_is_answered_null(client, training):
    _, answer = client.post(**attributes(training, "started", evidence_held="hearsay"))
    assert answer["data"]["attributes"]["evidence_held"] is None


def test_an_eligible_teacher_makes_an_eligible_declaration():
    training = make_trained(teacher=make_teacher(mentor_funding_eligible_from=DECLARED.date()))
    _, answer = Provider(training.lead_provider).post(**attributes(training))
    assert answer["data"]["attributes"]["state"] == "eligible"


def test_what_the_contract_does_not_look_at_is_ignored(client, training):
    sent = attributes(training) | {"state": "paid", "id": 7, "has_passed": True}
    body = {"data": {"type": 3, "id": [], "attributes": sent}, "meta": "x"}
    status, answer = client.send("POST", body=body)
    assert (status, answer["data"]["attributes"]["state"]) == (200, "submitted")


def test_of_a_key_given_twice_the_last_counts(client, training):
    good = json.dumps(attributes(training))
    body = '{"data": {"attributes": {"participant_id": "x"}, "attributes": ' + good + "}}"
    status, _ = client.send("POST", body=body.encode())
    assert status == 200


@pytest.mark.parametrize("state", State)
def test_a_declaration_is_shown_in_each_state_with_hyphens(client, training, state):
    declaration = bring_to(declare(training), state)
    status, answer = client.show(declaration.pk)
    assert status == 200
    assert answer["data"]["attributes"]["state"] == state.replace("_", "-")
    assert client.show(str(declaration.pk).upper()) == (status, answer)
    listed = client.get()[1]["data"]
    assert listed == [answer["data"]]


@pytest.mark.parametrize(
    ("before", "after"), [("submitted", "voided"), ("paid", "awaiting-clawback")]
)
def test_a_void_is_answered_with_the_declaration(client, training, before, after):
    declaration = bring_to(declare(training), State(before), NOW - timedelta(days=3))
    status, answer = client.void(declaration.pk)
    assert status == 200
    assert answer == client.show(declaration.pk)[1]
    assert answer["data"]["attributes"]["state"] == after


def test_a_void_takes_any_body_and_is_refused_the_second_time(client, training):
    declaration = declare(training)
    path = f"{PATH}/{declaration.pk}/void"
    assert client.send("PUT", path, b"\xff{")[0] == 200
    assert client.send("PUT", path) == (422, errors(*contract.ALREADY_VOIDED))


@pytest.mark.parametrize("which", ["x", "1", "%00", "'", "..", str(UUID(int=0)), UUID(int=0).hex])
def test_what_is_not_there_is_not_found(client, which):
    assert client.show(which) == (404, NOT_FOUND)
    assert client.void(which) == (404, NOT_FOUND)


def test_what_is_anothers_is_not_found(training):
    declaration = declare(training)
    stranger = Provider(provider("Teach First"))
    assert stranger.show(declaration.pk) == (404, NOT_FOUND)
    assert stranger.void(declaration.pk) == (404, NOT_FOUND)
    assert stranger.ids() == []


def test_a_provider_that_takes_over_shows_but_cannot_void_what_came_before(training):
    training.finished_on = date(2025, 12, 1)
    training.save()
    declaration = declare(training)
    make_trained(2024, "Teach First", mentor=training.mentor, started_on=date(2025, 12, 1))
    successor = Provider(provider("Teach First"))
    status, answer = successor.show(declaration.pk)
    assert status == 200
    assert answer["data"]["attributes"]["lead_provider_name"] == "Ambition Institute"
    assert successor.ids() == [str(declaration.pk)]
    assert successor.void(declaration.pk) == (404, NOT_FOUND)
    assert successor.post(**attributes(training, "started")) == (422, errors(*contract.ALREADY))


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer x", "Token {secret}", "{secret}", "Bearer {secret}x",
     "Bearer  {secret}", 'Bearer token="{secret}"', "Basic {secret}", "Bearer caf\xe9"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", PATH), ("GET", PATH), ("GET", f"{PATH}/x"), ("PUT", f"{PATH}/x/void")],
)
def test_without_a_token_nothing_is_answered(client, authorization, method, path):
    headers = {"authorization": authorization.format(secret=client.secret)}
    assert client.send(method, path, headers=headers) == (401, DENIED)


def test_a_lower_case_scheme_is_good(client):
    assert client.send("GET", headers={"authorization": f"bearer {client.secret}"})[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", PATH, {"GET", "POST"}),
        ("PATCH", PATH, {"GET", "POST"}),
        ("OPTIONS", PATH, {"GET", "POST"}),
        ("POST", f"{PATH}/x", {"GET"}),
        ("DELETE", f"{PATH}/x", {"GET"}),
        ("POST", f"{PATH}/x/void", {"PUT"}),
        ("GET", f"{PATH}/x/void", {"PUT"}),
    ],
)
def test_another_method_is_not_allowed(client, method, path, allowed):
    response = client.raw(method, path)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == allowed
    (error,) = response.json()["errors"]
    assert error.keys() == {"title", "detail"}
    assert error["title"] == "Method not allowed"


@pytest.mark.parametrize("path", ["/api/v3/", f"{PATH}/", f"{PATH}/x/y", "/api/v1/users", "/api/"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_another_address_is_not_found(client, method, path):
    assert client.send(method, path) == (404, NOT_FOUND)


class TestSandbox:
    """The header that sets the date a request is judged on."""

    AHEAD = "2027-01-01T00:00:00Z"

    def submit(self, client, training, server_date: str, **fields):
        body = {"data": {"attributes": attributes(training, **fields)}}
        return client.send("POST", body=body, headers={"X-With-Server-Date": server_date})

    def test_it_is_on_in_the_sandbox(self, client, training, settings):
        settings.SANDBOX = True
        later = {"declaration_date": "2026-12-31T00:00:00Z"}
        assert client.post(**attributes(training, **later)) == (422, errors(*contract.FUTURE))
        status, answer = self.submit(client, training, self.AHEAD, **later)
        assert (status, answer["data"]["attributes"]["created_at"]) == (200, self.AHEAD)

    def test_a_wrong_date_is_a_bad_request(self, client, training, settings):
        settings.SANDBOX = True
        status, answer = self.submit(client, training, "tomorrow")
        assert (status, answer["errors"][0]["title"]) == (400, "Bad request")

    @pytest.mark.parametrize("server_date", [AHEAD, "tomorrow"])
    def test_it_is_ignored_elsewhere(self, client, training, server_date):
        later = {"declaration_date": "2026-12-31T00:00:00Z"}
        refused = self.submit(client, training, server_date, **later)
        assert refused == (422, errors(*contract.FUTURE))
        status, answer = self.submit(client, training, server_date)
        assert (status, answer["data"]["attributes"]["created_at"]) == (200, whole_seconds(NOW))


def test_the_mentor_is_shown_by_a_uuid_of_lower_case(client, training):
    sent = attributes(training, participant_id=str(training.teacher.participant_id).upper())
    _, answer = client.post(**sent)
    shown = answer["data"]["attributes"]["participant_id"]
    assert shown == str(training.teacher.participant_id)


def test_moments_are_shown_in_whole_seconds_of_utc(client, training):
    sent = attributes(training, declaration_date="2025-07-03T10:00:00.987+01:00")
    _, answer = client.post(**sent)
    assert answer["data"]["attributes"]["declaration_date"] == "2025-07-03T09:00:00Z"
    assert Declaration.objects.get().declaration_date == datetime(
        2025, 7, 3, 9, 0, 0, 987_000, tzinfo=UTC
    )
