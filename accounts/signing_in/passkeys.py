"""Passkeys of DfE staff: a second factor beside the authenticator app, added once signed in.

A browser makes and uses one by a script (static/passkey.js); without scripts the app is the way.
"""

import json
import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.signing_in.forms import helper
from accounts.signing_in.second_factor import may_enter_admin
from accounts.trail.lines import record

# Seconds.
JUST_NOW = 300
NO_PASSKEY = "Your browser did not give a passkey. Try again, or use your authenticator app"


def _credential() -> forms.JSONField:
    """What the script fills in."""
    return forms.JSONField(widget=forms.HiddenInput, error_messages={"required": NO_PASSKEY})


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """Signs in with a passkey as the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _credential()
        self.helper = helper(self, "Use a passkey")
        self.helper.form_id = "passkey"


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
        self.fields["credential"] = _credential()
        self.helper = helper(self, "Add a passkey")
        self.helper.form_id = "passkey"


def as_json(options: Any) -> str:
    """What the browser is asked, as the script reads it."""
    return json.dumps(options, default=dict)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A member of staff adds a passkey, in a session that has just proved both factors.

    Otherwise whoever finds a browser open could make themself a way in.
    """
    if not may_enter_admin(request):
        raise PermissionDenied
    if not _proved_just_now(request):
        return render(request, "accounts/passkey_sign_in_first.html", {"signed_in": True})
    form = NewPasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = auth.WebAuthn.add(
            request.user, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        record("passkey added", user=request.user.pk, passkey=made.instance.pk)
        return redirect("admin:index")
    options = as_json(auth.begin_registration(request.user, passwordless=False))
    context = {"form": form, "options": options, "signed_in": True}
    return render(request, "accounts/passkey.html", context)


def _proved_just_now(request: HttpRequest) -> bool:
    """Whether this session recorded a second factor within JUST_NOW."""
    records = get_authentication_records(request, request.user)
    return any(r["method"] == "mfa" and time.time() - r["at"] < JUST_NOW for r in records)
