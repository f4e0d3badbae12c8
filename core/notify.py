"""GOV.UK Notify: the email backend, what its refusals mean, and the check of its settings."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_TIMEOUT = 10  # seconds, to connect and again to answer

# Status, what the message has in it, and what that means, from the list of errors in Notify's
# documentation of its REST API; the first that fits counts.
_MEANINGS = (
    (400, r"trial mode", "trial mode"),
    (400, r"team-only", "team-only key"),
    (400, r"template|personalisation", "bad template"),
    (400, r"email_address|email address", "bad address"),
    (403, r"clock", "clock is wrong"),
    (403, r"", "wrong key"),
    (429, r"send limits", "daily limit"),
    (429, r"", "rate limit"),
)
# Of the settings, not of the email: once they are put right, the same email is taken.
_OF_THE_SETTINGS = {"trial mode", "team-only key", "bad template"}


class NotifyBackend(BaseEmailBackend):
    """Sends by the template NOTIFY_TEMPLATE_ID, which is "((subject))" and "((body))"."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each to each of its recipients; return how many emails went out.

        Raises Notify's HTTPError unless `fail_silently`.
        """
        client = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, settings.NOTIFY_API_URL, timeout=_TIMEOUT
        )
        sent = 0
        for message in email_messages:
            for recipient in message.recipients():
                sent += self._send(client, recipient, message)
        return sent

    def _send(self, client: NotificationsAPIClient, to: str, message: EmailMessage) -> bool:
        try:
            client.send_email_notification(
                to,
                settings.NOTIFY_TEMPLATE_ID,
                personalisation={"subject": message.subject, "body": message.body},
            )
        except HTTPError:
            if not self.fail_silently:
                raise
            return False
        return True


def refusal(error: APIError) -> tuple[int | None, str, bool]:
    """Return the status that Notify answered with, what it means, and whether it is final.

    The status is None when there was no answer. The meaning is a few words, with nothing of the
    email in them. It is final when Notify would refuse the same email again, whatever we set.
    """
    if error.response is None:
        return None, type(error.__cause__ or error).__name__, False
    status = error.status_code
    meaning = _meaning(status, error.message) or type(error).__name__
    return status, meaning, status == 400 and meaning not in _OF_THE_SETTINGS


def _meaning(status: int, said: Any) -> str:
    for wanted, pattern, meaning in _MEANINGS:
        if status == wanted and re.search(pattern, str(said), re.IGNORECASE):
            return meaning
    return _name_of(said)


def _name_of(said: Any) -> str:
    """The first error's name, such as "BadRequestError"; "" when Notify gave none."""
    name = said[0].get("error", "") if isinstance(said, list) and said else ""
    return name if re.fullmatch(r"\w{1,60}", str(name)) else ""


@register(Tags.security, deploy=True)
def check_notify(**_: Any) -> list[Error]:
    """GOV.UK Notify needs a key and a template, each of its form; without both, SMTP serves."""
    key, template = settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID
    if not (key or template):
        return []
    errors = []
    # A name that people gave it, the service's id and the secret.
    if not re.fullmatch(f".+-{_UUID}-{_UUID}", key):
        errors.append(_error("E001", "NOTIFY_API_KEY", "a key as GOV.UK Notify gives it", key))
    if not re.fullmatch(_UUID, template):
        errors.append(_error("E002", "NOTIFY_TEMPLATE_ID", "a template's id, a UUID", template))
    return errors


def _error(number: str, variable: str, form: str, value: str) -> Error:
    wrong = f"is not {form}" if value else "is not set"
    return Error(
        f"{variable} {wrong}",
        hint="NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID work only together: docs/deploying.md.",
        id=f"core.{number}",
    )
