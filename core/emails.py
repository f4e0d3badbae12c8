"""How the words of an email are made. `core/email_queue.py` sends them.

Each floor has the words of its own emails in its `emails.py`.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Email:
    """Subject and body of an email, in plain text; who gets it is said when it is sent.

    `kind` names it where subject and body are not kept, such as "sign-in code".
    """

    kind: str
    subject: str
    body: str


def make_email(kind: str, subject: str, *paragraphs: str) -> Email:
    """Return an email of these paragraphs, with the service's name and where to get help."""
    ending = f"{settings.SERVICE_NAME}\nHelp: {settings.SUPPORT_EMAIL}"
    body = "\n\n".join([*paragraphs, ending])
    return Email(kind, f"{subject} - {settings.SERVICE_NAME}", body)
