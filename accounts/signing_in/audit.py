"""What the trail says of signing in: who did, failed to, and signed out.

A failed try at an address that is nobody's has the user null.
"""

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.models import User
from core.audit_log.recording import record


def failed(email: str, *, by: str) -> None:
    """Write a failed try at an address, by the id of the user it belongs to, if any."""
    user = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    record("sign-in failed", user=user, by=by)


def groups_changed(user: User, before: set[int], after: set[int], *, by: User | None) -> None:
    """Write which groups, by id, a user was put into or taken out of: what they may do in admin."""
    if before != after:
        changed = {"added": sorted(after - before), "removed": sorted(before - after)}
        record("groups changed", user=by and by.pk, of=user.pk, **changed)


def groups_of(user: User) -> set[int]:
    """The ids of the groups that a user is in now."""
    return set(user.groups.values_list("pk", flat=True))


def listen() -> None:
    """Have every way of signing in and out recorded, whichever view it came through."""
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
    failed(credentials.get("email", ""), by="password")
