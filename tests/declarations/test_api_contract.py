"""Every row of the contract's tables, through a real server and a real HTTP client."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from declarations.models import Declaration, RequestWindow, TrainingPeriod
from declarations.states import State
from declarations.submission import submit
from tests.builders import make_ect, make_mentor, make_training_period
from tests.declarations import contract
from tests.declarations.client import (
    DENIED,
    NOT_FOUND,
    PATH,
    WRONG_STRUCTURE,
    Provider,
    errors,
    submission,
)
from tests.declarations.trained import BY, NOW, bring_to, claim_about, declare, make_trained

pytestmark = pytest.mark.django_db(transaction=True)
COMPLETED_2025 = {"evidence_held": "75-percent-engagement-met"}
Sent = tuple[TrainingPeriod, str, dict[str, Any], tuple[str, str]]


def close_2021() -> None:
    """Cohort 2021 is closed for payment."""
    training = TrainingPeriod.objects.filter(
        partnership__school_year__cohort__start_year=2021
    ).first()
    cohort = training.partnership.school_year.cohort
    cohort.closed_for_payment = True
    cohort.save()


def refused() -> Iterator[tuple[str, Sent]]:
    """What is sent about which mentor, and the row that refuses it; rows by their number."""
    old, new = make_trained(2023), make_trained(2025)
    elsewhere = make_trained(2023, "Teach First")
    ect = make_training_period(make_ect())
    yield "1", (old, "started", {"participant_id": None}, contract.PARTICIPANT_MISSING)
    yield "1 object", (old, "started", {"participant_id": {}}, contract.PARTICIPANT_MISSING)
    yield "2", (old, "started", {"participant_id": str(uuid4())}, contract.PARTICIPANT_UNKNOWN)
    yield "2 form", (old, "started", {"participant_id": 1}, contract.PARTICIPANT_UNKNOWN)
    stranger = {"participant_id": str(make_trained(2023, "UCL").teacher.participant_id)}
    yield "2 never trained", (old, "started", stranger, contract.PARTICIPANT_UNKNOWN)
    yield "3", (old, "started", {"course_identifier": ""}, contract.COURSE_MISSING)
    yield "3 unknown", (old, "started", {"course_identifier": "npq"}, contract.COURSE_MISSING)
    yield "4", (old, "started", {"declaration_date": []}, contract.DATE_MISSING)
    yield "5", (old, "started", {"course_identifier": "ecf-induction"}, contract.OTHER_COURSE)
    yield "5 ect", (ect, "started", {}, contract.OTHER_COURSE)
    yield "6", (old, "", {}, contract.TYPE_MISSING)
    yield "7", (old, "finished", {}, contract.TYPE_UNKNOWN)
    already = make_trained(2023)
    declare(already, "completed")
    other_date = {"declaration_date": "2025-11-04T10:00:00Z"}
    yield "8", (already, "completed", other_date, contract.ALREADY)
    taken_over = make_trained(2023, mentor=make_mentor(elsewhere.teacher))
    submit(elsewhere.lead_provider, claim_about(elsewhere.teacher, "completed"), by=BY, now=NOW)
    yield "8 another's", (taken_over, "completed", {}, contract.ALREADY)
    future = {"declaration_date": "2999-01-01T00:00:00Z"}
    yield "9", (old, "started", future, contract.FUTURE)
    too_early = {"declaration_date": "2023-05-31T23:59:59+01:00"}
    yield "9a", (old, "started", too_early, contract.BEFORE_COHORT)
    yield "10", (old, "started", {"declaration_date": "2025-11-03"}, contract.NOT_A_DATE)
    yield "11", (new, "retained-1", {}, contract.NOT_FOR_COHORT)
    yield "11 extended", (old, "extended-3", {}, contract.NOT_FOR_COHORT)
    yield "12", (old, "retained-1", {"evidence_held": None}, contract.EVIDENCE_MISSING)
    yield "12 new", (new, "started", {"evidence_held": ""}, contract.EVIDENCE_MISSING)
    wrong = {"evidence_held": "materials-engaged-with-offline"}
    yield "13", (old, "completed", wrong, contract.EVIDENCE_OTHER)
    yield "13 new", (new, "completed", {"evidence_held": "other"}, contract.EVIDENCE_OTHER)
    withdrawn = make_trained(
        2023,
        withdrawn_at=datetime(2025, 3, 1, tzinfo=UTC),
        withdrawn_reason="moved-school",
        finished_on=date(2025, 3, 2),
    )
    at_once = {"declaration_date": "2025-03-01T00:00:00Z"}
    yield "14", (withdrawn, "started", at_once, contract.WITHDREW)
    closed = make_trained(2021)
    close_2021()
    yield "15", (closed, "started", {}, contract.CLOSED)
    begun = make_trained(2025)
    declare(begun, "started", evidence_held="other", declaration_date="2025-11-03T10:00:01Z")
    yield "16", (begun, "completed", COMPLETED_2025, contract.OUT_OF_ORDER)


def test_every_row_of_the_table(server):
    cases = dict(refused())
    assert {name.split()[0] for name in cases} == {*map(str, range(1, 17)), "9a"}
    secret = Provider(next(iter(cases.values()))[0].lead_provider).secret
    made = Declaration.objects.count()
    answers, expected = {}, {}
    for name, (training, kind, sent, row) in cases.items():
        claim = claim_about(training.teacher, kind, **sent)
        answers[name] = server.submit(secret, **claim.__dict__)
        expected[name] = (422, errors(*row))
    assert answers == expected
    assert Declaration.objects.count() == made


def test_every_row_of_a_void(server):
    becomes = {
        State.SUBMITTED: "voided",
        State.ELIGIBLE: "voided",
        State.PAYABLE: "voided",
        State.PAID: "awaiting-clawback",
        State.VOIDED: contract.ALREADY_VOIDED,
        State.AWAITING_CLAWBACK: contract.REFUNDED,
        State.CLAWED_BACK: contract.REFUNDED,
    }
    secret = Provider(make_trained().lead_provider).secret
    for state, outcome in becomes.items():
        declaration = bring_to(declare(make_trained()), state)
        status, answer = server.send(secret, "PUT", f"{PATH}/{declaration.pk}/void")
        if isinstance(outcome, str):
            assert (status, answer["data"]["attributes"]["state"]) == (200, outcome)
            assert answer == server.send(secret, path=f"{PATH}/{declaration.pk}")[1]
        else:
            assert (status, answer) == (422, errors(*outcome))
    paid = bring_to(declare(make_trained(2021)), State.PAID)
    close_2021()
    answer = server.send(secret, "PUT", f"{PATH}/{paid.pk}/void")
    assert answer == (422, errors(*contract.VOID_CLOSED))


def test_the_other_errors(server):
    client = Provider(make_trained().lead_provider)
    secret = client.secret
    assert server.send("x") == (401, DENIED)
    assert server.send(secret, path=f"{PATH}/x") == (404, NOT_FOUND)
    assert server.send(secret, path=f"{PATH}/%00%FF") == (404, NOT_FOUND)
    assert server.send(secret, "PUT", f"{PATH}/{uuid4()}/void") == (404, NOT_FOUND)
    assert server.send(secret, path="/api/v3/x") == (404, NOT_FOUND)
    for body in (b"", b"{", b"\xff", b'{"data": {"attributes": {}}}', b"[" * 2_000_000):
        assert server.send(secret, "POST", body=body) == (400, WRONG_STRUCTURE)
    assert server.send(secret, "DELETE")[0] == 405
    for size in (2_700_000, 10_000_000, 50_000_000):
        status, answer = server.send(secret, "POST", body=b"x" * size)
        assert (status, answer["errors"][0]["title"]) == (413, "Content too large")


def test_a_body_in_chunks_is_read(server):
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    sent = json.dumps(submission(**claim_about(training.teacher).__dict__)).encode()
    assert server.send_chunks(secret, [sent[:9], sent[9:]])[0] == 200
    assert server.send_chunks(secret, [b"{"]) == (400, WRONG_STRUCTURE)
    status, answer = server.send_chunks(secret, [b"x" * 100_000] * 100)
    assert (status, answer["errors"][0]["title"]) == (413, "Content too large")


@pytest.mark.parametrize("chunk", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n", b"9\r\n{}"])
def test_a_body_in_broken_chunks_is_a_bad_request(server, chunk):
    secret = Provider(make_trained().lead_provider).secret
    assert server.send_broken(secret, chunk) == (400, WRONG_STRUCTURE)


def test_a_submission_is_accepted_shown_and_listed(server):
    training = make_trained(2025)
    secret = Provider(training.lead_provider).secret
    sent = claim_about(training.teacher, "completed", **COMPLETED_2025).__dict__
    first = server.submit(secret, **sent)
    assert first[0] == 200
    assert server.submit(secret, **sent) == first
    declaration_id = first[1]["data"]["id"]
    assert server.send(secret, path=f"{PATH}/{declaration_id}") == first
    assert server.send(secret) == (200, {"data": [first[1]["data"]]})


def test_the_limit_of_requests_holds_for_all_processes(server):
    provider = Provider(make_trained().lead_provider)
    RequestWindow.objects.create(token=provider.token, started_at=timezone.now(), requests=980)
    statuses = [server.send(provider.secret, path=f"{PATH}/x")[0] for _ in range(22)]
    assert statuses == [404] * 20 + [429] * 2


def test_a_list_is_filtered_by_200_ids_at_once(server):
    declaration = declare(make_trained())
    secret = Provider(declaration.lead_provider).secret
    ids = [*(str(uuid4()) for _ in range(199)), str(declaration.teacher.participant_id)]
    for name, comma in (("filter[participant_id]", ","), ("filter%5Bparticipant_id%5D", "%2C")):
        status, answer = server.send(secret, path=f"{PATH}?{name}={comma.join(ids)}")
        assert (status, [each["id"] for each in answer["data"]]) == (200, [str(declaration.pk)])
