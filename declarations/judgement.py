"""Judges a submission: a pure function of the claim, the facts and the moment.

The table of refusals is the provider contract's (docs/lead-provider-api.md, "Errors"), in its
order and its words, even where the words are odd.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.utils.functional import cached_property  # functools' takes a lock each time

from core.periods import london_day
from declarations import cohort_rules
from declarations.claims import (
    Claim,
    ContractRow,
    RefusedDeclaration,
    closed_cohort,
    is_missing,
    read_moment,
    whole_seconds,
)
from declarations.cohort_rules import ORDER
from declarations.facts import DeclaredFact, TeacherFacts, TrainingFact
from declarations.models import Course, Declaration
from declarations.states import State

_COURSES = tuple(Course.values)  # no set: a provider may send a list, which has no hash
_TYPES = frozenset(Declaration.Type.values)


@dataclass(frozen=True)
class Repeat:
    """The claim is an exact repeat of this declaration, which counts."""

    declaration_id: UUID


@dataclass(frozen=True)
class Accepted:
    """The claim is accepted: the values of the new declaration."""

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

    Raises RefusedDeclaration for the first row of the contract's table that applies.
    """
    submission = _Submission(provider_id, claim, facts or _NO_FACTS, now)
    for row in _TABLE:
        if row is _ALREADY_DECLARED and (first := submission.repeated):
            return Repeat(first.declaration_id)
        if row.applies(submission):
            raise RefusedDeclaration(row.title, row.detail.format(submission=submission))
    return submission.accepted()


# An unknown participant has no training, so the table's second row applies.
_NO_FACTS = TeacherFacts(teacher_id=0)


@dataclass(frozen=True)
class _Submission:
    """A claim with all it is judged on.

    The properties rely on the rows of the table that come before their use: `training` on a
    participant that the provider trains as a mentor, `declaration_type` on a known type, and
    `declared_at` on a good date-time.
    """

    provider_id: int
    claim: Claim
    facts: TeacherFacts
    now: datetime

    @cached_property
    def moment(self) -> datetime | None:
        return read_moment(self.claim.declaration_date)

    @property
    def declared_at(self) -> datetime:
        return cast(datetime, self.moment)

    @property
    def declaration_type(self) -> str:
        return str(self.claim.declaration_type)

    @cached_property
    def training(self) -> TrainingFact:
        return self.facts.training_with(self.provider_id)

    @property
    def _trainings(self) -> tuple[TrainingFact, ...]:
        return tuple(t for t in self.facts.trainings if t.lead_provider_id == self.provider_id)

    @property
    def evidence(self) -> object:
        """The evidence to keep: "" where none is kept, or none was sent."""
        kept = cohort_rules.keeps_evidence(self.declaration_type, self.cohort)
        return "" if not kept or is_missing(self.claim.evidence_held) else self.claim.evidence_held

    @property
    def cohort(self) -> int:
        return self.training.cohort

    @property
    def closed_cohort(self) -> str:
        return closed_cohort(self.cohort)

    @property
    def withdrawn_at(self) -> str:
        moment = self.training.withdrawn_at
        return whole_seconds(moment) if moment else ""

    @cached_property
    def already(self) -> DeclaredFact | None:
        """The declaration of this type that counts, from any provider: there is one at most."""
        same = (d for d in self.facts.declared if d.declaration_type == self.declaration_type)
        return next(same, None)

    @property
    def repeated(self) -> DeclaredFact | None:
        """The declaration that counts and that this is an exact repeat of, if there is one."""
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
        return self.claim.course_identifier not in _COURSES

    def date_missing(self) -> bool:
        return is_missing(self.claim.declaration_date)

    def other_course(self) -> bool:
        """Declarations for ECTs are no part of this service, so no course fits an ECT."""
        is_mentor = any(t.of_mentor for t in self._trainings)
        return not is_mentor or self.claim.course_identifier != Course.MENTOR

    def type_missing(self) -> bool:
        return is_missing(self.claim.declaration_type)

    def type_unknown(self) -> bool:
        return self.claim.declaration_type not in _TYPES

    def already_declared(self) -> bool:
        return self.already is not None

    def in_the_future(self) -> bool:
        return self.moment is not None and self.moment > self.now

    def before_cohort(self) -> bool:
        return self.moment is not None and self.moment < cohort_rules.first_moment(self.cohort)

    def no_date_time(self) -> bool:
        return self.moment is None

    def not_for_cohort(self) -> bool:
        return not cohort_rules.may_be_declared(self.declaration_type, self.cohort)

    def evidence_missing(self) -> bool:
        kept = cohort_rules.keeps_evidence(self.declaration_type, self.cohort)
        return kept and is_missing(self.claim.evidence_held)

    def evidence_not_accepted(self) -> bool:
        accepted = cohort_rules.accepted_evidence(self.declaration_type, self.cohort)
        return self.evidence != "" and self.evidence not in accepted

    def after_withdrawal(self) -> bool:
        withdrawn_at = self.training.withdrawn_at
        return withdrawn_at is not None and self.declared_at >= withdrawn_at

    def cohort_closed(self) -> bool:
        return self.training.closed_for_payment

    def out_of_order(self) -> bool:
        if not cohort_rules.has_new_rules(self.cohort):
            return False
        position = ORDER.index(Declaration.Type(self.declaration_type))
        earlier_types, later_types = ORDER[:position], ORDER[position + 1 :]
        return any(
            (d.declaration_type in earlier_types and self.declared_at < d.declared_at)
            or (d.declaration_type in later_types and self.declared_at > d.declared_at)
            for d in self.facts.declared
        )

    def accepted(self) -> Accepted:
        """The values of the new declaration, once no row of the table applies."""
        eligible_from = self.facts.eligible_from
        is_eligible = eligible_from is not None and eligible_from <= london_day(self.declared_at)
        return Accepted(
            teacher_id=self.facts.teacher_id,
            training_period_id=self.training.training_period_id,
            lead_provider_id=self.provider_id,
            delivery_partner_id=self.training.delivery_partner_id,
            declaration_type=self.declaration_type,
            declaration_date=self.declared_at,
            evidence_held=str(self.evidence),
            state=State.ELIGIBLE if is_eligible else State.SUBMITTED,
        )


