"""A server that is killed leaves each declaration whole, with its log, or nothing of it."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException

import pytest
from django.db import connection, transaction

from declarations.models import Declaration, DeclarationStateChange
from tests.config.processes import wait_until
from tests.declarations.client import Provider
from tests.declarations.server import serving
from tests.declarations.trained import claim_about, make_trained

pytestmark = pytest.mark.django_db(transaction=True)
_LOG = DeclarationStateChange._meta.db_table


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
    return sessions(f"wait_event_type = 'Lock' AND query LIKE '%INSERT INTO \"{_LOG}\"%'") > 0


def others_are_gone() -> bool:
    return sessions("state <> 'idle'") == 0


def test_between_a_declaration_and_its_log_it_leaves_neither():
    training = make_trained()
    secret = Provider(training.lead_provider).secret
    sent = claim_about(training.teacher).__dict__
    with serving(workers=1) as server, ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_LOG} IN EXCLUSIVE MODE")
            answer = pool.submit(server.submit, secret, **sent)
            wait_until(waits_to_log, "the declaration is written, and its log is not")
            server.kill()
        with pytest.raises((OSError, HTTPException)):
            answer.result()
    wait_until(others_are_gone, "the database has noticed")
    assert not Declaration.objects.exists()
    assert not DeclarationStateChange.objects.exists()


@pytest.mark.proof
def test_at_any_moment_it_leaves_whole_declarations_and_all_it_acknowledged():
    trainings = [make_trained() for _ in range(60)]
    secret = Provider(trainings[0].lead_provider).secret
    acknowledged = []

    claims = [claim_about(training.teacher).__dict__ for training in trainings]

    def submit(server, sent) -> None:
        with suppress(OSError, HTTPException):
            acknowledged.append(server.submit(secret, **sent)[1]["data"]["id"])

    for these in (claims[:30], claims[30:]):
        with serving(workers=2) as server, ThreadPoolExecutor(max_workers=4) as pool:
            enough = len(acknowledged) + random.randint(1, 15)
            for sent in these:
                pool.submit(submit, server, sent)
            wait_until(lambda enough=enough: len(acknowledged) >= enough, "some are answered")
            server.kill()
    wait_until(others_are_gone, "the database has noticed")
    made = {str(pk) for pk in Declaration.objects.values_list("pk", flat=True)}
    logged = DeclarationStateChange.objects.values_list("declaration_id", flat=True)
    assert {str(pk) for pk in logged} == made
    assert len(logged) == len(made) < len(claims)
    assert set(acknowledged) <= made
