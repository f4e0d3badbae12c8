"""Has a teacher completed mentor training, when, and what proves it?

`completion_on` is the one answer, for schools' pages, DfE staff and the API. It is derived from the
declarations about the teacher and from what DfE recorded, whenever it is asked; nothing is stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from core.compiled_queries import CompiledQuery, any_of
from core.periods import london_day
from declarations.models import Course, Declaration, DeclarationStateChange, RecordedCompletion
from declarations.models.declaration import CompletionKind, DeclarationType
from declarations.states import COUNTING_STATES, State

# The day on which mentors of the early roll-out count as having completed.
EARLY_ROLL_OUT_COMPLETED_ON = date(2021, 4, 19)


# Who took a completion back, if it was not the lead provider.
DFE = "DfE"


# --- The facts ---


@dataclass(frozen=True)
class TakenBack:
    """A declaration was voided or is to be clawed back, on this London day, by `by`.

    `by` is the lead provider's name, or DFE.
    """

    on: date
    by: str


@dataclass(frozen=True)
class DeclarationFact:
    """A declaration about the teacher's mentor training: any provider, school and state.

    `email` is the lead provider's address for questions of schools, or "". `taken_back` is None
    while it counts.
    """

    declaration_id: UUID
    declaration_type: DeclarationType
    declared_at: datetime  # aware
    state: State
    lead_provider: str
    delivery_partner: str
    email: str = ""
    taken_back: TakenBack | None = None

    @property
    def day(self) -> date:
        """The London day of the declaration; it counts from this day on."""
        return london_day(self.declared_at)

    @property
    def is_final(self) -> bool:
        """Whether it is a final declaration: type completed, in a state that counts."""
        return self.declaration_type == Declaration.Type.COMPLETED and self.state in COUNTING_STATES


@dataclass(frozen=True)
class CompletionFacts:
    """The facts about one teacher that prove a completion. Their order does not matter.

    `recorded_not_completed_on` is the day on which DfE recorded that they started and did not
    complete; None if it did not.
    """

    declarations: tuple[DeclarationFact, ...] = ()
    recorded: frozenset[CompletionKind] = frozenset()
    recorded_not_completed_on: date | None = None


# Declarations about a teacher's own training as an ECT do not count as mentor training.
_OF_MENTOR_TRAINING = Q(course_identifier=Course.MENTOR)
# No declaration comes into both states: its log has at most one of these changes.
_TAKING_BACK = [State.VOIDED.value, State.AWAITING_CLAWBACK.value]


_COLUMNS = (
    "teacher_id",
    "id",
    "declaration_type",
    "declaration_date",
    "state",
    "lead_provider__name",
    "delivery_partner__name",
    "lead_provider__email",
)


def _of_teachers(declarations: QuerySet[Declaration]) -> QuerySet[Declaration]:
    return declarations.filter(any_of("teacher", "teachers"), _OF_MENTOR_TRAINING)


def _taken_back_column(name: str) -> Case:
    """A column of the log's row that took a declaration back; null for one that counts."""
    # Asked for each declaration by itself, so that PostgreSQL never reads the whole log for it.
    change = DeclarationStateChange.objects.filter(
        declaration=OuterRef("pk"), to_state__in=_TAKING_BACK
    )
    return Case(
        When(~Q(state__in=COUNTING_STATES), then=Subquery(change.order_by().values(name)[:1]))
    )


_DECLARATIONS = CompiledQuery(
    lambda: _of_teachers(Declaration.objects.order_by()).values_list(
        *_COLUMNS, _taken_back_column("changed_at"), _taken_back_column("by")
    )
)
# None of these was taken back.
_FINAL = CompiledQuery(
    lambda: _of_teachers(Declaration.objects.final().order_by()).values_list(*_COLUMNS)
)
_RECORDED = CompiledQuery(
    lambda: (
        RecordedCompletion.objects.filter(any_of("teacher", "teachers"))
        .order_by()
        .values_list("teacher_id", "kind", "recorded_at")
    )
)


def completion_facts(teacher_id: int) -> CompletionFacts:
    """The facts about one teacher, in two queries by key; none of an unknown one."""
    return completion_facts_of_many([teacher_id])[teacher_id]


def completion_facts_of_many(teacher_ids: Iterable[int]) -> dict[int, CompletionFacts]:
    """The facts about each of these teachers, by teacher id, in two queries."""
    return _facts(list(teacher_ids), _DECLARATIONS)


