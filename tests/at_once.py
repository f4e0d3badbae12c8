"""Acts at the same moment, each over a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, transaction

from core.refusals import RefusedChange
from tests.config.processes import wait_until
from tests.databases import another_waits

Act = Callable[[], Any]


def at_once(*acts: Act, refusals: tuple[type[Exception], ...] = (RefusedChange,)) -> list[Any]:
    """What each returned, or the words with which it was refused."""
    together = Barrier(len(acts))

    def run(act: Act) -> Any:
        try:
            connection.ensure_connection()
            together.wait()
            return act()
        except refusals as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused_at_once(*acts: Act, refusals: tuple[type[Exception], ...] = (RefusedChange,)) -> list:
    """The words with which each was refused; "" for one that was not."""
    said = at_once(*acts, refusals=refusals)
    return [each if isinstance(each, str) else "" for each in said]


def one_waits(first: Act, second: Act) -> None:
    """Do the first act in a transaction that ends when the second, meanwhile, waits for it."""

    def act() -> None:
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(act)
            wait_until(another_waits, "the second waits for the first")
        waiting.result(timeout=20)
