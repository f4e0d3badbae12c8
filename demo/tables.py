"""The shapes of the demo's tables. Last days are included, as people write them."""

from dataclasses import dataclass
from datetime import date, datetime

from declarations.models import Declaration, RecordedCompletion, SchoolYear
from declarations.states import State


@dataclass(frozen=True)
class Partnership:
    """Who trains at the school in the academic year that starts in `year`."""

    year: int
    lead_provider: str
    delivery_partner: str


@dataclass(frozen=True)
class Year:
    """What the school arranged for the academic year that starts in `start`."""

    start: int
    appropriate_body: str
    partnerships: tuple[Partnership, ...] = ()
    programme: SchoolYear.Programme = SchoolYear.Programme.PROVIDER_LED


@dataclass(frozen=True)
class Declared:
    """A declaration by the provider of the training period, and the state it has come to.

    `at` has its offset. It is submitted two days later; each move comes thirty days after the
    step before it.
    """

    at: datetime
    state: State = State.SUBMITTED
    type: Declaration.Type = Declaration.Type.COMPLETED
    evidence: Declaration.Evidence = Declaration.Evidence.OTHER


@dataclass(frozen=True)
class Training:
    """A training period at the school. `withdrawn` and `deferred` are the moments of that."""

    partnership: Partnership
    started_on: date
    last_day: date | None = None
    withdrawn: datetime | None = None
    deferred: datetime | None = None
    declared: tuple[Declared, ...] = ()


@dataclass(frozen=True)
class Teacher:
    """One person, whose table rows at several schools share this value."""

    name: str
    trn: str
    born: date
    eligible_from: date | None = None
    recorded: RecordedCompletion.Kind | None = None


@dataclass(frozen=True)
class Mentor:
    """A mentor's time at the school. The email address follows from the name, unless given."""

    teacher: Teacher
    started_on: date
    last_day: date | None = None
    training: tuple[Training, ...] = ()
    email: str = ""


@dataclass(frozen=True)
class MentoredBy:
    """A mentorship, from the ECT's side: the mentor by name.

    Without a last day it goes on until the ECT completes induction or leaves. With one it ended
    because the mentor left, if that was the mentor's own last day, and else for another mentor.
    """

    mentor: str
    started_on: date
    last_day: date | None = None


@dataclass(frozen=True)
class ECT:
    """An ECT's time at the school, which starts with induction unless `started_on` is given.

    They are trained from their first day there, by one partnership or by nobody.
    """

    teacher: Teacher
    induction_started_on: date
    induction_last_day: date | None = None
    started_on: date | None = None
    last_day: date | None = None
    mentors: tuple[MentoredBy, ...] = ()
    trained_by: Partnership | None = None

    @property
    def first_day(self) -> date:
        """The first day at the school."""
        return self.started_on or self.induction_started_on

    @property
    def last_day_as_ect(self) -> date | None:
        """The last day on which they are mentored and trained: of induction or of their time."""
        return self.induction_last_day or self.last_day


@dataclass(frozen=True)
class DemoSchool:
    """A school and its people. `invented` is the name of a school that the register lacks."""

    urn: int
    email_domain: str
    years: tuple[Year, ...]
    mentors: tuple[Mentor, ...]
    ects: tuple[ECT, ...]
    invented: str = ""


@dataclass(frozen=True)
class DemoUser:
    """Somebody to sign in as, and what that shows; staff have no schools."""

    name: str
    email: str
    shows: str
    urns: tuple[int, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of DfE staff."""
        return not self.urns
