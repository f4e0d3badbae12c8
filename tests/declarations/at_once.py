"""Sixteen requests at the same moment, over 16 connections to several processes of the service.

The tests run one round of each, `make prove` twenty; benchmarks/declarations_at_once.py runs 200.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from declarations.models import Declaration, DeclarationStateChange
from schools.models import Teacher
from tests.builders import make_mentor
from tests.declarations import contract
from tests.declarations.client import Provider, errors
from tests.declarations.server import Server
from tests.declarations.trained import claim_about, make_trained

AT_ONCE = 16
Sent = tuple[str, dict[str, Any]]
REFUSED = (422, errors(*contract.ALREADY))


def send_at_once(server: Server, requests: list[Sent]) -> list[tuple[int, Any]]:
    """Submit all at the same moment; the answers, in the order of the requests."""
    together = Barrier(len(requests))

    def send(secret: str, attributes: dict[str, Any]) -> tuple[int, Any]:
        together.wait()
        return server.submit(secret, **attributes)

    with ThreadPoolExecutor(max_workers=len(requests)) as pool:
        return [each.result() for each in [pool.submit(send, *sent) for sent in requests]]


def the_same_sixteen_times(server: Server) -> None:
    """Sixteen identical claims make one declaration and get the same answer."""
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    sent = claim_about(training.teacher, "completed").__dict__
    answers = send_at_once(server, [(secret, sent)] * AT_ONCE)
    assert answers == [answers[0]] * AT_ONCE
    assert answers[0][0] == 200
    assert _only_declaration_of(training.teacher) == answers[0][1]["data"]["id"]


def two_that_differ(server: Server) -> None:
    """Two claims of one provider, eight times each: one of them stands."""
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    sent = claim_about(training.teacher, "completed").__dict__
    other = sent | {"declaration_date": "2025-11-04T10:00:00Z"}
    _one_stands(server, training.teacher, [(secret, sent), (secret, other)])


def two_providers(server: Server) -> None:
    """The same claim by two providers, eight times each: that of one of them stands."""
    training = make_trained()
    elsewhere = make_trained(2024, "Teach First", mentor=make_mentor(training.teacher))
    sent = claim_about(training.teacher, "completed").__dict__
    trained_by = (training.lead_provider, elsewhere.lead_provider)
    both = [(Provider(each).secret, sent) for each in trained_by]
    _one_stands(server, training.teacher, both)


ROUNDS = (the_same_sixteen_times, two_that_differ, two_providers)


def _one_stands(server: Server, teacher: Teacher, two: list[Sent]) -> None:
    answers = send_at_once(server, two * (AT_ONCE // 2))
    stands = _only_declaration_of(teacher)
    first, second = answers[::2], answers[1::2]
    accepted, refused = (first, second) if first[0][0] == 200 else (second, first)
    assert refused == [REFUSED] * len(refused)
    assert accepted == [accepted[0]] * len(accepted)
    assert accepted[0][1]["data"]["id"] == stands


def _only_declaration_of(teacher: Teacher) -> str:
    """The id of the teacher's one declaration, whose log has one row."""
    (declaration,) = Declaration.objects.filter(teacher=teacher)
    (row,) = DeclarationStateChange.objects.filter(declaration__teacher=teacher)
    assert (row.from_state, row.to_state) == ("", declaration.state)
    return str(declaration.pk)
