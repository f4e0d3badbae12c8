"""Sign-in codes: each browser that asks at an address has one valid code, over all workers.

A code that is asked for elsewhere neither ends it nor uses up its tries, so strangers who ask for
codes at a tutor's address do not keep the tutor out. The table SignInCode has a row for each
browser and address: its newest code, and how many wrong ones were tried. Addresses without an
account have rows too, so that they cost the same work.
"""

import time
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from accounts import emails
from accounts.models import SignInCode, User
from accounts.signing_in.known_browsers import known_browser
from core.email_queue import send_later
from core.text import email_of

LIFETIME = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
TRIES = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
# Within this of asking, the same browser gets no other code for the address.
ASK_AGAIN_AFTER = timedelta(minutes=1)
# Older rows are deleted.
KEPT = timedelta(days=1)


class CodeOutcome(Enum):
    """The result of trying a code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # no code is valid: it expired, was used, or was tried too often


def may_ask(request: HttpRequest, user: User | None, email: str) -> bool:
    """Count that a code is asked for at this address; return whether the limits allow it.

    `user` is the user with this address, if there is one. A browser that they have signed in with
    is counted by itself: what others ask for does not count there.
    """
    if browser := known_browser(request, user):
        return bool(ratelimit.consume(request, action="known_browser_code", key=browser + email))
    return bool(ratelimit.consume(request, action="request_login_code", key=email))


def save_code(email: str, browser: str, code: str, now: datetime) -> None:
    """Make this the one valid code of this address in this browser, from `now` for LIFETIME."""
    email = email_of(email)
    forget_old_codes(now)
    SignInCode.objects.bulk_create(
        [SignInCode(browser=_hash(email, browser), digest=_digest(email, code), issued_at=now)],
        update_conflicts=True,
        unique_fields=["browser"],
        update_fields=["digest", "issued_at", "tries"],
    )


def forget_old_codes(now: datetime) -> None:
    """Delete the rows that are of no use any more."""
    SignInCode.objects.filter(issued_at__lt=now - KEPT).delete()


def try_code(email: str, browser: str, code: str, now: datetime) -> CodeOutcome:
    """Try a code: a right one is used up, and a wrong one counts towards TRIES.

    Locks the row, so that of several tries at the same moment each is counted.
    """
    email = email_of(email)
    with transaction.atomic():
        kept = (
            SignInCode.objects.select_for_update()
            .filter(browser=_hash(email, browser), issued_at__gt=now - LIFETIME, tries__lt=TRIES)
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


def _hash(email: str, browser: str) -> str:
    """A keyed hash of both. The address is not kept in the clear: its owner may be no user."""
    text = f"{browser} {email}"
    return salted_hmac("accounts.codes.browser", text, algorithm="sha256").hexdigest()


def _digest(email: str, code: str) -> str:
    return salted_hmac("accounts.codes.code", f"{email} {code}", algorithm="sha256").hexdigest()


class CodeProcess(LoginCodeVerificationProcess):
    """Begins a sign-in by code; allauth's own class does the rest.

    Every address costs the same work, whether it is a tutor's, a member of staff's or has no
    account: only the email differs. So the browser's session keeps the address and not the user,
    who is looked up once the right code was entered.
    """

    @classmethod
    def was_begun_just_now(cls, request: HttpRequest, email: str) -> bool:
        """Whether this browser asked for a code at this address within ASK_AGAIN_AFTER."""
        state = cls._pending(request)
        age = time.time() - state.get("at", 0)
        return state.get("email") == email and age < ASK_AGAIN_AFTER.total_seconds()

    @staticmethod
    def _pending(request: HttpRequest) -> dict[str, Any]:
        """What the session keeps of the code that it expects; {} when it expects none."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return stage.state if stage else {}

    @classmethod
    def begin(cls, request: HttpRequest, user: User | None, email: str) -> None:
        """Queue the email to the owner of this address; the session keeps that a code is expected.

        `user` is the user with this address, if there is one.
        """
        browser = cls._pending(request).get("browser") or get_random_string(32)
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        stage.state["browser"] = browser
        code = get_adapter().generate_login_code()
        now = timezone.now()
        with transaction.atomic():
            save_code(email, browser, code, now)
            send_later(
                email,
                emails.sign_in_code(user, code),
                user_id=user.pk if user else None,
                send_before=now + LIFETIME,
            )
        cls(stage).persist()
