"""One declaration, whole or not at all: for many at once, and for a server that is killed."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException

import pytest
from django.db import connection, transaction

from declarations.models import Declaration, DeclarationStateChange
from tests.declarations.at_once import ROUNDS
from tests.declarations.client import Provider
from tests.declarations.server import serving
from tests.declarations.trained import claim_about, make_trained

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("play", ROUNDS)
def test_of_sixteen_at_once_one_stands(play, server):
    for _ in range(4):
        play(server)


def wait_until(true: Callable[[], object], what: str) -> None:
    give_up = time.monotonic() + 30
    while not true():
        assert time.monotonic() < give_up, f"waited in vain until {what}"
        time.sleep(0.01)


def sessions(condition: str) -> int:
    """How many of the other sessions of this database answer to the condition now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            f"""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                AND pid <> pg_backend_pid() AND {condition}"""
        )
        return cursor.fetchone()[0]


def waits_to_log() -> bool:
    """Whether another session has written a declaration and waits to write its log."""
    return sessions("wait_event_type = 'Lock' AND query LIKE 'INSERT%statechange%'") > 0


def others_are_gone() -> bool:
    return sessions("state <> 'idle'") == 0


def test_a_server_killed_between_a_declaration_and_its_log_leaves_neither():
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    sent = claim_about(training.teacher).__dict__
    with serving(workers=1) as server, ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE declarations_declarationstatechange IN EXCLUSIVE MODE")
            answer = pool.submit(server.submit, secret, **sent)
            wait_until(waits_to_log, "the declaration is written, and its log is not")
            server.kill()
        with pytest.raises((OSError, HTTPException)):
            answer.result()
    wait_until(others_are_gone, "the database has noticed")
    assert not Declaration.objects.exists()
    assert not DeclarationStateChange.objects.exists()


def test_a_server_killed_at_any_moment_leaves_whole_declarations_and_all_it_acknowledged():
    trainings = [make_trained() for _ in range(60)]
    secret = Provider(trainings[0].lead_provider).secret
    acknowledged = []

    def submit(server, training) -> None:
        with suppress(OSError, HTTPException):
            sent = claim_about(training.teacher).__dict__
            acknowledged.append(server.submit(secret, **sent)[1]["data"]["id"])

    for these in (trainings[:30], trainings[30:]):
        with serving(workers=2) as server, ThreadPoolExecutor(max_workers=4) as pool:
            before = len(acknowledged)
            for training in these:
                pool.submit(submit, server, training)
            enough = before + random.randint(1, 15)
            wait_until(lambda enough=enough: len(acknowledged) >= enough, "some are answered")
            server.kill()
    wait_until(others_are_gone, "the database has noticed")
    made = {str(pk) for pk in Declaration.objects.values_list("pk", flat=True)}
    logged = DeclarationStateChange.objects.values_list("declaration_id", flat=True)
    assert {str(pk) for pk in logged} == made
    assert len(logged) == len(made) < len(trainings)
    assert set(acknowledged) <= made
