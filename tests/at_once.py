"""Acts at the same moment, each over a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection, transaction

from core.refusals import RefusedChange
from tests.config.processes import GIVE_UP, wait_until
from tests.databases import another_waits

Act = Callable[[], Any]


def over_its_own_connection(act: Act) -> Act:
    """The act, to be done in another thread, whose connection it closes at its end."""

    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return run


def at_once(*acts: Act, refusals: tuple[type[Exception], ...] = (RefusedChange,)) -> list[Any]:
    """What each returned, or the words with which it was refused."""
    together = Barrier(len(acts), timeout=GIVE_UP)

    def run(act: Act) -> Any:
        try:
            connection.ensure_connection()
            together.wait()
            return act()
        except refusals as refusal:
            return str(refusal)

    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(over_its_own_connection(partial(run, act))) for act in acts]
        return [each.result() for each in begun]


def refused_at_once(*acts: Act, refusals: tuple[type[Exception], ...] = (RefusedChange,)) -> list:
    """The words with which each was refused; "" for one that was not."""
    said = at_once(*acts, refusals=refusals)
    return [each if isinstance(each, str) else "" for each in said]


def one_waits(first: Act, second: Act) -> None:
    """Do the first act in a transaction that ends when the second, meanwhile, waits for it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(over_its_own_connection(second))
            wait_until(another_waits, "the second waits for the first")
        waiting.result(timeout=20)
