"""Why a person is not signed in by DfE Sign-in: a code for the audit log, words for the page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """The code for the audit log; the heading, text and HTTP status of the page."""

    code: str
    heading: str
    words: str
    status: int = 403


CANCELLED = Reason(
    "cancelled",
    "You have not signed in",
    "DfE Sign-in did not sign you in. You can try again.",
)
EXPIRED = Reason(
    "expired",
    "This sign-in can no longer be used",
    "It was used already, took too long, or was started in another browser. Start again.",
    400,
)
UNREACHABLE = Reason(
    "unreachable",
    "DfE Sign-in is not available",
    "We could not reach DfE Sign-in, or did not understand its answer. Try again in a few minutes.",
    503,
)
NOT_BELIEVED = Reason(
    "not believed",
    "There is a problem with DfE Sign-in",
    "We could not be sure of what DfE Sign-in told us about you, so you are not signed in."
    " You can try again.",
    400,
)
NO_EMAIL = Reason(
    "no email",
    "DfE Sign-in did not give us your email address",
    "We need an email address that DfE Sign-in has checked. Look at your account there, then try"
    " again.",
)
STAFF = Reason(
    "staff",
    "DfE staff do not use DfE Sign-in here",
    "Sign in as DfE staff, with your password and authenticator app.",
)
INACTIVE = Reason(
    "inactive",
    "Your account is closed",
    "If you need it again, email us.",
)
OTHER_IDENTITY = Reason(
    "other identity",
    "You have another DfE Sign-in account",
    "We know your email address from another DfE Sign-in account. Sign in with that account, or"
    " with a code by email. If you no longer have it, email us.",
)
EMAIL_TAKEN = Reason(
    "email taken",
    "Another account has your email address",
    "Your email address at DfE Sign-in has changed, and another account here has the new one."
    " Email us, and we will find out why.",
)
NO_SCHOOL = Reason(
    "no school",
    "You are not an induction tutor at this organisation",
    "DfE Sign-in did not name a school that we know and that is open. If you have several"
    " organisations there, sign in again and choose your school. If your school is not among them,"
    " ask its approver at DfE Sign-in to add you.",
)
MEANWHILE = Reason(
    "meanwhile",
    "You are not signed in yet",
    "The same records were changed at the same moment. Sign in again.",
    409,
)


class NotSignedInError(Exception):
    """A sign-in by DfE Sign-in is refused, for a reason; `user_id` is None if it is not known."""

    def __init__(self, reason: Reason, user_id: int | None = None) -> None:
        super().__init__(reason.words)
        self.reason = reason
        self.user_id = user_id
