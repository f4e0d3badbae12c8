"""One attempt to send an email by Django's email backend, and what came of it."""

from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from notifications_python_client.errors import APIError

from core import notify

# What the provider answered when its backend raises nothing; other backends have no provider.
_TAKEN = {
    "core.notify.NotifyBackend": 201,
    "django.core.mail.backends.smtp.EmailBackend": 250,
}


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt. It holds nothing of the email.

    `status_code` is the provider's, of HTTP or SMTP, and None when it did not answer. `failure`
    says in a few words why the email did not go out, and is "" when it did. `is_final`: the same
    email would be refused again.
    """

    status_code: int | None
    failure: str = ""
    is_final: bool = False


def attempt(to: str, subject: str, body: str) -> Attempt:
    """Try to send an email. Whatever the backend raises is in the answer, by its kind only."""
    message = EmailMessage(subject=subject, body=body, to=[to])
    try:
        message.send()
    except APIError as error:
        return Attempt(*notify.refusal(error))
    except SMTPException as error:
        status = _smtp_status(error)
        of_this_email = isinstance(error, SMTPRecipientsRefused | SMTPDataError)
        return Attempt(status, _kind(error), of_this_email and (status or 0) >= 500)
    except Exception as error:  # the network's, or that of a backend that we do not know
        return Attempt(None, _kind(error))
    return Attempt(_TAKEN.get(settings.EMAIL_BACKEND))


def _kind(error: Exception) -> str:
    """The error's class alone: what the errors of mail servers say holds the address."""
    return type(error).__name__[:60]


def _smtp_status(error: SMTPException) -> int | None:
    if isinstance(error, SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, SMTPResponseException) else None
