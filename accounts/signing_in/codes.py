"""Sign-in codes: each email address has one valid code, over all browsers and all workers.

django-allauth ties a code to the browser that asked for it. The table SignInCode adds, in one row
for each address, which code is the newest and how many wrong ones were tried in all browsers.
Addresses without an account have a row too, so that they cost the same work.
"""

from datetime import datetime, timedelta
from enum import Enum

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import emails
from accounts.models import SignInCode, User
from core.email_queue import send_later

LIFETIME = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
TRIES = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
# Older rows are deleted.
KEPT = timedelta(days=1)


class CodeOutcome(Enum):
    """The result of trying a code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # no code is valid: it expired, was used, or was tried too often


def save_code(email: str, code: str, now: datetime) -> None:
    """Make this the one valid code of this address, from `now` for LIFETIME."""
    email = email.lower()
    forget_old(now)
    SignInCode.objects.bulk_create(
        [SignInCode(account=_account(email), digest=_digest(email, code), issued_at=now, tries=0)],
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=["digest", "issued_at", "tries"],
    )


def forget_old(now: datetime) -> None:
    """Delete the rows that are of no use any more."""
    SignInCode.objects.filter(issued_at__lt=now - KEPT).delete()


def try_code(email: str, code: str, now: datetime) -> CodeOutcome:
    """Try a code: a right one is used up, and a wrong one counts towards TRIES.

    Locks the row, so that of several tries at the same moment each is counted.
    """
    email = email.lower()
    with transaction.atomic():
        kept = (
            SignInCode.objects.select_for_update()
            .filter(account=_account(email), issued_at__gt=now - LIFETIME, tries__lt=TRIES)
            .first()
        )
        if kept is None:
            return CodeOutcome.OVER
        if constant_time_compare(kept.digest, _digest(email, code)):
            kept.delete()
            return CodeOutcome.RIGHT
        kept.tries += 1
        kept.save(update_fields=["tries"])
        return CodeOutcome.WRONG if kept.tries < TRIES else CodeOutcome.OVER


def _account(email: str) -> str:
    """The address as it is kept: hashed, as its owner may have nothing to do with the service."""
    return salted_hmac("accounts.codes.account", email, algorithm="sha256").hexdigest()


def _digest(email: str, code: str) -> str:
    return salted_hmac("accounts.codes.code", f"{email} {code}", algorithm="sha256").hexdigest()


class CodeProcess(LoginCodeVerificationProcess):
    """Begins a sign-in by code; allauth's own class does the rest.

    Every address costs the same work, whether it is a tutor's, a member of staff's or has no
    account: only the email differs. So the browser's session keeps the address and not the user,
    who is looked up once the right code was entered.
    """

    @classmethod
    def begin(cls, request: HttpRequest, user: User | None, email: str) -> None:
        """Queue the email to the owner of this address; the session keeps that a code is expected.

        `user` is the user with this address, if there is one. Returns whether the email went out.
        """
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        code = get_adapter().generate_login_code()
        now = timezone.now()
        with transaction.atomic():
            save_code(email, code, now)
            send_later(
                email,
                emails.sign_in_code(user, code),
                user_id=user.pk if user else None,
                send_before=now + LIFETIME,
            )
        cls(stage).persist()
