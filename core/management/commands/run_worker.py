"""Sends emails and runs what the service does regularly, until it is told to stop."""

import asyncio
import logging
import signal

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import PoolTimeout

logger = logging.getLogger(__name__)

_BEGIN_AGAIN_AFTER = 1  # second


class Command(BaseCommand):
    """`manage.py run_worker`."""

    help = "Send emails and run the regular tasks, until SIGTERM or SIGINT; several may run"

    def handle(self, *args: object, **options: object) -> None:
        """Run until a signal; what is being sent at that moment is still sent."""
        asyncio.run(_run_until_told_to_stop())


async def _run_until_told_to_stop() -> None:
    """Run a worker, and another one whenever the database has not answered it."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    told_to_stop = asyncio.create_task(told.wait())
    while not told.is_set():
        worker = asyncio.create_task(_run_a_worker())
        await asyncio.wait({worker, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
        worker.cancel()  # it stops when what it is doing is done
        try:
            await worker
        except asyncio.CancelledError:
            pass
        except (ConnectorException, PoolTimeout) as error:
            logger.error("The worker has no database (%s)", type(error).__name__)
        await asyncio.wait({told_to_stop}, timeout=_BEGIN_AGAIN_AFTER)


async def _run_a_worker() -> None:
    """Until the database does not answer, or it is cancelled."""
    # The library's own way to a worker that listens, but with fewer connections.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(install_signal_handlers=False)
