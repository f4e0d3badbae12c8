"""What allauth asks of this service: who may go on after a first factor, and where to."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.signing_in import audit, dfe_sign_in, secrets_at_rest
from core.encryption import UnreadableSecretError


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; tutors come by code or DfE Sign-in, staff by password and second factor."""

    error_messages = {  # noqa: RUF012 - as in the class this extends
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email address or password is not right",
        "too_many_login_attempts": "You have tried too many times. Wait 15 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by DfE staff."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing besides the pages themselves."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a password beyond the limit; such a try is in the trail as any other is."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audit.failed(credentials["email"], by="password")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The address alone: allauth counts by the host too, which whoever asks may vary."""
        return credentials["email"].lower()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """After the first factor: refuse the wrong means, and staff who have no second factor."""
        records = get_authentication_records(request, user)
        method = [record["method"] for record in records if record["method"] != "mfa"][-1]
        allowed = ("password",) if user.is_staff else ("code", dfe_sign_in.METHOD)
        if not user.is_active or method not in allowed:
            return _refuse(request, user, method, "account_request_login_code")
        if user.is_staff and not is_mfa_enabled(user):
            return _refuse(request, user, method, "needs-invitation")
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        """Let somebody in, unless they may no longer come in since the first factor."""
        if refused := self.pre_login(request, user):
            raise ImmediateHttpResponse(refused)
        super().login(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to admin, tutors to their schools."""
        return reverse("admin:index") if request.user.is_staff else "/"


class MFAAdapter(DefaultMFAAdapter):
    """How the service is called in an authenticator app, and how the app's secret is kept."""

    error_messages = {  # noqa: RUF012 - as in the class this extends
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. Enter the one that the app shows at this moment",
    }

    def encrypt(self, text: str) -> str:
        """How an app's secret is kept."""
        return secrets_at_rest.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """An app's secret; one that cannot be read any more is as a wrong code."""
        try:
            return secrets_at_rest.decrypt(encrypted_text)
        except UnreadableSecretError as error:
            raise self.validation_error("incorrect_code") from error


def _refuse(request: HttpRequest, user: User, method: str, page: str) -> HttpResponse:
    """Forget the first factor, and show what to do instead."""
    clear_login(request)
    audit.record("sign-in refused", user=user.pk, by=method)
    return redirect(page)
