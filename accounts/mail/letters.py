"""What the service writes by email: plain text, in GOV.UK style."""

import logging
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.dates import in_words
from accounts.models import User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """An email but for its recipient."""

    subject: str
    body: str


def send(to: str, letter: Letter) -> None:
    """Send a letter by Django's email backend; raises what the backend raises."""
    EmailMessage(subject=letter.subject, body=letter.body, to=[to]).send()


def went_out(to: str, letter: Letter) -> bool:
    """Send a letter that can be sent again; return whether the backend took it."""
    try:
        send(to, letter)
    except Exception as error:  # whatever this backend raises: SMTP's, Notify's, the network's
        # By its kind only: what these errors say holds the address.
        logger.error("An email did not go out: %s", type(error).__name__)
        return False
    return True


def answer_to_sign_in(user: User | None, code: str) -> Letter:
    """Return what the owner of an address is told who wants to sign in with a code.

    An active tutor gets the code; staff and those without an account hear what to do instead.
    """
    if user is None or not user.is_active:
        return _no_account()
    return _staff_sign_in_elsewhere() if user.is_staff else _code(code)


def invitation(link: str) -> Letter:
    """Return what a new member of DfE staff is told."""
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    return _letter(
        "Set up your sign-in",
        "You have been invited to keep records in this service as a member of DfE staff.",
        f"Choose a password and set up an authenticator app at:\n{link}",
        f"The link works once, within {days} days. You will need a phone with an authenticator"
        " app, or a password manager that makes one-time codes.",
        "If you did not expect this email, delete it.",
    )


def named_as_tutor(user: User, name: str, school: str) -> Letter:
    """Return what somebody is told who was named as induction tutor of a school.

    `name` is how they were named, `school` the school's name. DfE staff and those whose account is
    not active hear that they cannot sign in as a tutor: whoever named them does not.
    """
    named = f"This email is for {name}. You have been named as an induction tutor of {school}."
    if user.is_staff or not user.is_active:
        return _letter(
            "You have been named as an induction tutor",
            named,
            "With this email address you cannot sign in as an induction tutor. Ask the school to"
            f" name you with another one, or email {settings.SUPPORT_EMAIL}.",
        )
    return _letter(
        "You have been named as an induction tutor",
        named,
        "Induction tutors see and keep their school's records of early career teachers and"
        " mentors.",
        "Sign in with this email address. You do not need a password: we will email you a code."
        f" Sign in at:\n{settings.SERVICE_URL}{reverse('account_request_login_code')}",
        "If you are not an induction tutor of this school, do not sign in, and email"
        f" {settings.SUPPORT_EMAIL}.",
    )


def mentor_added_elsewhere(mentor: str, school: str, elsewhere: str, started_on: date) -> Letter:
    """Return what the induction tutors of a mentor's `school` are told when another adds them.

    All but the day are names.
    """
    return _letter(
        f"{mentor} is also a mentor at another school",
        f"{elsewhere} has added {mentor} as a mentor. Their start date there is"
        f" {in_words(started_on)}.",
        f"Nothing has changed at {school}: {mentor} is still a mentor there, as a mentor may be at"
        " several schools.",
        f"If {mentor} is leaving {school}, or has left, tell us at:\n{settings.SERVICE_URL}",
    )


def _code(code: str) -> Letter:
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    return _letter(
        "Your sign-in code",
        f"Your code is {code}",
        f"Enter it in the browser in which you asked for it, within {minutes} minutes. A code that"
        " we sent you before no longer works.",
        "Do not give it to anybody: we never ask for it by email or phone. If you did not ask for"
        " a code, delete this email. Nobody can sign in without it.",
    )


def _no_account() -> Letter:
    return _letter(
        "You do not have an account",
        "Somebody, probably you, tried to sign in with this email address. There is no account"
        " for it.",
        "If you are an induction tutor, try again with the email address that your school gave us,"
        " or ask an induction tutor of your school to name you as one.",
        "If you did not try to sign in, delete this email.",
    )


def _staff_sign_in_elsewhere() -> Letter:
    return _letter(
        "How DfE staff sign in",
        "You tried to sign in with an emailed code. DfE staff sign in with a password and an"
        f" authenticator app instead, at:\n{settings.SERVICE_URL}{reverse('account_login')}",
        "If you have not set these up, or have lost them, ask a colleague who manages users for an"
        " invitation.",
        "If you did not try to sign in, tell them.",
    )


def _letter(subject: str, *paragraphs: str) -> Letter:
    ending = f"{settings.SERVICE_NAME}\nHelp: {settings.SUPPORT_EMAIL}"
    return Letter(f"{subject} - {settings.SERVICE_NAME}", "\n\n".join([*paragraphs, ending]))
