"""What a browser's session knows of a sign-in by DfE Sign-in: where it wanted to go, how to end."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.signing_in.dfe_sign_in import METHOD

_NEXT = "dfe_sign_in_next"
_SIGN_OUT = "dfe_sign_in_sign_out"


def remember_next(request: HttpRequest) -> None:
    """Keep the page that was asked for, if it is one of ours, until the browser comes back."""
    request.session[_NEXT] = get_next_redirect_url(request)


def sign_in(request: HttpRequest, user: User, sign_out_address: str) -> HttpResponse:
    """Sign this user in, and lead to the page they asked for; the adapter has the last word."""
    wanted = request.session.pop(_NEXT, None)
    record_authentication(request, user, method=METHOD)
    response = perform_login(request, Login(user=user, redirect_url=wanted))
    if request.user.is_authenticated:
        request.session[_SIGN_OUT] = sign_out_address
    return response


def sign_out_address(request: HttpRequest) -> str:
    """Where this session's sign-in at DfE Sign-in is ended; empty if there is none."""
    return request.session.get(_SIGN_OUT, "")
