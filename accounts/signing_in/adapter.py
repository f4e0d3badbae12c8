"""Our settings for allauth in code: who may go on after the first factor, and to which page."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit  # its public part cannot take a count back
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.signing_in import audit, dfe_sign_in
from accounts.signing_in.known_browsers import known_browser, remember_in_browser
from core.encryption import UnreadableSecretError, decrypt, encrypt
from core.text import email_of

# The purpose under which secrets of authenticator apps are encrypted; it must not change.
_SECRETS_OF_APPS = b"accounts.signing_in.secrets_at_rest"


class AccountAdapter(DefaultAccountAdapter):
    """Lets tutors in by code or DfE Sign-in, and staff by password and second factor.

    No user signs up: see docs/signing-in.md for how accounts are made.
    """

    error_messages = {  # noqa: RUF012 - as in the class this extends
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email address or password is not right",
        "too_many_login_attempts": "You have tried too many times. Wait 15 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Show none of allauth's messages: our pages say all."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; raise ValidationError beyond the limit.

        allauth takes the count back when the password is right. A browser that the user has signed
        in with is counted by itself: what others try does not count there.
        """
        email = email_of(credentials["email"])
        browser = known_browser(request, User.objects.filter(email=email).first())
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="known_browser_password_failed" if browser else "password_failed",
            key=f"{browser or ''}{email}",
        )
        if not self._login_failed_rl_usage:
            # Django sends no signal for a try beyond the limit.
            audit.sign_in_failed(email, by="password")
            raise self.validation_error("too_many_login_attempts")

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """After the first factor, refuse users who may not use it, and staff without a second.

        Returns the redirect of a refused user; None lets the user go on.
        """
        records = get_authentication_records(request, user)
        method = [record["method"] for record in records if record["method"] != "mfa"][-1]
        allowed = ("password",) if user.is_staff else ("code", dfe_sign_in.METHOD)
        if not user.is_active or method not in allowed:
            return _refuse(request, user, method, "account_request_login_code")
        if user.is_staff and not is_mfa_enabled(user):
            return _refuse(request, user, method, "needs-invitation")
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        # Again, as the account may have changed since the first factor.
        if refused := self.pre_login(request, user):
            raise ImmediateHttpResponse(refused)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember_in_browser(request, response, user)
        return response

    def is_safe_url(self, url: str) -> bool:
        """Whether a page may be wanted after signing in: one of this host.

        allauth's own takes every host of the service, and fails at an address that is none.
        """
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else "/"


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of authenticator apps, and has our words for a wrong code.

    A thief of the database then has no second factor. Passkeys need no encryption: the database has
    only their public keys.
    """

    error_messages = {  # noqa: RUF012 - as in the class this extends
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. Enter the one that the app shows at this moment",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text, _SECRETS_OF_APPS)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return decrypt(encrypted_text, _SECRETS_OF_APPS)
        except UnreadableSecretError as error:
            # To the user this is the same as a wrong code.
            raise self.validation_error("incorrect_code") from error


def _refuse(request: HttpRequest, user: User, method: str, page: str) -> HttpResponse:
    """Forget the first factor, and redirect to the page that says what to do instead."""
    clear_login(request)
    audit.record("sign-in refused", user=user.pk, by=method)
    return redirect(page)
