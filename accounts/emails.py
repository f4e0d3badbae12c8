"""The words of the emails about signing in: plain text, in GOV.UK style."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.email_queue import Email, make_email


def sign_in_code(user: User | None, code: str) -> Email:
    """The email to an address that was entered to get a sign-in code.

    `user` is the user with that address, if there is one. An active tutor gets the code. DfE staff,
    and people without an active account, read what to do instead.
    """
    if user is None or not user.is_active:
        return _no_account()
    return _staff_sign_in_elsewhere() if user.is_staff else _code(code)


def invitation(link: str) -> Email:
    """The email that invites a member of DfE staff; `link` is a whole address."""
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    return make_email(
        "staff invitation",
        "Set up your sign-in",
        "You have been invited to keep records in this service as a member of DfE staff.",
        f"Choose a password and set up an authenticator app at:\n{link}",
        f"The link works once, within {days} days. You will need a phone with an authenticator"
        " app, or a password manager that makes one-time codes.",
        "If you did not expect this email, delete it.",
    )


def _code(code: str) -> Email:
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    return make_email(
        "sign-in code",
        "Your sign-in code",
        f"Your code is {code}",
        f"Enter it in the browser in which you asked for it, within {minutes} minutes. A code that"
        " was asked for in another browser works only there.",
        "Do not give it to another person: we never ask for it by email or phone. If you did not"
        " ask for a code, delete this email. No one can sign in without the code.",
    )


def _no_account() -> Email:
    return make_email(
        "no account",
        "You do not have an account",
        "A person, probably you, tried to sign in with this email address. There is no account"
        " for it.",
        "If you are an induction tutor, try again with the email address that your school gave us,"
        " or ask an induction tutor of your school to name you as one.",
        "If you did not try to sign in, delete this email.",
    )


def _staff_sign_in_elsewhere() -> Email:
    return make_email(
        "how staff sign in",
        "How DfE staff sign in",
        "You tried to sign in with an emailed code. DfE staff sign in with a password and an"
        f" authenticator app instead, at:\n{settings.SERVICE_URL}{reverse('account_login')}",
        "If you have not set these up, or have lost them, ask a colleague who manages users for an"
        " invitation.",
        "If you did not try to sign in, tell them.",
    )
