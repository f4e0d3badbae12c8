"""The worker as a process: how soon it sends, how it ends, and what it does regularly."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Session, SignInCode
from config import schedule
from core.email_queue import Email, find_lost_emails, send, send_later
from core.models import EmailState, OutgoingEmail
from declarations.models import LeadProvider, PageCursor, RequestWindow, StateMove
from declarations.tokens import make_token
from mentors.models import DraftAnswers
from tests.builders import make_school, make_tutor
from tests.config.processes import GIVE_UP, PROJECT, Process, wait_until
from tests.core.smtp_sink import Sink, smtp_sink
from tests.declarations.server import database_url

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = Email("sign-in code", "Your sign-in code", "Your code is 123456")


@pytest.fixture(autouse=True)
def no_other_worker(worker_after_requests):
    worker_after_requests.disconnect()


@contextmanager
def running_worker(sink: Sink) -> Iterator[Process]:
    """The command in a process of its own, on the test's database; its emails go to the sink."""
    before = newest_worker()
    given = {
        "DATABASE_URL": database_url(),
        "PGAPPNAME": "worker",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
    }
    with Process(
        [sys.executable, "manage.py", "run_worker"],
        cwd=PROJECT,
        env=os.environ | given,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: newest_worker() > before, "the worker had begun")
        yield process


def newest_worker() -> int:
    return value("SELECT coalesce(max(id), 0) FROM procrastinate_workers")


def value(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def queue(to: str = "tutor@school.example", **given: object) -> OutgoingEmail:
    send_later(to, EMAIL, user_id=None, **given)
    return OutgoingEmail.objects.latest("pk")


def is_queued() -> bool:
    return ProcrastinateJob.objects.filter(task_name=send.name).exists()


def seconds_until_sent(sink: Sink) -> float:
    sent, begun = len(sink.kept), time.monotonic()
    queue()
    wait_until(lambda: len(sink.kept) > sent, "the email was sent")
    return time.monotonic() - begun


def test_it_sends_within_a_second_also_when_the_database_has_hung_up_and_ends_when_told():
    with smtp_sink() as sink, running_worker(sink) as worker:
        assert min(seconds_until_sent(sink) for _ in range(5)) < 0.5  # it looks once a second
        wait_until(lambda: not is_queued(), "the last one is noted as sent")
        assert value(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'worker'"
        )
        seconds_until_sent(sink)
        assert worker.poll() is None
        worker.terminate()
        said = worker.communicate(timeout=GIVE_UP)[1]
    assert (worker.returncode, newest_worker()) == (0, 0)
    assert not said, said


def test_a_code_leaves_before_a_hundred_others_also_while_the_mail_server_hangs():
    with transaction.atomic():
        for _ in range(100):
            queue()
    with smtp_sink() as sink:
        sink.goes_on = Event()  # the mail server has the emails, and does not say so
        with running_worker(sink):
            at_a_time = settings.PROCRASTINATE_WORKER_DEFAULTS["concurrency"]
            wait_until(lambda: len(sink.kept) == at_a_time, "all that go out at a time hang")
            queue("code@school.example", send_before=timezone.now() + timedelta(minutes=10))
            wait_until(lambda: len(sink.kept) > at_a_time, "one more was sent")
            assert sink.kept[-1][0] == ["code@school.example"]
            assert OutgoingEmail.objects.filter(attempts=0).count() == 100 - at_a_time
            sink.goes_on.set()


def test_killed_while_it_sends_it_loses_nothing_and_another_one_sends_again():
    with smtp_sink() as sink:
        with running_worker(sink) as worker:
            sink.goes_on = Event()  # it has the email, and does not say so
            email = queue()
            wait_until(lambda: len(sink.kept) == 1, "the email is half sent")
            worker.kill()
        sink.goes_on.set()
        email.refresh_from_db()
        assert (email.state, email.attempts) == (EmailState.WAITING, 1)
        # A minute later:
        OutgoingEmail.objects.update(next_try_at=timezone.now())
        value(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
            " RETURNING id"
        )
        with running_worker(sink):
            find_lost_emails.defer(timestamp=0)
            wait_until(lambda: len(sink.kept) == 2, "the email was sent again")
            wait_until(
                lambda: OutgoingEmail.objects.get().state == EmailState.SENT, "it was kept as sent"
            )
            wait_until(lambda: not is_queued(), "no email is in the queue")
        assert len(sink.kept) == 2


def make_old_rows() -> list:
    """One of each of what is to be forgotten, long past its time."""
    then = timezone.now() - timedelta(days=800)
    school = make_school()
    token, _ = make_token(LeadProvider.objects.create(name="Ambition"), by="command test", now=then)
    return [
        Session.objects.create(session_key="k", session_data="", expire_date=then),
        SignInCode.objects.create(browser="a", digest="d", issued_at=then),
        DraftAnswers.objects.create(
            user=make_tutor(school), school=school, name="assign", answers={}, touched_at=then
        ),
        RequestWindow.objects.create(token=token, started_at=then, requests=1),
        PageCursor.objects.create(
            token=token,
            asked=uuid4(),
            next_page=2,
            moments=[then],
            last_id=uuid4(),
            made_at=then,
        ),
        OutgoingEmail.objects.create(
            kind="sign-in code",
            state=EmailState.SENT,
            queued_at=then,
            send_before=then,
            next_try_at=then,
            finished_at=then,
        ),
        StateMove.objects.create(to_state="paid", why="x", by="user 1", planned_at=then),
    ]


def test_every_regular_task_runs_and_makes_up_for_what_was_missed():
    rows = make_old_rows()
    forgetting = [name for name in schedule.TASKS if name.startswith("forget")]
    assert len(rows) == len(forgetting)
    with smtp_sink() as sink, running_worker(sink):
        for row in rows:
            wait_until(
                lambda row=row: not type(row).objects.filter(pk=row.pk).exists(),
                f"{type(row).__name__} was forgotten",
            )