def _facts(teachers: list[int], query: CompiledQuery) -> dict[int, CompletionFacts]:
    """The facts about these teachers, with the declarations that the query gives."""
    declarations: dict[int, list[DeclarationFact]] = defaultdict(list)
    for row in query.all(teachers=teachers):
        teacher_id, declaration_id, kind, at, state, provider, partner, email, *log = row
        taken_back_at, by = log or (None, "")
        fact = DeclarationFact(
            declaration_id,
            Declaration.Type(kind),
            at,
            State(state),
            provider,
            partner,
            email,
            _taken_back(taken_back_at, by, provider),
        )
        declarations[teacher_id].append(fact)
    recorded: dict[int, dict[CompletionKind, date]] = defaultdict(dict)
    for teacher_id, kind, at in _RECORDED.all(teachers=teachers):
        recorded[teacher_id][CompletionKind(kind)] = london_day(at)
    return {
        teacher_id: CompletionFacts(
            declarations=tuple(declarations[teacher_id]),
            recorded=frozenset(recorded[teacher_id]),
            recorded_not_completed_on=recorded[teacher_id].get(
                CompletionKind.STARTED_NOT_COMPLETED
            ),
        )
        for teacher_id in teachers
    }


def _taken_back(at: datetime | None, by: str, provider: str) -> TakenBack | None:
    """What the state log says of a declaration that no longer counts; None of one that does."""
    if at is None:
        return None
    # A provider calls the API with a token; all others who change a state are DfE.
    return TakenBack(london_day(at), provider if by.startswith("token ") else DFE)


# --- The answer ---


class Source(Enum):
    """What proves a completion."""

    FINAL_DECLARATION = "Final declaration"
    EARLY_ROLL_OUT = "Early roll-out"


@dataclass(frozen=True)
class Completion:
    """The proof that a teacher has completed; `declaration` is None for early roll-out."""

    completed_on: date
    declaration: DeclarationFact | None = None

    @property
    def source(self) -> Source:
        """The kind of proof."""
        return Source.FINAL_DECLARATION if self.declaration else Source.EARLY_ROLL_OUT


def completion_on(facts: CompletionFacts, day: date) -> Completion | None:
    """The proof that this teacher has completed by this day (a London day); None if they have not.

    A final declaration counts from its own London day and is preferred to early roll-out. The
    database allows one final declaration; if there were several, the latest is the proof. Neither
    the policy nor any other record plays a part.
    """
    final = [fact for fact in facts.declarations if fact.is_final and fact.day <= day]
    if final:
        latest = max(final, key=lambda fact: (fact.declared_at, fact.declaration_id))
        return Completion(latest.day, latest)
    if (
        RecordedCompletion.Kind.EARLY_ROLL_OUT in facts.recorded
        and day >= EARLY_ROLL_OUT_COMPLETED_ON
    ):
        return Completion(EARLY_ROLL_OUT_COMPLETED_ON)
    return None


class FundingEndReason(Enum):
    """Why funding of a teacher's mentor training ended, in the provider contract's words."""

    COMPLETED = "completed_declaration_received"
    EARLY_ROLL_OUT = "completed_during_early_roll_out"
    NOT_COMPLETED = "started_not_completed"


@dataclass(frozen=True)
class FundingEnd:
    """The day on which funding of a teacher's mentor training ended, and why."""

    on: date
    reason: FundingEndReason


def funding_end(facts: CompletionFacts) -> FundingEnd | None:
    """When and why funding ended; None while the teacher can be trained as a mentor.

    It ends with completion, and where DfE recorded that they started and did not complete.
    """
    if completion := completion_on(facts, date.max):
        reason = (
            FundingEndReason.COMPLETED
            if completion.source is Source.FINAL_DECLARATION
            else FundingEndReason.EARLY_ROLL_OUT
        )
        return FundingEnd(completion.completed_on, reason)
    if facts.recorded_not_completed_on:
        return FundingEnd(facts.recorded_not_completed_on, FundingEndReason.NOT_COMPLETED)
    return None


def funding_ends(teacher_ids: Iterable[int]) -> dict[int, FundingEnd | None]:
    """The end of funding of each of these teachers, by teacher id, in two queries.

    Of their declarations it reads the final ones only.
    """
    return {pk: funding_end(facts) for pk, facts in _facts(list(teacher_ids), _FINAL).items()}
