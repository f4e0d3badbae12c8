"""The pages on which people sign in: allauth's views in use, with our forms and templates."""

from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormView

from accounts.models import User
from accounts.signing_in import audit, codes, invitations
from accounts.signing_in.codes import CodeProcess
from accounts.signing_in.dfe_sign_in.provider import is_offered
from accounts.signing_in.forms import (
    AcceptInvitationForm,
    CodeForm,
    EmailForm,
    PasswordForm,
    SecondFactorForm,
)
from accounts.signing_in.passkeys import UsePasskeyForm, as_json

# In the address of an invitation's page, instead of the token that its link has.
OPENED = "opened"


class _StartsAgain:
    """A first page of signing in, which may be asked for again while a code is expected."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Show the page, where allauth would lead back to the code: people ask for a new one."""


class AskForCodeView(_StartsAgain, RequestLoginCodeView):
    """Induction tutors enter their email address; the answer is the same for every address."""

    template_name = "accounts/sign_in.html"

    def get_form_class(self) -> type[EmailForm]:
        """Our form."""
        return EmailForm

    def form_valid(self, form: EmailForm) -> HttpResponse:
        """Have the email sent and go on to the page that asks for its code."""
        CodeProcess.begin(self.request, form._user, form.cleaned_data["email"])
        return FormView.form_valid(self, form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page also leads to DfE Sign-in, where that is offered."""
        address = self.passthrough_next_url(reverse("dfe-sign-in")) if is_offered() else None
        return {**super().get_context_data(**kwargs), "dfe_sign_in_address": address}


class EnterCodeView(ConfirmLoginCodeView):
    """Induction tutors enter the code."""

    template_name = "accounts/code.html"

    def get_form_class(self) -> type[CodeForm]:
        """Our form."""
        return CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form tries the code at our table, not in the session."""
        email = self._process.state["email"]
        return {
            **super().get_form_kwargs(),
            "attempt": lambda code: codes.attempt(email, code, timezone.now()),
        }

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Let the tutor in whose address it is; the adapter refuses who may not come this way."""
        user = User.objects.get(email=self._process.state["email"])
        self._process.state["user_id"] = user_id_to_str(user)
        return super().form_valid(form)

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """Say what is wrong with the code; after too many tries this browser must begin again."""
        audit.failed(self._process.state["email"], by="code")
        self._process.record_invalid_attempt()
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page also leads to where a new code is asked for."""
        new_code = self.passthrough_next_url(reverse("account_request_login_code"))
        return {**super().get_context_data(**kwargs), "new_code_address": new_code}


class PasswordView(_StartsAgain, LoginView):
    """DfE staff enter email address and password."""

    template_name = "accounts/staff_sign_in.html"

    def get_form_class(self) -> type[PasswordForm]:
        """Our form."""
        return PasswordForm


class SecondFactorView(AuthenticateView):
    """DfE staff enter the code of their authenticator app, or use a passkey."""

    template_name = "accounts/second_factor.html"

    def get_form_class(self) -> type[SecondFactorForm]:
        """Our form."""
        return SecondFactorForm

    def get_webauthn_form_class(self) -> type[UsePasskeyForm]:
        """Our form for passkeys."""
        return UsePasskeyForm

    def form_invalid(self, form: SecondFactorForm | UsePasskeyForm) -> HttpResponse:
        """Say what is wrong; a failed try, by app or passkey, is in the audit."""
        if not any(form.has_error(field, "required") for field in form.fields):
            audit.record("sign-in failed", user=self.stage.login.user.pk, by="second factor")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page offers a passkey to those who have one; errors are of the form that was sent."""
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
    """A member of DfE staff who was invited chooses a password and sets up their app.

    The link leads to the same page at an address without its token, which the session keeps: what
    is logged of a request is its address.
    """
    kept = f"invitation of {user_id}"
    if token != OPENED and invitations.invited(user_id, token):
        request.session[kept] = {"token": token, "secret": invitations.new_secret()}
        return redirect("accept-invitation", user_id, OPENED)
    opened = request.session.get(kept) if token == OPENED else None
    user = invitations.invited(user_id, opened["token"]) if opened else None
    if user is None:
        return render(request, "accounts/invitation_over.html", status=404)
    secret = opened["secret"]
    form = AcceptInvitationForm(user, secret, request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitations.accept(user, form.cleaned_data["new_password1"], secret)
        audit.record("invitation accepted", user=user.pk)
        del request.session[kept]
        return redirect("account_login")
    context = {"form": form, "secret": secret, "qr_code": invitations.qr_code(user, secret)}
    return render(request, "accounts/invitation.html", context)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What a network address sees that has sent too much to the staff sign-in page."""
    return render(request, "accounts/too_many_requests.html", status=429)


@login_not_required
@require_safe
def needs_invitation(request: HttpRequest) -> HttpResponse:
    """What somebody of DfE staff sees who has a password but no second factor."""
    return render(request, "accounts/needs_invitation.html", status=403)
