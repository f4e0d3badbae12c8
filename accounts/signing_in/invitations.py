"""Inviting DfE staff: a link with which they choose a password and set up their second factor.

The link works once and for PASSWORD_RESET_TIMEOUT. Inviting again replaces both factors, which is
also the way back for somebody who has lost their phone.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from qrcode import make
from qrcode.image.svg import SvgPathImage

from accounts import emails
from accounts.models import User
from accounts.signing_in import audit
from core.email_queue import send_later


class _Tokens(PasswordResetTokenGenerator):
    """Tokens that no other page of Django takes for its own; a new password ends them."""

    key_salt = "accounts.signing_in.invitations"


_tokens = _Tokens()


class NotStaffError(Exception):
    """An induction tutor cannot be invited as a member of staff."""


def make_staff(email: str, name: str, groups: list[str]) -> User:
    """Return the active member of staff with this address, made if new, added to these groups.

    Raises NotStaffError when the address is an induction tutor's, and Group.DoesNotExist.
    """
    email = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, name or email, is_staff=True)
        if not (user.is_staff and user.is_active):
            raise NotStaffError(f"{email} is not an active member of staff: change that in admin")
        before = audit.groups_of(user)
        user.groups.add(*(Group.objects.get(name=group) for group in groups))
    audit.groups_changed(user, before, audit.groups_of(user), by=None)
    return user


def invite(user: User, *, by: User | None) -> None:
    """Have a member of staff emailed the link, once the transaction under way is committed.

    `by` is the superuser who invites them; None is a command.
    """
    audit.record("invited", user=by and by.pk, invited=user.pk)
    send_later(user.email, emails.invitation(address(user)), user_id=user.pk)


def address(user: User) -> str:
    """Return the link, with the host."""
    path = reverse("accept-invitation", args=[user.pk, _tokens.make_token(user)])
    return f"{settings.SERVICE_URL}{path}"


def invited(user_id: int, token: str) -> User | None:
    """Return the member of staff whose link this is; None if it is nobody's, used or too old."""
    user = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    return user if user and _tokens.check_token(user, token) else None


@transaction.atomic
def accept(user: User, password: str, secret: str) -> None:
    """Give them this password and this authenticator app, instead of any they had before."""
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    user.set_password(password)
    user.save(update_fields=["password"])


def new_secret() -> str:
    """Return a new secret for an authenticator app."""
    return generate_totp_secret()


def qr_code(user: User, secret: str) -> str:
    """Return the SVG that an authenticator app scans."""
    url = get_adapter().build_totp_url(user, secret)
    return make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
