"""Reads the facts of mentor training from the database, for one teacher or many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import DateField, Exists, FilteredRelation, OuterRef, Q, Value
from django.db.models.functions import TruncDate

from core.compiled_queries import CompiledQuery, Slot, any_of
from core.periods import LONDON, london_day
from declarations.models import Course, Declaration, RecordedCompletion
from declarations.models.declaration import CompletionKind
from declarations.states import State
from mentors.models import Mentorship
from mentors.status.training_status import (
    DFE,
    EARLY_ROLL_OUT_COMPLETED_ON,
    DeclarationFact,
    MentorshipFact,
    TakenBack,
    TrainingFacts,
)

# Declarations about a teacher's own training as an ECT do not count as mentor training.
OF_MENTOR_TRAINING = Q(course_identifier=Course.MENTOR)


# No declaration comes into both states: its log has at most one of these changes.
_TAKEN_BACK = Q(state_changes__to_state__in=[State.VOIDED.value, State.AWAITING_CLAWBACK.value])
_DECLARATIONS = CompiledQuery(
    lambda: (
        Declaration.objects.filter(any_of("teacher", "teachers"), OF_MENTOR_TRAINING)
        .annotate(taken_back=FilteredRelation("state_changes", condition=_TAKEN_BACK))
        .values_list(
            "teacher_id",
            "taken_back__changed_at",
            "taken_back__by",
            "id",
            "declaration_type",
            "declaration_date",
            "state",
            "lead_provider__name",
            "delivery_partner__name",
        )
    )
)
_MENTORSHIPS = CompiledQuery(
    lambda: (
        Mentorship.objects.filter(any_of("mentor_teacher", "teachers"))
        .order_by("started_on", "id")
        .values_list("mentor_teacher_id", "started_on", "finished_on")
    )
)
_RECORDED = CompiledQuery(
    lambda: (
        RecordedCompletion.objects.filter(any_of("teacher", "teachers"))
        .order_by()
        .values_list("teacher_id", "kind")
    )
)


def training_facts(teacher_id: int) -> TrainingFacts:
    """The facts about one teacher, in three queries by key; none of an unknown one."""
    return training_facts_of_many([teacher_id])[teacher_id]


def training_facts_of_many(teacher_ids: Iterable[int]) -> dict[int, TrainingFacts]:
    """The facts about each of these teachers, by teacher id, in three queries."""
    teachers = list(teacher_ids)
    declarations: dict[int, list[DeclarationFact]] = defaultdict(list)
    for row in _DECLARATIONS.all(teachers=teachers):
        teacher_id, taken_back_at, by, declaration_id, kind, at, state, provider, partner = row
        fact = DeclarationFact(
            declaration_id,
            Declaration.Type(kind),
            at,
            State(state),
            provider,
            partner,
            _taken_back(taken_back_at, by, provider),
        )
        declarations[teacher_id].append(fact)
    mentorships: dict[int, list[MentorshipFact]] = defaultdict(list)
    for teacher_id, started_on, finished_on in _MENTORSHIPS.all(teachers=teachers):
        mentorships[teacher_id].append(MentorshipFact(started_on, finished_on))
    recorded: dict[int, list[CompletionKind]] = defaultdict(list)
    for teacher_id, kind in _RECORDED.all(teachers=teachers):
        recorded[teacher_id].append(CompletionKind(kind))
    return {
        teacher_id: TrainingFacts(
            tuple(declarations[teacher_id]),
            tuple(mentorships[teacher_id]),
            frozenset(recorded[teacher_id]),
        )
        for teacher_id in teachers
    }


def _taken_back(at: datetime | None, by: str, provider: str) -> TakenBack | None:
    """What the state log says of a declaration that no longer counts; None of one that does."""
    if at is None:
        return None
    # A provider calls the API with a token; all others who change a state are DfE.
    return TakenBack(london_day(at), provider if by.startswith("token ") else DFE)


def training_completed(day: date, *, teacher: str = "pk") -> Q:
    """The filter for teachers who have completed mentor training by this day (a London day).

    It gives the same answer as `training_status.has_completed`, in SQL. `teacher` is the lookup
    from the filtered model to the teacher's id: "pk" for Teacher, "teacher_id" for MentorAtSchool.
    """
    final = (
        Declaration.objects.final()
        .filter(OF_MENTOR_TRAINING, teacher=OuterRef(teacher))
        .alias(day=TruncDate("declaration_date", tzinfo=LONDON))
        .filter(day__lte=day)
    )
    early = RecordedCompletion.objects.filter(
        teacher=OuterRef(teacher), kind=RecordedCompletion.Kind.EARLY_ROLL_OUT
    )
    asked_on = day if isinstance(day, Slot) else Value(day, DateField())
    early = early.alias(asked_on=asked_on).filter(asked_on__gte=EARLY_ROLL_OUT_COMPLETED_ON)
    return Q(Exists(final)) | Q(Exists(early))
