"""Emails wait in the queue with the transaction that causes them, and go out or are given up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from core import email_queue
from core.email_queue import (
    AT_ONCE,
    Email,
    cancel_emails,
    find_lost_emails,
    forget_old_emails,
    send_later,
)
from core.models import EmailState, OutgoingEmail
from tests.accounts.signing_in import ask_for_code, enter_admin, make_staff, make_tutor
from tests.core.notify_server import TEMPLATE, notify_server
from tests.core.smtp_sink import smtp_sink
from tests.core.worker import run_waiting_jobs

pytestmark = pytest.mark.django_db
TO = "tutor@school.example"
EMAIL = Email("sign-in code", "Your sign-in code", "Your code is 123456")


@pytest.fixture
def notify():
    with notify_server() as server:
        yield server


def queue(**fields) -> OutgoingEmail:
    send_later(TO, EMAIL, user_id=7, **fields)
    return OutgoingEmail.objects.latest("pk")


def tried(email: OutgoingEmail) -> OutgoingEmail:
    """The email, after what was due has been tried."""
    run_waiting_jobs()
    email.refresh_from_db()
    return email


def jobs() -> set[tuple[int, str, int]]:
    """The emails in the queue, each with its queue and priority."""
    waiting = ProcrastinateJob.objects.all()
    return {(job.args["email_id"], job.queue_name, job.priority) for job in waiting}


def due_again() -> None:
    """Let the wait for the next attempt be over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")


def test_an_email_goes_out_once_what_caused_it_is_committed():
    email = queue()
    assert (email.state, mail.outbox) == (EmailState.WAITING, [])
    assert tried(email).state == EmailState.SENT
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([TO], EMAIL.subject, EMAIL.body)
    tried(email)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    run_waiting_jobs()
    assert mail.outbox == []
    assert not OutgoingEmail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def everything_kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM core_outgoingemail t")
        rows = cursor.fetchall()
        cursor.execute("SELECT row_to_json(t)::text FROM procrastinate_jobs t")
        return str(rows + cursor.fetchall())


def test_what_waits_is_encrypted_and_gone_when_sent(settings):
    email = queue()
    assert email.content
    for word in ("tutor", "school.example", "123456", "Your"):
        assert word not in everything_kept()
    tried(email)
    assert (email.content, email.user_id, email.kind) == ("", 7, "sign-in code")
    assert not ProcrastinateJob.objects.exists()


