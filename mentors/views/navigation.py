"""The parts of every school page outside its content: the service navigation, and the school."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School

SECTIONS = {"school-home": "Home", "ects": "Early career teachers", "mentors": "Mentors"}


class SignedInRequest(HttpRequest):
    """A request with a signed-in user, as LoginRequiredMiddleware guarantees it for every view."""

    user: User


def shell(
    subject: School | MentorAtSchool | ECTAtSchool | InductionTutor, section: str
) -> dict[str, object]:
    """The part of a page's context that the layout reads.

    `subject` is the school, or a person at it, from a query of schools/access.py. `section` is the
    URL name of the current item of the navigation.
    """
    school = subject if isinstance(subject, School) else subject.school
    has_others = subject.has_other_schools  # type: ignore[union-attr]  # from schools/access.py
    return {
        "navigation": navigation(school.urn, section),
        "in_school": {"name": school.name, "has_others": has_others},
    }


def navigation(urn: int, section: str) -> list[dict[str, str | bool]]:
    """The items of the service navigation; `section` is the URL name of the current one."""
    return [
        {"text": text, "href": reverse(name, args=[urn]), "active": name == section}
        for name, text in SECTIONS.items()
    ]
