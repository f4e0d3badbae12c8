"""Where emails go: over SMTP, through GOV.UK Notify, or into the demo's outbox."""

import re
import smtplib
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import override_settings
from notifications_python_client.errors import HTTPError

from core.email_delivery import attempt
from demo import outbox
from tests.accounts.signing_in import ask_for_code, enter, make_tutor, signed_in_user
from tests.core.notify_server import TEMPLATE, notify_server
from tests.core.smtp_sink import smtp_sink

SUBJECT, BODY = "Your code", "Your code is 123456\n\nBye"


@pytest.fixture
def smtp():
    with smtp_sink() as sink:
        yield sink


@pytest.mark.django_db
def test_a_tutor_signs_in_with_a_code_from_a_real_smtp_server(client, smtp):
    tutor = make_tutor()
    ask_for_code(client)
    (recipients, content), *_ = smtp.kept
    message = message_from_bytes(content, policy=policy.default)
    assert recipients == ["tutor@school.example"]
    assert message["from"] == "manage-teacher-training@education.gov.uk"
    assert message["subject"].startswith("Your sign-in code")
    enter(client, re.search(r"Your code is (\d{6})", message.get_content()).group(1))
    assert signed_in_user(client) == tutor.pk


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_no_line_of_a_subject_becomes_a_header(smtp, line_end):
    came_of_it = attempt("tutor@school.example", f"Hello{line_end}Bcc: all@evil.example", BODY)
    assert (came_of_it.failure, smtp.kept) == ("BadHeaderError", [])


@pytest.mark.parametrize(("code", "is_final"), [(550, True), (450, False)])
def test_a_refused_recipient_is_given_up_unless_it_is_only_for_now(code, is_final, monkeypatch):
    def refuse(self):
        raise smtplib.SMTPRecipientsRefused({"tutor@school.example": (code, b"no")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    came_of_it = attempt("tutor@school.example", SUBJECT, BODY)
    assert (came_of_it.status_code, came_of_it.is_final) == (code, is_final)
    assert came_of_it.failure == "SMTPRecipientsRefused"


@pytest.fixture
def notify():
    with notify_server() as server:
        yield server


def test_notify_gets_subject_and_body_for_its_template(notify):
    attempt("tutor@school.example", SUBJECT, BODY)
    (path, authorization, asked), *_ = notify.asked
    assert path == "/v2/notifications/email"
    assert authorization.startswith("Bearer ")
    assert asked == {
        "email_address": "tutor@school.example",
        "template_id": TEMPLATE,
        "personalisation": {"subject": SUBJECT, "body": BODY},
    }


def test_what_notify_refuses_is_an_error_unless_asked_to_be_quiet(notify):
    notify.refuse(400, "ValidationError", "email_address Not a valid email address")
    with pytest.raises(HTTPError):
        mail.EmailMessage("s", "b", to=["tutor@refused.example"]).send()
    message = mail.EmailMessage("s", "b", to=["tutor@refused.example"])
    assert message.send(fail_silently=True) == 0


@pytest.fixture
def kept(tmp_path):
    with override_settings(
        EMAIL_BACKEND="demo.outbox.OutboxBackend", OUTBOX_DIRECTORY=tmp_path / "outbox"
    ):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("kept")
def test_the_outbox_shows_the_newest_email_first_and_the_console_too(client, capsys, time_machine):
    assert "Nothing has been sent yet" in client.get("/demo/outbox").text
    time_machine.move_to("2026-05-01 09:00", tick=False)
    attempt("first@school.example", SUBJECT, BODY)
    time_machine.move_to("2026-05-01 09:01", tick=False)
    attempt("second@school.example", SUBJECT, BODY)
    page = client.get("/demo/outbox").text
    assert page.index("second@school.example") < page.index("first@school.example")
    assert "Your code is 123456" in page
    assert "first@school.example" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("kept")
def test_what_stands_in_an_email_is_text_on_the_page_but_for_its_links(client, settings):
    body = "<b>bold</b> and https://service.example/staff/sign-in"
    attempt("a@school.example", "<i>Subject</i>", body)
    page = client.get("/demo/outbox").text
    assert "&lt;b&gt;bold" in page
    assert "&lt;i&gt;Subject" in page
    assert 'href="https://service.example/staff/sign-in"' in page


@pytest.mark.usefixtures("kept")
def test_the_outbox_shows_only_so_many(settings):
    for _ in range(outbox.SHOWN + 1):
        attempt("a@school.example", SUBJECT, BODY)
    assert len(outbox.newest(settings.OUTBOX_DIRECTORY)) == outbox.SHOWN
