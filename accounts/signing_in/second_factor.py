"""Who may enter admin: staff whose session records a second factor. The one place that decides."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

_DEMO_MARKER = "demo_staff"


def may_enter_admin(request: HttpRequest) -> bool:
    """Return whether this session may see admin at all; permissions decide about the rest."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records) or _is_let_in_by_demo(request)


def let_in_by_demo(request: HttpRequest) -> None:
    """Mark this session so that its user, a person of the demo, enters admin with no factor at all.

    Raises PermissionDenied in production.
    """
    if settings.IN_PRODUCTION:
        raise PermissionDenied("The demo's people do not exist in production")
    request.session[_DEMO_MARKER] = request.user.pk


def _is_let_in_by_demo(request: HttpRequest) -> bool:
    return not settings.IN_PRODUCTION and request.session.get(_DEMO_MARKER) == request.user.pk