def test_a_key_of_before_still_reads_it_and_without_it_the_email_is_given_up(settings):
    before, lost = queue(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [lost]
    assert tried(before).state == EmailState.SENT
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = lost, []
    unreadable = queue()
    settings.SECRET_KEY = "a new key"
    assert tried(unreadable).state == EmailState.GIVEN_UP
    assert unreadable.failure == "SECRET_KEY has changed"


def test_what_failed_is_tried_again_after_longer_and_longer_waits(notify, caplog):
    notify.refuse(500, "Exception", "Internal server error")
    email, waits = queue(), []
    for _ in range(3):
        before = timezone.now()
        assert tried(email).state == EmailState.WAITING
        waits.append(round((email.next_try_at - before).total_seconds()))
        job = ProcrastinateJob.objects.get()
        assert (job.status, job.scheduled_at) == ("todo", email.next_try_at)
        due_again()
    assert waits == [2, 4, 8]
    assert (email.attempts, email.status_code, email.failure) == (3, 500, "Exception")
    notify.status, notify.error = 201, ""
    assert tried(email).state == EmailState.SENT
    assert (email.status_code, email.failure, email.template) == (201, "", TEMPLATE)
    assert f"Email {email.pk} (sign-in code) did not go out: Exception, status 500" in caplog.text
    assert TO not in caplog.text


@pytest.mark.parametrize(
    ("status", "error", "said", "meaning", "state"),
    [
        (403, "AuthError", "Invalid token: API key not found", "wrong key", "waiting"),
        (
            403,
            "AuthError",
            "Error: Your system clock must be accurate to within 30 seconds",
            "clock is wrong",
            "waiting",
        ),
        (
            400,
            "BadRequestError",
            "Can't send to this recipient when service is in trial mode - see"
            " https://www.notifications.service.gov.uk/trial-mode",
            "trial mode",
            "waiting",
        ),
        (
            400,
            "BadRequestError",
            "Can't send to this recipient using a team-only API key",
            "team-only key",
            "waiting",
        ),
        (400, "BadRequestError", "Template not found", "bad template", "waiting"),
        (400, "BadRequestError", "Missing personalisation: body", "bad template", "waiting"),
        (
            400,
            "ValidationError",
            "email_address Not a valid email address",
            "bad address",
            "given_up",
        ),
        (
            429,
            "RateLimitError",
            "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
            "rate limit",
            "waiting",
        ),
        (
            429,
            "TooManyRequestsError",
            "Exceeded send limits (50) for today",
            "daily limit",
            "waiting",
        ),
        (400, "BadRequestError", "Something else", "BadRequestError", "given_up"),
        (503, "Unavailable", "Try later", "Unavailable", "waiting"),
        (418, "tutor@school.example", "Teapot", "HTTPError", "waiting"),
    ],
)
def test_what_notify_refuses_is_told_apart(notify, caplog, status, error, said, meaning, state):
    notify.refuse(status, error, said)
    email = tried(queue())
    assert (email.status_code, email.failure, email.state) == (status, meaning, state)
    assert f"{meaning}, status {status}, attempt 1" in caplog.text
    assert TO not in caplog.text


def test_what_a_wrong_template_kept_back_goes_out_when_it_is_put_right(notify):
    notify.refuse(400, "BadRequestError", "Template not found")
    email = tried(queue())
    assert (email.state, email.failure) == (EmailState.WAITING, "bad template")
    notify.status, notify.error = 201, ""
    due_again()
    assert tried(email).state == EmailState.SENT


def test_a_provider_that_is_not_there_or_says_nothing_has_no_status(notify, settings):
    settings.NOTIFY_API_URL = "http://127.0.0.1:1"
    email = tried(queue())
    assert (email.status_code, email.failure) == (None, "ConnectionError")


def test_a_mail_server_says_its_status_too():
    with smtp_sink() as sink:
        assert tried(queue()).status_code == 250
        sink.answer = "550 No such mailbox"
        refused = tried(queue())
        sink.answer = "451 Try later"
        later = tried(queue())
    assert (refused.status_code, refused.state) == (550, EmailState.GIVEN_UP)
    assert (later.status_code, later.state) == (451, EmailState.WAITING)


def test_a_code_is_not_sent_after_its_ten_minutes(client, time_machine, caplog):
    make_tutor()
    time_machine.move_to("2026-05-01 09:00Z", tick=False)
    with notify_server() as server:
        server.refuse(429, "RateLimitError", "Exceeded rate limit")
        ask_for_code(client)
        email = OutgoingEmail.objects.get()
        assert email.send_before == timezone.now() + timedelta(minutes=10)
        server.status, server.error = 201, ""
        time_machine.move_to("2026-05-01 09:10Z", tick=False)
        tried(email)
        assert len(server.asked) == 1
    assert (email.state, email.content, email.status_code) == (EmailState.GIVEN_UP, "", 429)
    assert f"{email} was given up: rate limit, status 429, attempt 1" in caplog.text


def test_a_code_that_no_worker_took_in_time_is_dropped():
    email = tried(queue(send_before=timezone.now()))
    assert (email.state, email.failure, email.attempts) == (EmailState.GIVEN_UP, "too late", 0)
    assert mail.outbox == []


def test_the_last_attempt_is_at_the_deadline_at_the_latest(settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    email = queue(send_before=timezone.now() + timedelta(seconds=1))
    assert tried(email).next_try_at == email.send_before


def test_codes_go_before_what_may_wait():
    send_later(TO, Email("other", "Other", ""), user_id=None)
    send_later(TO, EMAIL, user_id=None, send_before=timezone.now() + timedelta(minutes=10))
    run_waiting_jobs()
    assert [sent.subject for sent in mail.outbox] == ["Your sign-in code", "Other"]


def test_a_code_that_was_lost_goes_back_before_what_may_wait():
    other, code = queue(), queue(send_before=timezone.now() + timedelta(minutes=10))
    assert jobs() == {(other.pk, "default", 0), (code.pk, AT_ONCE, 1)}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    OutgoingEmail.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))
    find_lost_emails.defer(timestamp=0)
    run_waiting_jobs()
    run_waiting_jobs()
    in_order = OutgoingEmail.objects.filter(state=EmailState.SENT).order_by("finished_at")
    assert list(in_order) == [code, other]


def test_an_email_whose_worker_was_killed_goes_out_a_minute_later():
    """It may have gone out before: then it does so twice, which is better than never."""
    email = queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
    assert email_queue._begin(email.pk, timezone.now())
    find_lost_emails.defer(timestamp=0)
    run_waiting_jobs()
    assert not ProcrastinateJob.objects.exists()
    OutgoingEmail.objects.update(next_try_at=timezone.now())
    find_lost_emails.defer(timestamp=0)
    run_waiting_jobs()
    assert tried(email).state == EmailState.SENT
    assert (email.attempts, len(mail.outbox)) == (2, 1)


