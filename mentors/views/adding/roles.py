"""What differs between adding a mentor and adding an ECT."""

from dataclasses import dataclass

from schools.joining import NOUNS, Role
from schools.models import ECTAtSchool, MentorAtSchool


@dataclass(frozen=True)
class Adds:
    """A role as its journey needs it: the record, the words, and the names of its addresses.

    `noun` is "mentor", and `name` that of the journey; `section` is the URL name of the list.
    """

    role: Role
    noun: str
    name: str
    section: str

    @property
    def a_noun(self) -> str:
        """The noun with its article: "a mentor"."""
        return NOUNS[self.role]

    @property
    def person(self) -> str:
        """The URL name of the page of somebody who was added."""
        return self.noun.lower()


MENTOR = Adds(MentorAtSchool, "mentor", "add-mentor", "mentors")
ECT = Adds(ECTAtSchool, "ECT", "add-ect", "ects")
