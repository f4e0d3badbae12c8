"""Where emails go: over SMTP, through GOV.UK Notify, or into the demo's outbox."""

import json
import re
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import uuid4

import pytest
from django.core import mail
from django.test import override_settings
from notifications_python_client.errors import HTTPError

from core import emails
from demo import outbox
from tests.accounts.signing_in import ask_for_code, enter, error_of, make_tutor, signed_in_user
from tests.core.smtp_sink import smtp_sink

EMAIL = emails.Email("Your code", "Your code is 123456\n\nBye")


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


class Notify(BaseHTTPRequestHandler):
    """Stands for GOV.UK Notify; refuses those who are not on the team."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, self.headers["authorization"], asked))
        refused = asked["email_address"].endswith("@refused.example")
        self.send_response(400 if refused else 201)
        self.end_headers()
        self.wfile.write(json.dumps({"errors": []} if refused else {"id": "1"}).encode())

    def log_message(self, *_: object) -> None:
        """Write no line for each request."""


@pytest.fixture
def notify():
    server = HTTPServer(("127.0.0.1", 0), Notify)
    server.asked = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    with override_settings(
        EMAIL_BACKEND="core.emails.NotifyBackend",
        NOTIFY_API_KEY=f"test-{uuid4()}-{uuid4()}",
        NOTIFY_API_URL=f"http://127.0.0.1:{server.server_port}",
        NOTIFY_TEMPLATE_ID="f33517ff-2a88-4f6e-b855-c550268ce08a",
    ):
        yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_notify_gets_subject_and_body_for_its_template(notify):
    emails.send("tutor@school.example", EMAIL)
    (path, authorization, asked), *_ = notify.asked
    assert path == "/v2/notifications/email"
    assert authorization.startswith("Bearer ")
    assert asked == {
        "email_address": "tutor@school.example",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "personalisation": {"subject": EMAIL.subject, "body": EMAIL.body},
    }


def test_what_notify_refuses_is_an_error_unless_asked_to_be_quiet(notify):
    with pytest.raises(HTTPError):
        emails.send("tutor@refused.example", EMAIL)
    message = mail.EmailMessage("s", "b", to=["tutor@refused.example", "tutor@school.example"])
    assert message.send(fail_silently=True) == 1


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
    emails.send("first@school.example", EMAIL)
    time_machine.move_to("2026-05-01 09:01", tick=False)
    emails.send("second@school.example", EMAIL)
    page = client.get("/demo/outbox").text
    assert page.index("second@school.example") < page.index("first@school.example")
    assert "Your code is 123456" in page
    assert "first@school.example" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("kept")
def test_what_stands_in_an_email_is_text_on_the_page_but_for_its_links(client, settings):
    body = "<b>bold</b> and https://service.example/staff/sign-in"
    emails.send("a@school.example", emails.Email("<i>Subject</i>", body))
    page = client.get("/demo/outbox").text
    assert "&lt;b&gt;bold" in page
    assert "&lt;i&gt;Subject" in page
    assert 'href="https://service.example/staff/sign-in"' in page


@pytest.mark.usefixtures("kept")
def test_the_outbox_shows_only_so_many(settings):
    for _ in range(outbox.SHOWN + 1):
        emails.send("a@school.example", EMAIL)
    assert len(outbox.newest(settings.OUTBOX_DIRECTORY)) == outbox.SHOWN


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["tutor@school.example", "nobody@school.example"])
def test_an_email_that_does_not_go_out_is_said_and_leaves_no_address_in_the_log(
    client, settings, caplog, email
):
    make_tutor()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    expected = "We could not send an email to this address. Check it, or try again in a few minutes"
    assert error_of(ask_for_code(client, email)) == expected
    assert "An email did not go out: ConnectionRefusedError" in caplog.text
    assert email not in caplog.text
