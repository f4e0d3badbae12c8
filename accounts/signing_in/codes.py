"""The one valid sign-in code of each email address, over all browsers and all workers.

django-allauth binds a code to the browser that asked for it. What it cannot know is kept here, in
one row for each address: which code is the newest, and how often anybody has tried. Addresses
without an account have a row too, so that they cost the same work.
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
# Rows older than this are of no use to anybody.
KEPT = timedelta(days=1)


class Answer(Enum):
    """What became of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # no code is valid: expired, used, or tried too often


def keep(email: str, code: str, now: datetime) -> None:
    """Make this the one code that lets this address in, from now for LIFETIME."""
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


def attempt(email: str, code: str, now: datetime) -> Answer:
    """Try a code; a right one is used up, a wrong one counts against TRIES.

    The row is locked, so that tries at the same moment are counted one by one.
    """
    email = email.lower()
    with transaction.atomic():
        kept = (
            SignInCode.objects.select_for_update()
            .filter(account=_account(email), issued_at__gt=now - LIFETIME, tries__lt=TRIES)
            .first()
        )
        if kept is None:
            return Answer.OVER
        if constant_time_compare(kept.digest, _digest(email, code)):
            kept.delete()
            return Answer.RIGHT
        kept.tries += 1
        kept.save(update_fields=["tries"])
        return Answer.WRONG if kept.tries < TRIES else Answer.OVER


def _account(email: str) -> str:
    """The address as it is kept: it may be that of somebody who has nothing to do with us."""
    return salted_hmac("accounts.codes.account", email, algorithm="sha256").hexdigest()


def _digest(email: str, code: str) -> str:
    return salted_hmac("accounts.codes.code", f"{email} {code}", algorithm="sha256").hexdigest()


class CodeProcess(LoginCodeVerificationProcess):
    """Asking for a code. Entering it is allauth's, but for where code and user are looked up.

    A known, an unknown and a staff address are the same work: only the letter differs. So the
    browser's session keeps the address and no user, who is found when the right code is there.
    """

    @classmethod
    def begin(cls, request: HttpRequest, user: User | None, email: str) -> None:
        """Have the owner of this address emailed, while a code would be valid.

        The browser remembers that a code is expected.
        """
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        code = get_adapter().generate_login_code()
        now = timezone.now()
        with transaction.atomic():
            keep(email, code, now)
            send_later(
                email,
                emails.answer_to_sign_in(user, code),
                user_id=user.pk if user else None,
                send_before=now + LIFETIME,
            )
        cls(stage).persist()
