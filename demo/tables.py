"""The dataclasses that the tables in demo/schools are made of.

A period includes its last day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from declarations.models import SchoolYear
from declarations.models.declaration import CompletionKind, DeclarationType, EvidenceHeld
from declarations.models.partnership import TrainingProgramme
from declarations.states import State


@dataclass(frozen=True)
class DemoPartnership:
    """A lead provider and its delivery partner, in the academic year that starts in `year`."""

    year: int
    lead_provider: str
    delivery_partner: str


@dataclass(frozen=True)
class DemoYear:
    """The school's arrangements for the academic year that starts in `start`.

    `lead_provider` is the name of a lead provider that the school chose and that has not confirmed
    it yet; "" for none.
    """

    start: int
    appropriate_body: str
    partnerships: tuple[DemoPartnership, ...] = ()
    programme: TrainingProgramme = SchoolYear.Programme.PROVIDER_LED
    lead_provider: str = ""


@dataclass(frozen=True)
class DemoDeclaration:
    """A declaration by the provider of a training period, and its state today.

    `at`, its date, is an aware datetime. The declaration was submitted two days later, and reached
    each further state thirty days after the one before.
    """

    at: datetime
    state: State = State.ELIGIBLE
    type: DeclarationType = DeclarationType.COMPLETED
    evidence: EvidenceHeld = EvidenceHeld.OTHER


@dataclass(frozen=True)
class DemoTraining:
    """A mentor's training at the school. `withdrawn` and `deferred` are moments, or None.

    It waits if the school has no partnership with this provider in this year. It ends when it is
    withdrawn, deferred or first completed, or with the time at the school.
    """

    partnership: DemoPartnership
    started_on: date
    withdrawn: datetime | None = None
    deferred: datetime | None = None
    declared: tuple[DemoDeclaration, ...] = ()


@dataclass(frozen=True)
class DemoTeacher:
    """A person. Rows of one person at several schools have the same Teacher.

    `eligible_from`: the first day of funding, if it is not the first day of mentor training.
    """

    name: str
    trn: str
    born: date
    eligible_from: date | None = None
    recorded: CompletionKind | None = None


@dataclass(frozen=True)
class DemoMentor:
    """A mentor at the school. Without `email` the address is made from the name."""

    teacher: DemoTeacher
    started_on: date
    last_day: date | None = None
    training: tuple[DemoTraining, ...] = ()
    email: str = ""


@dataclass(frozen=True)
class DemoMentorship:
    """A mentorship of an ECT; `mentor` is the mentor's name.

    Without a last day it lasts until the ECT completes induction or leaves. With one it ended
    because the mentor left, if it is the mentor's own last day too; otherwise because the mentor
    was changed.
    """

    mentor: str
    started_on: date
    last_day: date | None = None


@dataclass(frozen=True)
class DemoECT:
    """An ECT at the school. Without `started_on`, they came on the first day of induction.

    `trained_by` trains the ECT from the first day at the school; None if no provider does.
    """

    teacher: DemoTeacher
    induction_started_on: date
    induction_last_day: date | None = None
    started_on: date | None = None
    last_day: date | None = None
    mentors: tuple[DemoMentorship, ...] = ()
    trained_by: DemoPartnership | None = None

    @property
    def first_day(self) -> date:
        """The first day at the school, included."""
        return self.started_on or self.induction_started_on

    @property
    def last_day_as_ect(self) -> date | None:
        """The last day of mentoring and training: of induction, else at the school, else None."""
        return self.induction_last_day or self.last_day


@dataclass(frozen=True)
class DemoSchool:
    """A school and its people. `invented` is the name of a school that is not in the register.

    An invented school may have closed on `closed_on`. `successor` is the URN of the school that
    took over from it.
    """

    urn: int
    email_domain: str
    years: tuple[DemoYear, ...]
    mentors: tuple[DemoMentor, ...]
    ects: tuple[DemoECT, ...]
    invented: str = ""
    closed_on: date | None = None
    successor: int | None = None


@dataclass(frozen=True)
class DemoUser:
    """A user of the demo, and what signing in as this user shows. Staff have no schools."""

    name: str
    email: str
    shows: str
    urns: tuple[int, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of DfE staff."""
        return not self.urns
