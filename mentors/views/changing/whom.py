"""Whose record a journey changes, and the addresses of its pages."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mentors.journeys import Journey
from mentors.people.listing import has_left
from mentors.views.navigation import shell
from mentors.views.roles import Person, Role


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
            **more,
        }


def whom(request: HttpRequest, role: Role, urn: int, public_id: UUID) -> Whom:
    """The person with this public id, at this school, as `Role.find` finds them."""
    person = role.find(request.user, urn, public_id, timezone.localdate())
    return Whom(person, role, request.user)
