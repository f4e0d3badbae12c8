"""Makes and sends emails; holds the backend that sends them through GOV.UK Notify.

The words of each app's emails are in its own `emails.py`.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Email:
    """The subject and the plain-text body of an email."""

    subject: str
    body: str


def make_email(subject: str, *paragraphs: str) -> Email:
    """An email of these paragraphs, ending with the service's name and where to get help."""
    ending = f"{settings.SERVICE_NAME}\nHelp: {settings.SUPPORT_EMAIL}"
    return Email(f"{subject} - {settings.SERVICE_NAME}", "\n\n".join([*paragraphs, ending]))


def send(to: str, email: Email) -> None:
    """Send an email by Django's email backend. Raises what the backend raises."""
    EmailMessage(subject=email.subject, body=email.body, to=[to]).send()


def try_to_send(to: str, email: Email) -> bool:
    """Send an email that the user can ask for again; return whether the backend accepted it."""
    try:
        send(to, email)
    except Exception as error:  # each backend raises its own: SMTP's, Notify's, the network's
        # Only the error's type is logged: its message holds the address.
        logger.error("An email did not go out: %s", type(error).__name__)
        return False
    return True


class NotifyBackend(BaseEmailBackend):
    """Sends through GOV.UK Notify, by the template NOTIFY_TEMPLATE_ID.

    The template's subject is "((subject))" and its message "((body))".
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each message to each of its recipients; return how many emails Notify accepted.

        Raises Notify's HTTPError unless `fail_silently` is set.
        """
        client = NotificationsAPIClient(settings.NOTIFY_API_KEY, settings.NOTIFY_API_URL)
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
