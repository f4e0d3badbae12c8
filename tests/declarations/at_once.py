"""Sixteen requests at the same moment, over 16 connections to several processes of the service.

The tests play one round of each, `make prove` many; benchmarks/declarations_at_once.py plays 200.
"""

import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import Any

from core.refusals import RefusedChange
from declarations.models import Declaration, DeclarationStateChange
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from schools.models import Teacher
from tests.builders import make_mentor, make_teacher
from tests.config.processes import GIVE_UP
from tests.declarations import contract
from tests.declarations.client import PATH, Provider, errors
from tests.declarations.server import Server
from tests.declarations.trained import BY, NOW, claim_about, make_trained

AT_ONCE = 16
Answer = tuple[int, Any]
Sent = tuple[str, dict[str, Any]]
REFUSED = (422, errors(*contract.ALREADY))
ALREADY_VOIDED = errors(*contract.ALREADY_VOIDED)


def send_at_once(server: Server, requests: list[Sent]) -> list[Answer]:
    """Submit all at the same moment; the answers, in the order of the requests."""
    return _at_once([partial(server.submit, secret, **sent) for secret, sent in requests])


def _at_once(
    requests: list[Callable[[], Answer]], here: Callable[[], None] | None = None
) -> list[Answer]:
    """Send all, and do `here` in this thread, at the same moment; the answers."""
    together = Barrier(len(requests) + bool(here), timeout=GIVE_UP)

    def send(request: Callable[[], Answer]) -> Answer:
        together.wait()
        give_up = time.monotonic() + GIVE_UP
        while True:
            assert time.monotonic() < give_up, "it was hung up on, or told 503, for a minute"
            # On a busy machine a client may be hung up on before it has sent all, or be told by a
            # 503 that it has waited long enough for the others: it sends again.
            with contextlib.suppress(BrokenPipeError):
                answer = request()
                if answer[0] != 503:
                    return answer

    with ThreadPoolExecutor(max_workers=len(requests)) as pool:
        sent = [pool.submit(send, request) for request in requests]
        if here:
            together.wait()
            here()
        return [each.result() for each in sent]


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


def voids_and_submissions(server: Server) -> None:
    """Eight voids of a declaration and eight claims like it: it is voided once, one more stands."""
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    claim = claim_about(training.teacher).__dict__
    voided = server.submit(secret, **claim)[1]["data"]["id"]
    void = partial(server.send, secret, "PUT", f"{PATH}/{voided}/void")
    submit = partial(server.submit, secret, **claim)
    answers = _at_once([void, submit] * (AT_ONCE // 2))
    voids, submissions = answers[::2], answers[1::2]
    assert sorted(status for status, _ in voids) == [200] + [422] * 7
    assert all(answer == ALREADY_VOIDED for status, answer in voids if status == 422)
    assert {status for status, _ in submissions} == {200}
    # Before the void a claim is answered with what stood, after it with a new declaration.
    made = {answer["data"]["id"] for _, answer in submissions} - {voided}
    states = {str(d.pk): d.state for d in Declaration.objects.filter(teacher=training.teacher)}
    assert states == {voided: "voided"} | dict.fromkeys(made, "submitted")
    assert len(made) <= 1
    rows = DeclarationStateChange.objects.filter(declaration__teacher=training.teacher)
    assert rows.count() == len(states) + 1


def a_merge_and_submissions(server: Server) -> None:
    """A merge of two records, and fifteen claims about the one that goes: one declaration."""
    training = make_trained()
    kept, other = make_teacher(), training.teacher
    planned, was_merged = plan_merge(kept, other), Event()

    def merge_here() -> None:
        # It is refused when a claim came first, as that is not what the member of staff saw.
        with contextlib.suppress(RefusedChange):
            merge(kept, other, None, seen=planned.key, by=BY, now=NOW)
            was_merged.set()

    secret, claim = Provider(training.lead_provider).secret, claim_about(other).__dict__
    submissions = [partial(server.submit, secret, **claim)] * (AT_ONCE - 1)
    answers = _at_once(submissions, merge_here)
    stands = _only_declaration_of(kept if was_merged.is_set() else other)
    assert [(status, answer["data"]["id"]) for status, answer in answers] == (
        [(200, stands)] * (AT_ONCE - 1)
    )


ROUNDS = (
    the_same_sixteen_times,
    two_that_differ,
    two_providers,
    voids_and_submissions,
    a_merge_and_submissions,
)


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
