"""Signing out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.signing_in.dfe_sign_in import session


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and lead to where one signs in, or to the end of the one at DfE Sign-in.

    By a link, as browsers hold a form's redirects to the policy's form-action too.
    """
    at_dfe_sign_in = session.sign_out_address(request)
    logout(request)
    if at_dfe_sign_in:
        return render(request, "accounts/signed_out.html", {"at_dfe_sign_in": at_dfe_sign_in})
    return redirect(settings.LOGIN_URL)
