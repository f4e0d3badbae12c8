"""Passkeys of DfE staff: a second factor beside the authenticator app.

Staff add them once signed in. A browser makes and uses them by a script (static/passkey.js); staff
use their app where scripts do not run.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signing_in.forms import helper_with_button
from accounts.signing_in.sessions import may_enter_admin, signed_in_user
from core.audit_log.recording import record
from core.forms import TextField

# Seconds after both factors in which a passkey may be added.
JUST_NOW = 300
NO_PASSKEY = "Your browser did not give a passkey. Try again, or use your authenticator app"
NOT_ACCEPTED = "This passkey was not accepted. Try again, or use your authenticator app"
NOT_ADDED = "This passkey could not be added. Try again"


class _CredentialField(forms.CharField):
    """The hidden field that the script fills in, with JSON; `error` is shown when it is not JSON.

    Django's JSONField fails at brackets nested too deep, and at a number of too many digits.
    """

    widget = forms.HiddenInput

    def __init__(self, error: str) -> None:
        super().__init__()
        self._error = error

    def clean(self, value: Any) -> Any:
        try:
            answer = json.loads(value or "null")
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self._error, code="invalid") from error
        if not answer:  # allauth would accept an empty answer
            raise forms.ValidationError(self._error, code="required")
        return answer


@contextmanager
def _faults_as_error(message: str) -> Iterator[None]:
    """Raise ValidationError with this message for any fault in what the browser sent.

    The library that reads a passkey raises many kinds of error for data that is no passkey.
    """
    try:
        yield
    except forms.ValidationError as error:
        if error.code == "too_many_login_attempts":
            raise
        raise forms.ValidationError(message) from error
    except DatabaseError:
        raise
    except Exception as error:
        raise forms.ValidationError(message) from error


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """Signs in with a passkey as the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _CredentialField(NO_PASSKEY)
        self.helper = helper_with_button(self, "Use a passkey")
        self.helper.form_id = "passkey"

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is the user's; else raises ValidationError."""
        with _faults_as_error(NOT_ACCEPTED):
            return super().clean_credential()


class NewPasskeyForm(AddWebAuthnForm):
    """Adds a passkey that the browser has made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = TextField(
            label="Name of the passkey",
            help_text="For example, work laptop",
            max_length=100,
            required=False,
        )
        self.fields["credential"] = _CredentialField(NOT_ADDED)
        self.helper = helper_with_button(self, "Add a passkey")
        self.helper.form_id = "passkey"

    def clean(self) -> dict[str, Any]:
        with _faults_as_error(NOT_ADDED):
            return super().clean()


def as_json(options: Any) -> str:
    """The options of a passkey in JSON, as the script reads them."""
    return json.dumps(options, default=dict)


def _staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 403 to users who may not enter admin."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, **parts: int) -> HttpResponse:
        if not may_enter_admin(request):
            raise PermissionDenied
        return view(request, **parts)

    return checked


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    """The user's passkeys, newest first."""
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return passkeys.order_by("-created_at", "-pk")


@require_safe
@_staff_only
def list_passkeys(request: HttpRequest) -> HttpResponse:
    """The page of a member of staff's own passkeys, each with a button that removes it."""
    context = {"passkeys": passkeys_of(signed_in_user(request)), "signed_in": True}
    return render(request, "accounts/passkeys.html", context)


@require_POST
@_staff_only
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Remove one of the user's own passkeys. The authenticator app stays."""
    user = signed_in_user(request)
    passkey = get_object_or_404(passkeys_of(user), pk=passkey_id)
    name = str(passkey)
    passkey.delete()
    record("passkey removed", user=user.pk, passkey=passkey_id)
    messages.success(request, f"You have removed the passkey {name}.")
    return redirect("passkeys")


@require_http_methods(["GET", "HEAD", "POST"])
@_staff_only
def add_passkey(request: HttpRequest) -> HttpResponse:
    """The page that adds a passkey, within JUST_NOW of signing in with both factors.

    Later it asks to sign in again: a person who finds an open browser must not add a passkey.
    """
    if not _proved_just_now(request):
        return render(request, "accounts/passkey_sign_in_first.html", {"signed_in": True})
    form = NewPasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = auth.WebAuthn.add(
            request.user, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        record("passkey added", user=request.user.pk, passkey=made.instance.pk)
        messages.success(request, f"You have added the passkey {made.name}.")
        return redirect("passkeys")
    options = as_json(auth.begin_registration(request.user, passwordless=False))
    context = {"form": form, "options": options, "signed_in": True}
    return render(request, "accounts/passkey.html", context)


def _proved_just_now(request: HttpRequest) -> bool:
    """Whether this session proved a second factor within JUST_NOW."""
    records = get_authentication_records(request, request.user)
    return any(r["method"] == "mfa" and time.time() - r["at"] < JUST_NOW for r in records)
