"""Whose record a journey changes, and the addresses of its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mentors.journeys import Journey
from mentors.people import has_left, whoever_is
from mentors.views.navigation import shell
from schools.access import ects_of, mentors_of
from schools.models import ECTAtSchool, MentorAtSchool

Person = MentorAtSchool | ECTAtSchool


@dataclass(frozen=True)
class Role:
    """What the pages of mentors and of ECTs differ in: `section` is that of the navigation."""

    page: str
    section: str
    caption: str
    people: Callable[[User, date], QuerySet[Person]]


ROLES = {
    "mentor": Role("mentor", "mentors", "Mentor", mentors_of),
    "ect": Role("ect", "ects", "Early career teacher (ECT)", ects_of),
}


@dataclass(frozen=True)
class Whom:
    """The person that the signed-in user changes something of, from a page of theirs."""

    person: Person
    role: Role
    user: User

    @property
    def has_left(self) -> bool:
        """Whether they left the school, and their record stays as it is."""
        return has_left(self.person, timezone.localdate())

    def address(self, page: str = "") -> str:
        """The address of their own page, or of one of a journey's: "name", "leaving-check"."""
        name = "-".join(filter(None, [self.role.page, page]))
        return reverse(name, args=[self.person.school.urn, self.person.public_id])

    def journey(self, name: str) -> Journey:
        """The user's journey of this name about this person."""
        return Journey(self.user, self.person.school, name, self.person.public_id)

    def page(self, **more: object) -> dict[str, object]:
        """What every page of a journey about this person shows around its question."""
        return {
            **shell(self.person, self.role.section),
            "caption": self.person.teacher.name,
            "whom": self,
            **more,
        }


def whom(request: HttpRequest, role: str, urn: int, public_id: UUID) -> Whom:
    """Return the person with this public id, at this school, whom the user may see.

    Raises Http404 when there is none.
    """
    today = timezone.localdate()
    people = ROLES[role].people(request.user, today).select_related("leaving")
    person = whoever_is(people, urn, public_id, today).first()
    if person is None:
        raise Http404
    return Whom(person, ROLES[role], request.user)
