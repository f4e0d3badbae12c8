"""Invites DfE staff by a link, to choose a password and set up an authenticator app.

The link works once, for PASSWORD_RESET_TIMEOUT, until a newer one is made. Accepting an invitation
replaces both factors, so it also helps a member of staff who has lost their phone.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from qrcode import make
from qrcode.image.svg import SvgPathImage

from accounts import emails
from accounts.models import User
from accounts.signing_in import audit
from core.email_queue import send_later
from core.text import email_of


class _Tokens(PasswordResetTokenGenerator):
    """Makes the links' tokens, which a new password and a newer invitation make invalid."""

    key_salt = "accounts.signing_in.invitations"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.invitations}"


_tokens = _Tokens()


class NotStaffError(Exception):
    """This address cannot be invited. The message says why."""


class UsedInvitationError(Exception):
    """The invitation was accepted, or a newer one was made, since its page was opened."""


def is_staff_address(email: str) -> bool:
    """Whether staff may be invited at this address: STAFF_EMAIL_DOMAINS has its domain."""
    return email.rpartition("@")[2].lower() in settings.STAFF_EMAIL_DOMAINS


def _check_staff_address(email: str) -> None:
    if not is_staff_address(email):
        domains = " or ".join(f"@{domain}" for domain in settings.STAFF_EMAIL_DOMAINS)
        raise NotStaffError(f"{email} is not an address of DfE staff: those end in {domains}")


def make_staff(email: str, name: str, groups: list[str]) -> User:
    """Make a member of staff, unless there is one with this address; add them to these groups.

    `groups` are names. A new user without a name gets the address as name. Raises NotStaffError
    when the address is that of an induction tutor or an inactive user, or of no domain of staff,
    and Group.DoesNotExist.
    """
    email = email_of(email)
    _check_staff_address(email)
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

    `by` is the superuser who invites them; None for a command. Raises NotStaffError for an address
    of no domain of staff.
    """
    _check_staff_address(user.email)
    audit.record("invited", user=by.pk if by else None, invited=user.pk)
    send_later(user.email, emails.invitation(make_link(user)), user_id=user.pk)


def make_link(user: User) -> str:
    """A new link for this member of staff: a whole address, with the host. It ends older ones."""
    User.objects.filter(pk=user.pk).update(invitations=F("invitations") + 1)
    user.refresh_from_db(fields=["invitations"])
    path = reverse("accept-invitation", args=[user.pk, _tokens.make_token(user)])
    return f"{settings.SERVICE_URL}{path}"


def find_invited(user_id: int, token: str) -> User | None:
    """The member of staff that a link with this token invites; None if it is used, old or wrong."""
    user = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    return user if user and _tokens.check_token(user, token) else None


@transaction.atomic
def accept(invited: User, token: str, password: str, secret: str) -> None:
    """Give a member of staff this password and authenticator app; removes all earlier factors.

    `secret` is the one that the app has. Locks the user's row, so that of two who accept at once
    the later gets UsedInvitationError.
    """
    user = User.objects.select_for_update().get(pk=invited.pk)
    if find_invited(user.pk, token) is None:
        raise UsedInvitationError
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
