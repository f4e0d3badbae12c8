"""What the pages of mentors and of ECTs differ in, and how the journeys find one of either."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from mentors.people.listing import row_of_person
from schools.access import ects_of, mentors_of
from schools.models import ECTAtSchool, MentorAtSchool

Person = MentorAtSchool | ECTAtSchool


@dataclass(frozen=True)
class Role:
    """`page` is the URL name of their page, `section` that of their list.

    `people` gives those whom a user may see on a day.
    """

    page: str
    section: str
    people: Callable[[User, date], QuerySet[Person]]

    def find(self, user: User, urn: int, public_id: UUID, day: date) -> Person:
        """The person with this public id, at this school, whom the user may see, and their leaving.

        Raises Http404 when there is none.
        """
        seen = self.people(user, day).select_related("leaving")
        found = row_of_person(seen, urn, public_id, day).first()
        if found is None:
            raise Http404
        return found


MENTOR = Role("mentor", "mentors", mentors_of)
ECT = Role("ect", "ects", ects_of)
