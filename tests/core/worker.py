"""Runs the jobs that wait in the queue: the library's own worker, in a test's transaction."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import async_to_sync
from django.core.signals import request_finished
from django.db import connection, connections, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.db.models.signals import post_save
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.worker import Worker

from core.models import OutgoingEmail


class _WorkersConnector(DjangoConnector):
    """Django's connection, on which a worker reads JSON, where Django leaves that to its fields."""

    def _dictfetch(self, cursor: Any) -> Iterator[dict[str, Any]]:
        for row in super()._dictfetch(cursor):
            yield row | {"args": json.loads(row["args"])} if row.get("args") else row


def run_waiting_jobs() -> None:
    """Run each job that is due now, one after the other.

    Production's worker, but for three things: it runs jobs on the test's connection, as no other
    sees what a test has written before it commits; it stops after these jobs; it has no schedule.
    """
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=Now())
    to_run = ProcrastinateJob.objects.filter(due, status="todo").count()
    if not to_run:
        return
    shared = connections[connection.alias]

    def on_the_tests_connection(call: Callable[[], Any]) -> Any:
        connections[connection.alias] = shared
        try:
            return call()
        finally:
            del connections[connection.alias]

    def run_job(call: Callable[[], Any], context: object, worker: Worker) -> Any:
        nonlocal to_run
        to_run -= 1
        if not to_run:
            worker.stop()
        return on_the_tests_connection(call)

    def run_worker() -> None:
        worker = DjangoApp(connector=_WorkersConnector())
        worker.tasks = app.tasks
        async_to_sync(worker.run_worker_async)(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs=app.worker_defaults["delete_jobs"],
            task_middleware=[run_job],
        )

    shared.inc_thread_sharing()
    # What watches the statements of the request under way, if any, has no part in the worker's.
    of_the_request, shared.execute_wrappers = shared.execute_wrappers, []
    try:
        # In a thread, as Playwright's event loop may be running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(on_the_tests_connection, run_worker).result()
    finally:
        shared.execute_wrappers = of_the_request
        shared.dec_thread_sharing()


class WorkerAfterRequests:
    """While it is connected, what a request has put in the queue is run before the test looks.

    That is at the commit; or, in a test that never commits, when the request ends.
    """

    def __init__(self) -> None:
        self._is_waiting = False

    def connect(self) -> None:
        post_save.connect(self._note, sender=OutgoingEmail)
        request_finished.connect(self._run)

    def disconnect(self) -> None:
        post_save.disconnect(self._note, sender=OutgoingEmail)
        request_finished.disconnect(self._run)

    def _note(self, created: bool, **_: object) -> None:
        if created:
            self._is_waiting = True
            transaction.on_commit(self._run)

    def _run(self, **_: object) -> None:
        if self._is_waiting:
            self._is_waiting = False
            run_waiting_jobs()
