"""The parts of every school page outside its content: the service navigation, and the school."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import cast
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from accounts.signing_in.sessions import SignedInRequest
from declarations.models import SchoolYear
from mentors.people.finding import find_person
from schools.access import find_school
from schools.closing import closed_in_words
from schools.finding import present_public_id
from schools.models import InductionTutor, Person, PersonAtSchool, School

PageOfPerson = Callable[[SignedInRequest, int, UUID], HttpResponseBase]
SECTIONS = {"school-home": "Home", "ects": "Early career teachers", "mentors": "Mentors"}


def school_or_404(request: SignedInRequest, urn: int, day: date) -> School:
    """The school with this URN. Raises Http404 if the user may not see it on this day."""
    school = find_school(request.user, urn, day)
    if school is None:
        raise Http404
    return school


def person_or_404(
    model: type[Person], request: SignedInRequest, urn: int, public_id: UUID, day: date
) -> Person:
    """The person with this public id at this school, as `people.finding.find_person` finds them.

    Raises Http404 if there is none, or if the user may not see the person on this day.
    """
    person = find_person(model, request.user, urn, public_id, day)
    if person is None:
        raise Http404
    return person


def at_former_addresses(model: type[Person]) -> Callable[[PageOfPerson], PageOfPerson]:
    """Decorate a page of a person: the public id of a time that was merged redirects to it.

    Where the user may not see the person, the page is not found, as that of an unknown id.
    """

    def decorate(page: PageOfPerson) -> PageOfPerson:
        @wraps(page)
        def page_or_redirect(
            request: SignedInRequest, urn: int, public_id: UUID
        ) -> HttpResponseBase:
            try:
                return page(request, urn, public_id)
            except Http404:
                present = present_public_id(public_id)
                if present is None:
                    raise
                person = person_or_404(model, request, urn, present, timezone.localdate())
                name = cast(ResolverMatch, request.resolver_match).view_name
                return redirect(name, urn, person.public_id, permanent=True)

        return page_or_redirect

    return decorate


def shell(
    subject: School | PersonAtSchool | InductionTutor | SchoolYear, section: str
) -> dict[str, object]:
    """The part of a page's context that the layout reads.

    `subject` is the school, or a person or a year of it, from a query of schools/access.py.
    `section` is the URL name of the current item of the navigation.
    """
    school = subject if isinstance(subject, School) else subject.school
    found = school if isinstance(subject, SchoolYear) else subject
    has_others = found.has_other_schools  # type: ignore[union-attr]  # from schools/access.py
    return {
        "navigation": navigation(school.urn, section),
        "in_school": {
            "name": school.name,
            "has_others": has_others,
            "closed": closed_in_words(school, timezone.localdate()),
        },
    }


def navigation(urn: int, section: str) -> list[dict[str, str | bool]]:
    """The items of the service navigation; `section` is the URL name of the current one."""
    return [
        {"text": text, "href": reverse(name, args=[urn]), "active": name == section}
        for name, text in SECTIONS.items()
    ]
