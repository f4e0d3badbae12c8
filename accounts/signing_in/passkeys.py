"""Passkeys of DfE staff: a second factor beside the authenticator app, added once signed in.

A browser makes and uses one by a script (static/passkey.js); without scripts the app is the way.
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
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signing_in.forms import helper
from accounts.signing_in.sessions import may_enter_admin
from core.audit_log.recording import record

# Seconds.
JUST_NOW = 300
NO_PASSKEY = "Your browser did not give a passkey. Try again, or use your authenticator app"
NOT_ACCEPTED = "This passkey was not accepted. Try again, or use your authenticator app"
NOT_ADDED = "This passkey could not be added. Try again"


def _credential(no_passkey: str) -> forms.JSONField:
    """What the script fills in."""
    said = {"required": no_passkey, "invalid": no_passkey}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=said)


@contextmanager
def _refused_as(words: str) -> Iterator[None]:
    """Have all that is wrong with what came from the browser be an error of the form.

    What is no passkey at all ends in the library that reads it, by whatever it stumbles upon.
    """
    try:
        yield
    except forms.ValidationError as error:
        if error.code == "too_many_login_attempts":
            raise
        raise forms.ValidationError(words) from error
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as error:
        raise forms.ValidationError(words) from error


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """Signs in with a passkey as the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _credential(NO_PASSKEY)
        self.helper = helper(self, "Use a passkey")
        self.helper.form_id = "passkey"

    def clean_credential(self) -> Authenticator:
        """Return the passkey, if it is this user's."""
        with _refused_as(NOT_ACCEPTED):
            return super().clean_credential()


class NewPasskeyForm(AddWebAuthnForm):
    """Adds a passkey that the browser has made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Name of the passkey",
            help_text="For example, work laptop",
            max_length=100,
            required=False,
        )
        self.fields["credential"] = _credential(NOT_ADDED)
        self.helper = helper(self, "Add a passkey")
        self.helper.form_id = "passkey"

    def clean(self) -> dict[str, Any]:
        """Return what was entered, if the browser made the passkey for this page."""
        with _refused_as(NOT_ADDED):
            return super().clean()


def as_json(options: Any) -> str:
    """What the browser is asked, as the script reads it."""
    return json.dumps(options, default=dict)


def _for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a view to who may enter admin, and to nobody else."""

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, **parts: int) -> HttpResponse:
        if not may_enter_admin(request):
            raise PermissionDenied
        return view(request, **parts)

    return shown


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    """This user's passkeys, the newest first."""
    mine = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return mine.order_by("-created_at", "-pk")


@require_safe
@_for_staff
def passkeys(request: HttpRequest) -> HttpResponse:
    """The passkeys that a member of staff has, each with a button that removes it."""
    context = {"passkeys": passkeys_of(request.user), "signed_in": True}
    return render(request, "accounts/passkeys.html", context)


@require_POST
@_for_staff
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Remove one of their own; the authenticator app stays as their second factor."""
    passkey = get_object_or_404(passkeys_of(request.user), pk=passkey_id)
    name = str(passkey)
    passkey.delete()
    record("passkey removed", user=request.user.pk, passkey=passkey_id)
    messages.success(request, f"You have removed the passkey {name}")
    return redirect("passkeys")


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A member of staff adds a passkey, in a session that has just proved both factors.

    Otherwise whoever finds a browser open could make themself a way in.
    """
    if not _proved_just_now(request):
        return render(request, "accounts/passkey_sign_in_first.html", {"signed_in": True})
    form = NewPasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = auth.WebAuthn.add(
            request.user, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        record("passkey added", user=request.user.pk, passkey=made.instance.pk)
        messages.success(request, f"You have added the passkey {made.name}")
        return redirect("passkeys")
    options = as_json(auth.begin_registration(request.user, passwordless=False))
    context = {"form": form, "options": options, "signed_in": True}
    return render(request, "accounts/passkey.html", context)


def _proved_just_now(request: HttpRequest) -> bool:
    """Whether this session recorded a second factor within JUST_NOW."""
    records = get_authentication_records(request, request.user)
    return any(r["method"] == "mfa" and time.time() - r["at"] < JUST_NOW for r in records)
