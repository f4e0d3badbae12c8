"""Emails through GOV.UK Notify, which sends a template's text with our subject and body in it."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient


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