def test_an_email_that_a_living_worker_sends_slowly_is_not_lost():
    email = queue()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
    assert email_queue._begin(email.pk, timezone.now())
    OutgoingEmail.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))
    find_lost_emails.defer(timestamp=0)
    run_waiting_jobs()
    assert [job.status for job in ProcrastinateJob.objects.all()] == ["doing"]
    assert mail.outbox == []


def test_an_email_that_waits_in_the_queue_is_not_lost():
    queue()
    find_lost_emails.configure(priority=100).defer(timestamp=0)
    run_waiting_jobs()
    assert len(mail.outbox) == 1
    assert not ProcrastinateJob.objects.exists()


def test_an_email_that_waits_to_be_tried_again_is_not_lost(settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    email = tried(queue())
    OutgoingEmail.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    find_lost_emails.defer(timestamp=0)
    run_waiting_jobs()
    assert ProcrastinateJob.objects.get().args == {"email_id": email.pk}


def test_rows_of_emails_are_kept_for_a_year():
    now = timezone.now()
    old, new, waiting = tried(queue()), tried(queue()), queue()
    OutgoingEmail.objects.filter(pk=old.pk).update(finished_at=now - timedelta(days=365))
    OutgoingEmail.objects.filter(pk=new.pk).update(finished_at=now - timedelta(days=364))
    OutgoingEmail.objects.filter(pk=waiting.pk).update(queued_at=now - timedelta(days=400))
    assert forget_old_emails(now) == 1
    assert set(OutgoingEmail.objects.values_list("pk", flat=True)) == {new.pk, waiting.pk}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "sent", "finished_at": "2026-01-01T00:00Z"},
        {"content": ""},
        {"finished_at": "2026-01-01T00:00Z"},
        {"state": "sent", "content": ""},
        {"state": "other"},
    ],
)
def test_the_database_keeps_a_letter_while_it_waits_and_no_longer(wrong):
    queue()
    with pytest.raises(IntegrityError, match="outgoingemail_kept_while_it_waits"):
        OutgoingEmail.objects.update(**wrong)


def test_staff_read_what_was_given_up_and_see_no_address(client, notify):
    notify.refuse(400, "ValidationError", "email_address Not a valid email address")
    email = tried(queue())
    enter_admin(client, make_staff(is_superuser=True))
    for page in (
        client.get("/admin/core/outgoingemail/?state__exact=given_up"),
        client.get(f"/admin/core/outgoingemail/{email.pk}/change/"),
    ):
        assert "bad address" in page.text
        assert TEMPLATE in page.text
        assert TO not in page.text
        assert "etter" not in page.text.split("<main")[-1]
    assert client.get("/admin/procrastinate/procrastinatejob/").status_code == 404


KEY = "live-9cf2e406-9d97-4007-ac4f-cb9cb6cbf12c-3654d43c-4ccf-4ccd-9471-68d7839a524b"


@pytest.mark.parametrize(
    ("key", "template", "said"),
    [
        ("", "", None),
        (KEY, TEMPLATE, None),
        (KEY, "", "NOTIFY_TEMPLATE_ID is not set"),
        ("", TEMPLATE, "NOTIFY_API_KEY is not set"),
        (KEY[5:], TEMPLATE, "NOTIFY_API_KEY is not a key as GOV.UK Notify gives it"),
        (KEY, "sign in", "NOTIFY_TEMPLATE_ID is not a template's id, a UUID"),
    ],
)
def test_a_half_configured_notify_is_refused(settings, key, template, said):
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID = key, template
    if said is None:
        call_command("check", deploy=True, fail_level="ERROR", tags=["security"])
    else:
        with pytest.raises(SystemCheckError, match=said) as refused:
            call_command("check", deploy=True, fail_level="ERROR", tags=["security"])
        assert key[-36:] not in str(refused.value) or not key


def test_what_is_taken_back_is_not_sent_and_who_has_got_it_is_known():
    record, other = uuid4(), uuid4()
    tried(queue(about=record))
    queue(about=other)
    waiting, begun = queue(about=record), queue(about=record)
    OutgoingEmail.objects.filter(pk=begun.pk).update(attempts=1, user_id=8)
    assert cancel_emails(record) == {7, 8}
    assert not OutgoingEmail.objects.filter(pk=waiting.pk).exists()
    assert OutgoingEmail.objects.filter(about=other).count() == 1
    run_waiting_jobs()
    assert len(mail.outbox) == 3
