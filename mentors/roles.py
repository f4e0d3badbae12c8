"""The two roles that a person has at a school, and what the pages of each differ in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from mentors.people.finding import find_person
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, RoleModel


@dataclass(frozen=True)
class Role:
    """Mentor or ECT: `model` holds the times at schools in this role, `noun` is "mentor" or "ECT".

    `page` is the URL name of a person's page, `section` that of the list.
    """

    model: RoleModel
    noun: str
    page: str
    section: str

    @property
    def a_noun(self) -> str:
        """The noun with its article: "a mentor"."""
        return self.model.a_noun

    def find(self, user: User, urn: int, public_id: UUID, day: date) -> PersonAtSchool | None:
        """The person with this public id at this school, if the user may see them on this day."""
        if self.model is MentorAtSchool:
            return find_person(MentorAtSchool, user, urn, public_id, day)
        return find_person(ECTAtSchool, user, urn, public_id, day)


MENTOR = Role(MentorAtSchool, "mentor", "mentor", "mentors")
ECT = Role(ECTAtSchool, "ECT", "ect", "ects")
