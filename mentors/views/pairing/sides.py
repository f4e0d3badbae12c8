"""From whose page a pairing starts, and what its pages say: the one difference of the journeys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mentors.pairing.candidates import Candidate, assignable_ects, mentors_for
from mentors.views import roles
from mentors.views.roles import Person, Role


@dataclass(frozen=True)
class Side:
    """One who is paired, by the page from which it starts.

    `journey` is the name under which answers are kept and the beginning of the pages' URL names.
    `question` and `nobody` take the person's name; `missing` is said when no answer was given.
    """

    journey: str
    role: Role
    candidates: Callable[[Person, date], tuple[Candidate, ...]]
    question: str
    missing: str
    nobody: str
    why_nobody: str


MENTOR = Side(
    journey="assign",
    role=roles.MENTOR,
    candidates=assignable_ects,
    question="Who would you like to assign to {}?",
    missing="Select who you would like to assign",
    nobody="Nobody can be assigned to {}",
    why_nobody=(
        "An ECT can be assigned to a mentor when both are at your school, induction is not"
        " completed, and the mentor does not mentor them already."
    ),
)
ECT = Side(
    journey="change-mentor",
    role=roles.ECT,
    candidates=mentors_for,
    question="Who will mentor {}?",
    missing="Select who will mentor them",
    nobody="Nobody can be chosen to mentor {}",
    why_nobody=(
        "An ECT can be given a mentor when both are at your school and induction is not completed."
        " At the moment you have no other mentor to choose."
    ),
)


def other(side: Side) -> Side:
    """The side of the person who is chosen."""
    return ECT if side is MENTOR else MENTOR