_ALREADY_DECLARED = ContractRow(
    _Submission.already_declared,
    "declaration_type",
    "A declaration has already been submitted that will be, or has been, paid for this event.",
)
_TABLE = (
    ContractRow(_Submission.participant_missing, "participant_id", "Enter a '#/participant_id'."),
    ContractRow(
        _Submission.participant_unknown,
        "participant_id",
        "Your update cannot be made as the '#/participant_id' is not recognised. "
        "Check participant details and try again.",
    ),
    ContractRow(_Submission.course_missing, "course_identifier", "Enter a '#/course_identifier'."),
    ContractRow(_Submission.date_missing, "declaration_date", "Enter a '#/declaration_date'."),
    ContractRow(
        _Submission.other_course,
        "course_identifier",
        "The entered '#/course_identifier' is not recognised for the given participant. "
        "Check details and try again.",
    ),
    ContractRow(_Submission.type_missing, "declaration_type", "Enter a '#/declaration_type'."),
    ContractRow(_Submission.type_unknown, "declaration_type", "Enter a valid declaration type."),
    _ALREADY_DECLARED,
    ContractRow(
        _Submission.in_the_future,
        "declaration_date",
        "The '#/declaration_date' value cannot be a future date. Check the date and try again.",
    ),
    ContractRow(
        _Submission.before_cohort,
        "declaration_date",
        "Declaration date must be on or after the milestone start date for the same declaration "
        "type.",
    ),
    ContractRow(
        _Submission.no_date_time,
        "declaration_date",
        "Enter a valid RCF3339 '#/declaration_date'.",  # swapped letters, as in the contract
    ),
    ContractRow(
        _Submission.not_for_cohort,
        "declaration_type",
        "You cannot send retained or extended declarations for participants who began their "
        "mentor training after June 2025. Resubmit this declaration with either a started or "
        "completed declaration.",
    ),
    ContractRow(
        _Submission.evidence_missing,
        "evidence_held",
        "Enter a '#/evidence_held' value for this participant.",
    ),
    ContractRow(
        _Submission.evidence_not_accepted,
        "evidence_held",
        "Enter an available '#/evidence_held' type for this participant.",
    ),
    ContractRow(
        _Submission.after_withdrawal,
        "participant_id",
        "This participant withdrew from this course on {submission.withdrawn_at}. "
        "Enter a '#/declaration_date' that's on or before the withdrawal date.",
    ),
    ContractRow(_Submission.cohort_closed, "cohort", "{submission.closed_cohort}"),
    ContractRow(
        _Submission.out_of_order,
        "declaration_date",
        "This '#/declaration_date' is invalid. Check that it is in sequence with existing "
        "declaration dates for this participant.",
    ),
)
