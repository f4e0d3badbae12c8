"""The pages on which users sign in and out: allauth's views with our forms and templates."""

from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic.edit import FormView

from accounts.models import User
from accounts.signing_in import audit, codes, invitations, own_sessions, sessions
from accounts.signing_in.codes import CodeProcess
from accounts.signing_in.dfe_sign_in.provider import is_offered
from accounts.signing_in.forms import (
    AcceptInvitationForm,
    AskForCodeForm,
    EnterCodeForm,
    PasswordForm,
    SecondFactorForm,
)
from accounts.signing_in.known_browsers import known_browser
from accounts.signing_in.passkeys import UsePasskeyForm, as_json
from core.text import email_of

# Stands in the address of an invitation's page, instead of the token that its link has.
OPENED = "opened"
SENT_ALREADY = (
    "We sent an email to this address less than a minute ago, so we have not sent another. If it"
    " has not arrived in a minute, get a new code."
)


class _MayStartAgain:
    """A first page of signing in, which a user may open again while a code is expected."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Show the page: allauth would redirect to the code, but the user may want a new one."""


class AskForCodeView(_MayStartAgain, RequestLoginCodeView):
    """Induction tutors enter their email address. The answer is the same for every address."""

    template_name = "accounts/sign_in.html"

    def get_form_class(self) -> type[AskForCodeForm]:
        return AskForCodeForm

    def form_valid(self, form: AskForCodeForm) -> HttpResponse:
        """Queue the email, and redirect to the page that asks for its code."""
        if form.is_repeated:
            messages.info(self.request, SENT_ALREADY)
        else:
            CodeProcess.begin(self.request, form._user, form.cleaned_data["email"])
        return FormView.form_valid(self, form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = self.passthrough_next_url(reverse("dfe-sign-in")) if is_offered() else None
        return {**super().get_context_data(**kwargs), "dfe_sign_in_address": address}


class EnterCodeView(ConfirmLoginCodeView):
    """Induction tutors enter the code."""

    template_name = "accounts/code.html"

    def get_form_class(self) -> type[EnterCodeForm]:
        return EnterCodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form's arguments: it compares the code with our table, not with the session."""
        email, browser = (self._process.state[key] for key in ("email", "browser"))
        return {
            **super().get_form_kwargs(),
            "try_code": lambda code: codes.try_code(email, browser, code, timezone.now()),
        }

    def form_valid(self, form: EnterCodeForm) -> HttpResponse:
        """Sign in the user with this address, unless the adapter refuses them."""
        user = User.objects.get(email=self._process.state["email"])
        self._process.state["user_id"] = user_id_to_str(user)
        return super().form_valid(form)

    def form_invalid(self, form: EnterCodeForm) -> HttpResponse:
        """Show what is wrong with the code; after too many tries this browser must begin again."""
        audit.sign_in_failed(self._process.state["email"], by="code")
        self._process.record_invalid_attempt()
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        new_code = self.passthrough_next_url(reverse("account_request_login_code"))
        return {**super().get_context_data(**kwargs), "new_code_address": new_code}


class PasswordView(_MayStartAgain, LoginView):
    """DfE staff enter email address and password."""

    template_name = "accounts/staff_sign_in.html"

    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the post for its network address, unless the user has signed in here before."""
        email = email_of(request.POST.get("login", ""))
        is_known = known_browser(request, User.objects.filter(email=email).first())
        if not is_known and not ratelimit.consume(request, action="staff_sign_in"):
            return too_many_requests(request)
        return super().post(request, *args, **kwargs)


class SecondFactorView(AuthenticateView):
    """DfE staff enter the code of their authenticator app, or use a passkey."""

    template_name = "accounts/second_factor.html"

    def get_form_class(self) -> type[SecondFactorForm]:
        return SecondFactorForm

    def get_webauthn_form_class(self) -> type[UsePasskeyForm]:
        return UsePasskeyForm

    def form_invalid(self, form: SecondFactorForm | UsePasskeyForm) -> HttpResponse:
        """Show what is wrong, and write the failed try to the audit log."""
        if not any(form.has_error(field, "required") for field in form.fields):
            audit.record("sign-in failed", user=self.stage.login.user.pk, by="second factor")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's context: it has two forms, of which the one that was sent shows its errors."""
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        context["code_form"] = context["form"]
        if self.form is not None:
            context["form"] = self.form
        context["has_passkey"] = is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])
        context["options"] = as_json(context["js_data"]["request_options"])
        return context


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, user_id: int, token: str) -> HttpResponse:
    """The page on which invited staff choose a password and set up their app.

    A link with a token redirects to the same page at an address without it, as logs hold addresses.
    The session keeps the token.
    """
    kept = f"invitation of {user_id}"
    if token != OPENED and invitations.find_invited(user_id, token):
        request.session[kept] = {"token": token, "secret": invitations.new_secret()}
        return redirect("accept-invitation", user_id, OPENED)
    opened: dict[str, str] = request.session.get(kept, {}) if token == OPENED else {}
    user = invitations.find_invited(user_id, opened["token"]) if opened else None
    if user is None:
        return _invitation_over(request)
    secret = opened["secret"]
    form = AcceptInvitationForm(user, secret, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        try:
            invitations.accept(user, opened["token"], password, secret)
        except invitations.UsedInvitationError:
            return _invitation_over(request)
        audit.record("invitation accepted", user=user.pk)
        del request.session[kept]
        return redirect("account_login")
    context = {"form": form, "secret": secret, "qr_code": invitations.qr_code(user, secret)}
    return render(request, "accounts/invitation.html", context)


def _invitation_over(request: HttpRequest) -> HttpResponse:
    """The page of a link that was used, is too old, or has been followed by a newer one."""
    return render(request, "accounts/invitation_over.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The 429 page: too many tries from this network address."""
    return render(request, "accounts/too_many_requests.html", status=429)


@login_not_required
@require_safe
def needs_invitation(request: HttpRequest) -> HttpResponse:
    """The page for staff who gave the right password and have no second factor."""
    return render(request, "accounts/needs_invitation.html", status=403)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Redirects to the sign-in page, which says so.

    After a sign-in by DfE Sign-in it shows a page with a link that ends the session there. That
    cannot be a redirect: the security policy's form-action forbids one to another site.
    """
    address = sessions.dfe_sign_out_address(request)
    logout(request)
    if address:
        return render(request, "accounts/signed_out.html", {"at_dfe_sign_in": address})
    return redirect(f"{reverse(settings.LOGIN_URL)}?signed-out")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the user, this one last. Answers as `sign_out` does."""
    user = sessions.signed_in_user(request)
    ended = own_sessions.end_others(user, request.session.session_key)
    audit.record("signed out everywhere", user=user.pk, others=ended)
    return sign_out(request)
