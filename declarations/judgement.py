"""The judgement of a submission: a pure function of the claim, the facts and the time.

The table of refusals is the provider contract's (docs/lead-provider-api.md, "Errors"), in its
order and in its words, odd ones included.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from core.dates import london_day
from declarations import cohort_rules
from declarations.claims import Claim, RefusedDeclaration, is_missing, read_moment, whole_seconds
from declarations.cohort_rules import ORDER
from declarations.facts import DeclaredFact, TeacherFacts, TrainingFact
from declarations.models import Declaration
from declarations.states import State

MENTOR_COURSE = "ecf-mentor"
COURSES = (MENTOR_COURSE, "ecf-induction")


@dataclass(frozen=True)
class Repeat:
    """The claim repeats a declaration that counts, exactly."""

    declaration_id: UUID


@dataclass(frozen=True)
class Accepted:
    """The claim is good: what the new declaration says."""

    teacher_id: int
    training_period_id: int
    lead_provider_id: int
    delivery_partner_id: int
    declaration_type: str
    declaration_date: datetime
    evidence_held: str
    state: State


def judge(
    provider_id: int, claim: Claim, facts: TeacherFacts | None, now: datetime
) -> Accepted | Repeat:
    """Judge a provider's claim at a moment; `facts` are the participant's, None if unknown.

    Raises RefusedDeclaration with the first row of the contract's table that holds.
    """
    question = _Question(provider_id, claim, facts, now)
    for row in _TABLE:
        if row is _ALREADY_DECLARED and question.repeated:
            return Repeat(question.repeated.declaration_id)
        if row.holds(question):
            raise RefusedDeclaration(row.title, row.detail.format(q=question))
    return question.accepted()


def closed_cohort(cohort: int) -> str:
    """What a provider is told of a cohort that is closed for payment."""
    return (
        f"You cannot submit or void declarations for the {cohort} cohort. The funding contract "
        "for this cohort has ended. Get in touch if you need to discuss this with us."
    )


@dataclass(frozen=True)
class _Question:
    """A claim with all it is judged on. What follows from a row is asked only after that row."""

    provider_id: int
    claim: Claim
    facts: TeacherFacts | None
    now: datetime

    @cached_property
    def moment(self) -> datetime | None:
        return read_moment(self.claim.declaration_date)

    @cached_property
    def training(self) -> TrainingFact:
        return self.facts.training_with(self.provider_id)

    @property
    def _trainings(self) -> tuple[TrainingFact, ...]:
        trainings = self.facts.trainings if self.facts else ()
        return tuple(t for t in trainings if t.lead_provider_id == self.provider_id)

    @property
    def evidence(self) -> object:
        """The evidence as it is kept, after the dropping."""
        kept = cohort_rules.keeps_evidence(self.claim.declaration_type, self.training.cohort)
        return "" if not kept or is_missing(self.claim.evidence_held) else self.claim.evidence_held

    @property
    def cohort(self) -> int:
        return self.training.cohort

    @property
    def closed_cohort(self) -> str:
        return closed_cohort(self.cohort)

    @property
    def withdrawn_at(self) -> str:
        return whole_seconds(self.training.withdrawn_at)

    @cached_property
    def already(self) -> DeclaredFact | None:
        """The declaration of this type that counts, from any provider: there is one at most."""
        same = (d for d in self.facts.declared if d.declaration_type == self.claim.declaration_type)
        return next(same, None)

    @property
    def repeated(self) -> DeclaredFact | None:
        """The declaration of which this is an exact repeat."""
        first = self.already
        same = (
            first is not None
            and first.lead_provider_id == self.provider_id
            and first.declared_at == self.moment
            and first.evidence_held == self.evidence
        )
        return first if same else None

    def participant_missing(self) -> bool:
        return is_missing(self.claim.participant_id)

    def participant_unknown(self) -> bool:
        return not self._trainings

    def course_missing(self) -> bool:
        return self.claim.course_identifier not in COURSES

    def date_missing(self) -> bool:
        return is_missing(self.claim.declaration_date)

    def other_course(self) -> bool:
        """Declarations for ECTs are no part of this service, so theirs is none of its courses."""
        is_mentor = any(t.of_mentor for t in self._trainings)
        return not is_mentor or self.claim.course_identifier != MENTOR_COURSE

    def type_missing(self) -> bool:
        return is_missing(self.claim.declaration_type)

    def type_unknown(self) -> bool:
        return self.claim.declaration_type not in Declaration.Type.values

    def already_declared(self) -> bool:
        return self.already is not None

    def in_the_future(self) -> bool:
        return self.moment is not None and self.moment > self.now

    def no_date_time(self) -> bool:
        return self.moment is None

    def not_for_cohort(self) -> bool:
        return not cohort_rules.may_be_declared(self.claim.declaration_type, self.cohort)

    def evidence_missing(self) -> bool:
        kept = cohort_rules.keeps_evidence(self.claim.declaration_type, self.cohort)
        return kept and is_missing(self.claim.evidence_held)

    def evidence_not_accepted(self) -> bool:
        accepted = cohort_rules.accepted_evidence(self.claim.declaration_type, self.cohort)
        return self.evidence != "" and self.evidence not in accepted

    def after_withdrawal(self) -> bool:
        withdrawn_at = self.training.withdrawn_at
        return withdrawn_at is not None and self.moment >= withdrawn_at

    def cohort_closed(self) -> bool:
        return self.training.closed_for_payment

    def out_of_order(self) -> bool:
        if not cohort_rules.has_new_rules(self.cohort):
            return False
        place = ORDER.index(self.claim.declaration_type)
        before = (d.declared_at for d in self.facts.declared if d.declaration_type in ORDER[:place])
        after = (
            d.declared_at for d in self.facts.declared if d.declaration_type in ORDER[place + 1 :]
        )
        return any(self.moment < at for at in before) or any(self.moment > at for at in after)

    def accepted(self) -> Accepted:
        """What the new declaration says, once no row of the table holds."""
        eligible_from = self.facts.eligible_from
        is_eligible = eligible_from is not None and eligible_from <= london_day(self.moment)
        return Accepted(
            teacher_id=self.facts.teacher_id,
            training_period_id=self.training.training_period_id,
            lead_provider_id=self.provider_id,
            delivery_partner_id=self.training.delivery_partner_id,
            declaration_type=str(self.claim.declaration_type),
            declaration_date=self.moment,
            evidence_held=str(self.evidence),
            state=State.ELIGIBLE if is_eligible else State.SUBMITTED,
        )


class _Row(NamedTuple):
    holds: Callable[[_Question], bool]
    title: str
    detail: str


_ALREADY_DECLARED = _Row(
    _Question.already_declared,
    "declaration_type",
    "A declaration has already been submitted that will be, or has been, paid for this event.",
)
_TABLE = (
    _Row(_Question.participant_missing, "participant_id", "Enter a '#/participant_id'."),
    _Row(
        _Question.participant_unknown,
        "participant_id",
        "Your update cannot be made as the '#/participant_id' is not recognised. "
        "Check participant details and try again.",
    ),
    _Row(_Question.course_missing, "course_identifier", "Enter a '#/course_identifier'."),
    _Row(_Question.date_missing, "declaration_date", "Enter a '#/declaration_date'."),
    _Row(
        _Question.other_course,
        "course_identifier",
        "The entered '#/course_identifier' is not recognised for the given participant. "
        "Check details and try again.",
    ),
    _Row(_Question.type_missing, "declaration_type", "Enter a '#/declaration_type'."),
    _Row(_Question.type_unknown, "declaration_type", "Enter a valid declaration type."),
    _ALREADY_DECLARED,
    _Row(
        _Question.in_the_future,
        "declaration_date",
        "The '#/declaration_date' value cannot be a future date. Check the date and try again.",
    ),
    _Row(
        _Question.no_date_time,
        "declaration_date",
        "Enter a valid RCF3339 '#/declaration_date'.",  # the letters stand so in the contract
    ),
    _Row(
        _Question.not_for_cohort,
        "declaration_type",
        "You cannot send retained or extended declarations for participants who began their "
        "mentor training after June 2025. Resubmit this declaration with either a started or "
        "completed declaration.",
    ),
    _Row(
        _Question.evidence_missing,
        "evidence_held",
        "Enter a '#/evidence_held' value for this participant.",
    ),
    _Row(
        _Question.evidence_not_accepted,
        "evidence_held",
        "Enter an available '#/evidence_held' type for this participant.",
    ),
    _Row(
        _Question.after_withdrawal,
        "participant_id",
        "This participant withdrew from this course on {q.withdrawn_at}. "
        "Enter a '#/declaration_date' that's on or before the withdrawal date.",
    ),
    _Row(_Question.cohort_closed, "cohort", "{q.closed_cohort}"),
    _Row(
        _Question.out_of_order,
        "declaration_date",
        "This '#/declaration_date' is invalid. Check that it is in sequence with existing "
        "declaration dates for this participant.",
    ),
)
