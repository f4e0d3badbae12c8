"""Invites DfE staff by a link, to choose a password and set up an authenticator app.

The link works once, for PASSWORD_RESET_TIMEOUT. A new invitation replaces both factors, so it also
helps a member of staff who has lost their phone.
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
from core.text import email_of


class _Tokens(PasswordResetTokenGenerator):
    """Makes the links' tokens, which a new password makes invalid."""

    key_salt = "accounts.signing_in.invitations"


_tokens = _Tokens()


class NotStaffError(Exception):
    """The user with this address is not an active member of DfE staff."""


def make_staff(email: str, name: str, groups: list[str]) -> User:
    """Make a member of staff, unless there is one with this address; add them to these groups.

    `groups` are names. A new user without a name gets the address as name. Raises NotStaffError
    when the address is that of an induction tutor or an inactive user, and Group.DoesNotExist.
    """
    email = email_of(email)
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

    `by` is the superuser who invites them; None for a command.
    """
    audit.record("invited", user=by.pk if by else None, invited=user.pk)
    send_later(user.email, emails.invitation(make_link(user)), user_id=user.pk)


def make_link(user: User) -> str:
    """A new link for this member of staff: a whole address, with the host."""
    path = reverse("accept-invitation", args=[user.pk, _tokens.make_token(user)])
    return f"{settings.SERVICE_URL}{path}"


def find_invited(user_id: int, token: str) -> User | None:
    """The member of staff that a link with this token invites; None if it is used, old or wrong."""
    user = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    return user if user and _tokens.check_token(user, token) else None


@transaction.atomic
def accept(user: User, password: str, secret: str) -> None:
    """Give a member of staff this password and authenticator app; removes all earlier factors.

    `secret` is the one that the app has.
    """
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    user.set_password(password)
    user.save(update_fields=["password"])


def new_secret() -> str:
    """A new secret for an authenticator app."""
    return generate_totp_secret()


def qr_code(user: User, secret: str) -> str:
    """The QR code, as SVG, by which an authenticator app gets the secret."""
    url = get_adapter().build_totp_url(user, secret)
    return make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
