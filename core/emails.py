"""Emails: how one is made and sent, and the backend that sends through GOV.UK Notify.

Each floor has the words of its own emails in its `emails.py`.
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
    """Subject and body of an email, in plain text; who gets it is said when it is sent."""

    subject: str
    body: str


def make_email(subject: str, *paragraphs: str) -> Email:
    """Return an email of these paragraphs, with the service's name and where to get help."""
    ending = f"{settings.SERVICE_NAME}\nHelp: {settings.SUPPORT_EMAIL}"
    return Email(f"{subject} - {settings.SERVICE_NAME}", "\n\n".join([*paragraphs, ending]))


def send(to: str, email: Email) -> None:
    """Send an email by Django's email backend; raises what the backend raises."""
    EmailMessage(subject=email.subject, body=email.body, to=[to]).send()


def try_to_send(to: str, email: Email) -> bool:
    """Send an email that can be sent again later; return whether the backend took it."""
    try:
        send(to, email)
    except Exception as error:  # whatever this backend raises: SMTP's, Notify's, the network's
        # By its kind only: what these errors say holds the address.
        logger.error("An email did not go out: %s", type(error).__name__)
        return False
    return True


class NotifyBackend(BaseEmailBackend):
    """Sends by the template NOTIFY_TEMPLATE_ID, which is "((subject))" and "((body))"."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each to each of its recipients; return how many emails went out.

        Raises Notify's HTTPError unless `fail_silently`.
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
