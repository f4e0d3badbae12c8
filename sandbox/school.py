"""One invented school of a lead provider, and what can be made to happen there.

All is made by the service's own rules, each at a moment in the past at which it was allowed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from core.periods import finished_on
from declarations.cohort_rules import has_new_rules
from declarations.locks import lock_school_year
from declarations.models import (
    Cohort,
    Course,
    Declaration,
    DeliveryPartner,
    LeadProvider,
    SchoolPartnership,
    TrainingPeriod,
)
from declarations.school_years import open_partnership
from declarations.states import State, way
from declarations.submission import Claim, submit
from declarations.training import begin_training
from declarations.transitions import change_state
from declarations.withdrawal import Stop
from mentors.models import Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, School, Teacher

BY = "command load_sandbox"
DAY = timedelta(days=1)
_WHY = "Sandbox data"
_BORN = date(1990, 1, 1)


def at_noon(day: date) -> datetime:
    """Noon (UTC) of a day."""
    return datetime.combine(day, time(12), UTC)


@dataclass
class SandboxSchool:
    """A school made for `provider`, with a delivery partner and another provider beside it.

    `cohorts` are all there are, by the year they start, and `cohort` is the one before today's:
    its training began on 1 September. `number` tells the provider's schools apart. `trns` gives
    the TRN of each new person.
    """

    school: School
    provider: LeadProvider
    partner: DeliveryPartner
    other_provider: LeadProvider
    cohorts: dict[int, Cohort]
    cohort: int
    today: date
    number: int
    trns: Callable[[], str]

    @cached_property
    def began_on(self) -> date:
        """The day on which training of the cohort began."""
        return date(self.cohort, 9, 1)

    def partnership(
        self, year: int | None = None, provider: LeadProvider | None = None
    ) -> SchoolPartnership:
        """A new partnership of the school in this year's cohort."""
        cohort = self.cohorts[year or self.cohort]
        locked = lock_school_year(self.school.pk, cohort.pk)
        return open_partnership(locked, provider or self.provider, self.partner)

    def mentor(
        self,
        what: str = "Mentor",
        *,
        since: date | None = None,
        eligible_from: date | None = None,
    ) -> MentorAtSchool:
        """A new mentor at the school, since two years before the cohort if no day is given."""
        teacher = self._teacher(what, mentor_funding_eligible_from=eligible_from)
        return MentorAtSchool.objects.create(
            teacher=teacher,
            school=self.school,
            email=f"{teacher.trn}@mentors.sandbox.example",
            started_on=since or date(self.cohort - 2, 9, 1),
        )

    def ect(self, what: str = "ECT") -> ECTAtSchool:
        """A new ECT at the school, since the cohort's training began."""
        teacher = self._teacher(what, induction_started_on=self.began_on)
        return ECTAtSchool.objects.create(
            teacher=teacher,
            school=self.school,
            email=f"{teacher.trn}@ects.sandbox.example",
            started_on=self.began_on,
        )

    def pair(self, mentor: MentorAtSchool, ect: ECTAtSchool) -> Mentorship:
        """The mentor mentors the ECT from the ECT's first day on."""
        return Mentorship.objects.create(mentor=mentor, ect=ect, started_on=ect.started_on)

    def train(
        self,
        person: PersonAtSchool,
        *,
        year: int | None = None,
        from_day: date | None = None,
        provider: LeadProvider | None = None,
    ) -> TrainingPeriod:
        """New training, in the school's partnership if there is one; else it waits."""
        start = from_day or self.began_on
        return begin_training(
            person,
            provider or self.provider,
            self.cohorts[year or self.cohort],
            start,
            by=BY,
            now=at_noon(min(start, self.today)),
        )

    def end(self, period: TrainingPeriod, last_day: date, why: str) -> None:
        """Give training a last day, and the reason for it."""
        period.finished_on, period.end_reason = finished_on(last_day), why
        period.save()

    def stop(
        self,
        call: Callable[..., TrainingPeriod],
        period: TrainingPeriod,
        reason: str,
        day: date | None = None,
    ) -> None:
        """Withdraw, defer or resume the mentor in training, a month ago unless a day is given."""
        stop = Stop(Course.MENTOR, reason)
        now = at_noon(day or self.today - 30 * DAY)
        call(self.provider, period.teacher.participant_id, stop, by=BY, now=now)

    def declare(
        self, period: TrainingPeriod, kind: str, day: date, state: State | None = None
    ) -> Declaration:
        """A declaration for a day by the provider of this training, brought to a state if given.

        It was submitted the day after, and changed its state the day after that.
        """
        claim = Claim(
            participant_id=str(period.teacher.participant_id),
            declaration_type=kind,
            declaration_date=at_noon(day).isoformat(),
            course_identifier=Course.MENTOR,
            evidence_held=_evidence(kind, period.cohort.start_year),
        )
        made = submit(period.lead_provider, claim, by=BY, now=at_noon(day + DAY))
        start = State(made.state)
        for to in way(start, state or start):
            change_state(made, to, by=BY, why=_WHY, now=at_noon(day + 2 * DAY))
        return made

    def _teacher(self, what: str, **fields: date | None) -> Teacher:
        name = f"{what} {self.number}"
        return Teacher.objects.create(trn=self.trns(), name=name, date_of_birth=_BORN, **fields)


def _evidence(kind: str, cohort: int) -> str:
    if kind == Declaration.Type.COMPLETED and has_new_rules(cohort):
        return Declaration.Evidence.ENGAGED
    return Declaration.Evidence.EVENT
