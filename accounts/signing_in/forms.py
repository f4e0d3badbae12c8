"""The forms on which users sign in."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.internal import auth as totp
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm

from accounts.models import User
from accounts.signing_in.audit import sign_in_failed
from accounts.signing_in.codes import CodeOutcome, CodeProcess, may_ask
from core.forms import AddressField
from core.text import cleaned

EMAIL_ERRORS = {
    "required": "Enter your email address",
    "invalid": "Enter an email address in the correct format, like name@example.com",
}
WRONG_CODE = "The code is not right. If we sent you several, try the others"
TOO_MANY = "You have tried too many times. Wait 15 minutes, then try again"
CODE_INPUT = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": False,
    "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
}


def helper_with_button(form: forms.Form, text: str) -> FormHelper:
    """The crispy helper of a form that has one button with this text."""
    helper = FormHelper(form)
    helper.add_input(Submit("", text))
    return helper


def email_field() -> forms.EmailField:
    """The question for the user's own email address."""
    return AddressField(label="Email address", error_messages=EMAIL_ERRORS)


def code_field(label: str) -> forms.CharField:
    """The question for a six-digit code."""
    return forms.CharField(
        label=label,
        max_length=20,
        error_messages={"required": "Enter the 6-digit code"},
        widget=forms.TextInput(attrs=CODE_INPUT),
    )


def digits_of(entry: str) -> str:
    """The code that was entered, without spaces and dashes."""
    return cleaned(entry).replace(" ", "").replace("-", "")


class AskForCodeForm(RequestLoginCodeForm):
    """Asks for the address to send a code to; how often is limited (`codes.may_ask`).

    `is_repeated` says after validation that this browser asked for the same a moment ago. That is
    not counted, and nothing is to be sent.
    """

    is_repeated = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()
        self.helper = helper_with_button(self, "Continue")

    def clean_email(self) -> str:
        """The address in lower case. Puts its user, if there is one, in `_user`."""
        email = self.cleaned_data["email"]
        self._user = User.objects.filter(email=email).first()
        self.is_repeated = CodeProcess.was_begun_just_now(context.request, email)
        if not self.is_repeated and not may_ask(context.request, self._user, email):
            raise forms.ValidationError(TOO_MANY)
        return email


class EnterCodeForm(ConfirmLoginCodeForm):
    """Asks for the emailed code. Calls `try_code` with it at most once."""

    def __init__(self, *args: Any, try_code: Callable[[str], CodeOutcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._try_code = try_code
        self.fields["code"] = code_field("6-digit code")
        self.helper = helper_with_button(self, "Sign in")

    def clean_code(self) -> str:
        """The code, if it is right; raises ValidationError, which says why it is not."""
        code = digits_of(self.cleaned_data["code"])
        if len(code) != 6 or not code.isdigit():
            raise forms.ValidationError("The code must be 6 numbers, like 123456")
        match self._try_code(code):
            case CodeOutcome.WRONG:
                raise forms.ValidationError(WRONG_CODE)
            case CodeOutcome.OVER:
                raise forms.ValidationError(
                    "This code can no longer be used. Get a new code and enter that one"
                )
        return code


class PasswordForm(LoginForm):
    """Asks DfE staff for email address and password: the first of two factors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = forms.CharField(
            label="Password",
            strip=False,
            error_messages={"required": "Enter your password"},
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.helper = helper_with_button(self, "Continue")


class ChangePasswordForm(AdminPasswordChangeForm):
    """Asks DfE staff who are signed in for their old password and a new one."""

    def clean_old_password(self) -> str:
        """The old password; how often it may be tried is limited, as at a sign-in."""
        if not ratelimit.consume(context.request, action="change_password", user=self.user):
            raise forms.ValidationError(TOO_MANY)
        try:
            return super().clean_old_password()
        except forms.ValidationError:
            sign_in_failed(self.user.email, by="old password")
            raise


class SecondFactorForm(AuthenticateForm):
    """Asks DfE staff for the code that their authenticator app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("6-digit code from your authenticator app")
        self.helper = helper_with_button(self, "Sign in")


class AcceptInvitationForm(SetPasswordForm):
    """Asks invited staff for a new password, and for a code that proves their app is set up."""

    error_messages = {  # noqa: RUF012 - as in the class this extends
        "password_mismatch": "The passwords do not match",
    }

    def __init__(self, user: User, secret: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self._secret = secret
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label = "New password"
        first.help_text = "At least 12 characters, and not a common password"
        first.error_messages["required"] = "Enter a new password"
        second.label = "New password again"
        second.help_text = ""
        second.error_messages["required"] = "Enter the new password again"
        self.fields["code"] = code_field("6-digit code that the app now shows")
        self.helper = helper_with_button(self, "Save")

    def clean_code(self) -> str:
        """The code, if an app with this page's secret made it; else raises ValidationError."""
        code = digits_of(self.cleaned_data["code"])
        if not totp.validate_totp_code(self._secret, code):
            raise forms.ValidationError(
                "The code is not right. Enter the one that the app shows at this moment"
            )
        return code
