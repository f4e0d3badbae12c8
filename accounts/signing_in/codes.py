"""The one valid sign-in code of each email address, over all browsers and all workers.

django-allauth binds a code to the browser that asked for it. What it cannot know is kept here, in
one row for each address: which code is the newest, and how often anybody has tried. Addresses
without an account have a row too, so that they cost the same work.
"""

from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import SignInCode

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
    SignInCode.objects.filter(issued_at__lt=now - KEPT).delete()
    SignInCode.objects.bulk_create(
        [SignInCode(account=_account(email), digest=_digest(email, code), issued_at=now, tries=0)],
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=["digest", "issued_at", "tries"],
    )


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
