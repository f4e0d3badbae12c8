"""The two roles that a person has at a school, and what the pages of each differ in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from mentors.people.listing import row_of_person
from schools import joining
from schools.access import ects_of, mentors_of
from schools.models import ECTAtSchool, MentorAtSchool

Person = MentorAtSchool | ECTAtSchool


@dataclass(frozen=True)
class Role:
    """Mentor or ECT: `model` holds the times at schools in this role, `noun` is "mentor" or "ECT".

    `page` is the URL name of a person's page, `section` that of the list. `people` gives the people
    in this role that a user may see on a day.
    """

    model: joining.Role
    noun: str
    page: str
    section: str
    people: Callable[[User, date], QuerySet[Any]]

    @property
    def a_noun(self) -> str:
        """The noun with its article: "a mentor"."""
        return joining.NOUNS[self.model]

    def find(self, user: User, urn: int, public_id: UUID, day: date) -> Person | None:
        """The person with this public id at this school, with their leaving if one was told.

        None when there is none that the user may see.
        """
        people = self.people(user, day).select_related("leaving")
        return row_of_person(people, urn, public_id, day).first()


MENTOR = Role(MentorAtSchool, "mentor", "mentor", "mentors", mentors_of)
ECT = Role(ECTAtSchool, "ECT", "ect", "ects", ects_of)
