"""Makes emails. `core/email_queue.py` sends them.

The words of each app's emails are in its own `emails.py`.
"""

from dataclasses import dataclass

from django.conf import settings


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
