"""Emails leave by a queue in PostgreSQL, so that no request waits for a mail provider.

`send_later` writes an email in the transaction that causes it. A worker (`manage.py run_worker`)
hears of it at the commit and sends it; what fails is tried again, after longer and longer waits,
until the email is of no use. Then it is given up: the row stays without address and text, for staff
to see in admin, and the log has a line. An email may go out twice, when a worker is killed between
sending it and saying so; it is not lost. docs/decisions/0010 says why a queue, and why this one.
The words of each app's emails are in its own `emails.py`.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job, JobDeferrer, Status

from core.email_delivery import Attempt, attempt
from core.encryption import UnreadableSecretError, decrypt, encrypt
from core.models import EmailState, OutgoingEmail

logger = logging.getLogger(__name__)

KEPT = timedelta(days=365)
"""How long the row of an email is kept after it was sent or given up."""

_PURPOSE = b"core.email_queue"
_TRIED_FOR = timedelta(days=1)  # emails that are of use for longer than that too
_LONGEST_WAIT = timedelta(hours=1)
# By then an attempt has ended as a rule, as each step of it has a time limit.
_LONGEST_ATTEMPT = timedelta(minutes=1)
# The priority of emails that are of use for minutes only: of those that wait, they go first.
_FIRST = 1
AT_ONCE = "at_once"
"""The queue of emails that are of use for minutes only: the worker sends them beside all else."""


@dataclass(frozen=True)
class Email:
    """The subject and the plain-text body of an email.

    `kind` names it where subject and body are not kept, such as "sign-in code".
    """

    kind: str
    subject: str
    body: str


def make_email(kind: str, subject: str, *paragraphs: str) -> Email:
    """An email of these paragraphs, ending with the service's name and where to get help."""
    ending = f"{settings.SERVICE_NAME}\nHelp: {settings.SUPPORT_EMAIL}"
    body = "\n\n".join([*paragraphs, ending])
    return Email(kind, f"{subject} - {settings.SERVICE_NAME}", body)


class _TryAgainError(Exception):
    """The email did not go out; tells the queue when to try again."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"at {at:%H:%M:%S}")
        self.at = at


class _TryAgainThen(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """The moment that the attempt asked for, if it asked for one."""
        at = exception.at if isinstance(exception, _TryAgainError) else None
        return RetryDecision(retry_at=at) if at else None


def send_later(
    to: str,
    email: Email,
    *,
    user_id: int | None,
    send_before: datetime | None = None,
    about: UUID | None = None,
) -> None:
    """Have an email sent to this address once the transaction under way is committed.

    `user_id` is the user it is for, if they are one. From `send_before` on it is not sent any more;
    without it, the service tries for a day. `about` is the public id of the record that it tells
    of: see `cancel_emails`.
    """
    now = timezone.now()
    content = json.dumps({"to": to, "subject": email.subject, "body": email.body})
    with transaction.atomic():
        kept = OutgoingEmail.objects.create(
            kind=email.kind,
            user_id=user_id,
            about=about,
            content=encrypt(content, _PURPOSE),
            queued_at=now,
            next_try_at=now,
            send_before=send_before or now + _TRIED_FOR,
        )
        _job_of(kept).defer(email_id=kept.pk)


@transaction.atomic
def cancel_emails(about: UUID) -> set[int]:
    """Delete the emails about this record that wait; return the ids of the users who got one.

    An email counts as got once sending it has begun.
    """
    emails = OutgoingEmail.objects.filter(about=about).select_for_update()
    emails.filter(state=EmailState.WAITING, attempts=0).delete()
    got = emails.exclude(state=EmailState.GIVEN_UP).values_list("user_id", flat=True)
    return {user_id for user_id in got if user_id}


@app.task(name="send an email", retry=_TryAgainThen())
def send(email_id: int) -> None:
    """Send an email that waits, unless it is too late. Raises when it is to be tried again."""
    email = _begin(email_id, timezone.now())
    if email is None:
        return
    try:
        content = json.loads(decrypt(email.content, _PURPOSE))
    except UnreadableSecretError:
        came_of_it = Attempt(None, "SECRET_KEY has changed", is_final=True)
    else:
        came_of_it = attempt(**content)
    if try_again_at := _end(email, came_of_it, timezone.now()):
        raise _TryAgainError(try_again_at)


def _job_of(email: OutgoingEmail) -> JobDeferrer:
    """The job that sends an email, in the queue that it belongs in."""
    if email.send_before < email.queued_at + _TRIED_FOR:
        return send.configure(queue=AT_ONCE, priority=_FIRST)
    return send.configure()


def _begin(email_id: int, now: datetime) -> OutgoingEmail | None:
    """The email, marked as being sent; None when it does not wait, or waits in vain."""
    with transaction.atomic():
        waiting = OutgoingEmail.objects.filter(pk=email_id, state=EmailState.WAITING)
        email = waiting.select_for_update().first()
        if email and now >= email.send_before:
            email.failure = email.failure or "too late"
            _finish(email, EmailState.GIVEN_UP, now)
            return None
        if email:
            email.attempts += 1
            email.next_try_at = now + _LONGEST_ATTEMPT
            email.save()
    return email


def _end(email: OutgoingEmail, came_of_it: Attempt, now: datetime) -> datetime | None:
    """Keep what came of an attempt; return when to try again, if that is of use."""
    email.template = settings.NOTIFY_TEMPLATE_ID
    email.status_code, email.failure = came_of_it.status_code, came_of_it.failure
    if not came_of_it.failure:
        _finish(email, EmailState.SENT, now)
        return None
    if came_of_it.is_final:
        _finish(email, EmailState.GIVEN_UP, now)
        return None
    wait = min(timedelta(seconds=2 ** min(email.attempts, 12)), _LONGEST_WAIT)
    email.next_try_at = min(now + wait, email.send_before)
    email.save()
    logger.warning("%s did not go out: %s", email, _reason(email))
    return email.next_try_at


def _finish(email: OutgoingEmail, state: EmailState, now: datetime) -> None:
    """Keep what became of an email, without its address and text."""
    email.state, email.finished_at, email.content = state, now, ""
    email.save()
    if state == EmailState.SENT:
        logger.info("%s was sent", email)
    else:
        logger.error("%s was given up: %s", email, _reason(email))


def _reason(email: OutgoingEmail) -> str:
    return f"{email.failure}, status {email.status_code}, attempt {email.attempts}"


@app.task(name="find lost emails", pass_context=True)
async def find_lost_emails(context: JobContext, timestamp: int) -> None:
    """Put emails back into the queue, if their worker was killed or lost the database.

    Those that a living worker is sending, however slowly, are left to it.
    """
    queue = context.app.job_manager
    for job in await queue.get_stalled_jobs():
        await queue.finish_job(job, Status.FAILED, delete_job=True)
    in_hand = [Status.TODO.value, Status.DOING.value]
    jobs = ProcrastinateJob.objects.filter(status__in=in_hand, task_name=send.name)
    queued = {args["email_id"] async for args in jobs.values_list("args", flat=True)}
    lost = OutgoingEmail.objects.filter(state=EmailState.WAITING, next_try_at__lt=timezone.now())
    async for email in lost.defer("content"):
        if email.pk not in queued:
            await _job_of(email).defer_async(email_id=email.pk)


def forget_old_emails(now: datetime) -> int:
    """Delete the rows of emails that were sent or given up `KEPT` ago; return how many."""
    deleted, _ = OutgoingEmail.objects.filter(finished_at__lte=now - KEPT).delete()
    return deleted
