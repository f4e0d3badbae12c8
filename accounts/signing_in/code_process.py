"""allauth's sign-in by code, with the code in our table instead of the browser's session."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest
from django.utils import timezone

from accounts.mail import letters
from accounts.models import User
from accounts.signing_in import codes


class CodeProcess(LoginCodeVerificationProcess):
    """Asking for a code. Entering it is allauth's, but for where code and user are looked up.

    A known, an unknown and a staff address are the same work: only the letter differs. So the
    browser's session keeps the address and no user, who is found when the right code is there.
    """

    @classmethod
    def begin(cls, request: HttpRequest, user: User | None, email: str) -> bool:
        """Email the owner of this address; return whether the email went out.

        The browser remembers that a code is expected.
        """
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        code = get_adapter().generate_login_code()
        codes.keep(email, code, timezone.now())
        cls(stage).persist()
        return letters.went_out(email, letters.answer_to_sign_in(user, code))
