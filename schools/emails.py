"""The emails that induction tutors get: plain text, in GOV.UK style."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.email_queue import Email, make_email
from core.periods import in_words


def named_as_tutor(user: User, name: str, school: str) -> Email:
    """The email to a user who was named as an induction tutor of a school.

    `name` is the one they were named with, `school` the school's name. DfE staff and users with an
    inactive account read that they cannot sign in as a tutor; the person who named them does not.
    """
    named = f"This email is for {name}. You have been named as an induction tutor of {school}."
    if user.is_staff or not user.is_active:
        return make_email(
            "named as a tutor",
            "You have been named as an induction tutor",
            named,
            "With this email address you cannot sign in as an induction tutor. Ask the school to"
            f" name you with another one, or email {settings.SUPPORT_EMAIL}.",
        )
    return make_email(
        "named as a tutor",
        "You have been named as an induction tutor",
        named,
        "Induction tutors see and keep their school’s records of early career teachers and"
        " mentors.",
        "Sign in with this email address. You do not need a password: we will email you a code."
        f" Sign in at:\n{settings.SERVICE_URL}{reverse('account_request_login_code')}",
        "If you are not an induction tutor of this school, do not sign in, and email"
        f" {settings.SUPPORT_EMAIL}.",
    )


def mentor_added_elsewhere(
    mentor: str, school: str, elsewhere: str, started_on: date, last_day: date | None = None
) -> Email:
    """The email to the induction tutors of a mentor's `school` when `elsewhere` adds the mentor.

    `mentor`, `school` and `elsewhere` are names; `started_on` is the first day elsewhere.
    `last_day` is the last day at `school`, if `elsewhere` says that the mentor does not go on.
    """
    added = (
        f"{elsewhere} has added {mentor} as a mentor. Their start date there is"
        f" {in_words(started_on)}."
    )
    if last_day:
        return make_email(
            "mentor said to leave",
            f"Tell us if {mentor} is leaving {school}",
            f"{added} It told us that their last day at {school} is {in_words(last_day)}.",
            f"Nothing has changed at {school}: only you can tell us that {mentor} is leaving.",
            f"If they are, sign in and tell us their last day at:\n{settings.SERVICE_URL}",
            f"If they are not, email {settings.SUPPORT_EMAIL}.",
        )
    return make_email(
        "mentor added elsewhere",
        f"{mentor} is also a mentor at another school",
        added,
        f"Nothing has changed at {school}: {mentor} is still a mentor there, as a mentor may be at"
        " several schools.",
        f"If {mentor} is leaving {school}, or has left, tell us at:\n{settings.SERVICE_URL}",
    )


def mentor_not_elsewhere(mentor: str, elsewhere: str) -> Email:
    """The email to induction tutors who got `mentor_added_elsewhere`, when that is undone.

    `mentor` and `elsewhere`, the school that had added the mentor, are names.
    """
    return make_email(
        "mentor not added elsewhere",
        f"{mentor} is not a mentor at another school after all",
        f"We told you that {elsewhere} had added {mentor} as a mentor. It has undone this: {mentor}"
        " was added by mistake, or is not coming.",
        "Nothing has changed at your school. You do not need to do anything.",
    )
