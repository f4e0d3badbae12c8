"""Sends emails and runs what the service does regularly, until it is told to stop."""

import asyncio
import logging
import signal
from contextlib import suppress

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import PoolTimeout

from core.email_queue import AT_ONCE

logger = logging.getLogger(__name__)

_BEGIN_AGAIN_AFTER = 1  # second


class Command(BaseCommand):
    """`manage.py run_worker`."""

    help = "Send emails and run the regular tasks, until SIGTERM or SIGINT; several may run"

    def handle(self, *args: object, **options: object) -> None:
        """Run until a signal; what is being sent at that moment is still sent."""
        asyncio.run(_run_until_told_to_stop())


async def _run_until_told_to_stop() -> None:
    """Run the workers, and others whenever the database has not answered them."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    told_to_stop = asyncio.create_task(told.wait())
    while not told.is_set():
        workers = asyncio.create_task(_run_workers())
        await asyncio.wait({workers, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
        workers.cancel()  # they stop when what they are doing is done
        with suppress(asyncio.CancelledError):
            await workers
        await asyncio.wait({told_to_stop}, timeout=_BEGIN_AGAIN_AFTER)


async def _run_workers() -> None:
    """Run two workers until the database does not answer, or until this is cancelled.

    The first does nothing but send what is of use for minutes only. So a sign-in code waits neither
    for a morning's emails nor for a regular task that takes long: those are the second one's.
    """
    # The library's own way to a worker that listens, but with fewer connections.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    try:
        with app.replace_connector(connector):
            async with app.open_async(), asyncio.TaskGroup() as together:
                at_once = app.run_worker_async(queues=[AT_ONCE], install_signal_handlers=False)
                together.create_task(at_once)
                together.create_task(app.run_worker_async(install_signal_handlers=False))
    except* (ConnectorException, PoolTimeout) as errors:
        logger.error("The worker has no database (%s)", type(errors.exceptions[0]).__name__)
