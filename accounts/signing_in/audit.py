"""What the audit log says of signing in: who signed in, failed to, and signed out.

In a failed try at an address that no user has, `user` is null.
"""

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.models import User
from core.audit_log.recording import record
from core.text import email_of


def sign_in_failed(email: str, *, by: str) -> None:
    """Write a failed try to sign in, with the id of the user who has this address, if any.

    `by` is what was tried: "code" or "password".
    """
    user = User.objects.filter(email=email_of(email)).values_list("pk", flat=True).first()
    record("sign-in failed", user=user, by=by)


def groups_changed(user: User, before: set[int], after: set[int], *, by: User | None) -> None:
    """Write which groups, by id, a user was put into and taken out of.

    `by` is the superuser who did it; None for a command.
    """
    if before != after:
        changed = {"added": sorted(after - before), "removed": sorted(before - after)}
        record("groups changed", user=by.pk if by else None, of=user.pk, **changed)


def groups_of(user: User) -> set[int]:
    """The ids of the user's groups."""
    return set(user.groups.values_list("pk", flat=True))


def listen() -> None:
    """Record every sign-in and sign-out, whichever view it came through."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit log")
    user_logged_out.connect(_signed_out, dispatch_uid="audit log")
    user_login_failed.connect(_password_refused, dispatch_uid="audit log")


def _signed_in(request: HttpRequest, user: User, **_: object) -> None:
    methods = [entry["method"] for entry in get_authentication_records(request, user)]
    record("signed in", user=user.pk, by=methods)


def _signed_out(user: User | None, **_: object) -> None:
    if user is not None:
        record("signed out", user=user.pk)


def _password_refused(credentials: dict[str, str], **_: object) -> None:
    sign_in_failed(credentials.get("email", ""), by="password")
