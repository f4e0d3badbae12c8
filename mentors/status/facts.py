"""Reads the facts of mentor training from the database: one query, for one teacher or many."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, TruncDate

from core.dates import LONDON
from declarations.models import Declaration, RecordedCompletion
from declarations.states import State
from mentors.models import Mentorship
from mentors.status.training_status import (
    EARLY_ROLL_OUT_COMPLETED_ON,
    DeclarationFact,
    MentorshipFact,
    TrainingFacts,
)
from schools.models import Teacher

# Declarations about a teacher's own training as an ECT do not count as mentor training.
OF_MENTOR_TRAINING = Q(training_period__mentor__isnull=False)


def training_facts(teacher_id: int) -> TrainingFacts:
    """The facts about one teacher, in one query. Raises Teacher.DoesNotExist."""
    return _facts(_rows().get(pk=teacher_id))


def training_facts_of_many(teacher_ids: Iterable[int]) -> dict[int, TrainingFacts]:
    """The facts about each of these teachers, by teacher id, in one query.

    Ids that are in no row are left out.
    """
    return {row["pk"]: _facts(row) for row in _rows().filter(pk__in=teacher_ids)}


@cache
def _rows() -> QuerySet[Teacher, Any]:
    """The query for the facts of every teacher; callers filter it, so it is never evaluated itself.

    It is cached because building it in Python takes longer than running it for one teacher.
    """
    declarations = Declaration.objects.filter(OF_MENTOR_TRAINING, teacher=OuterRef("pk"))
    mentorships = Mentorship.objects.filter(mentor_teacher=OuterRef("pk"))
    recorded = RecordedCompletion.objects.filter(teacher=OuterRef("pk")).order_by()
    return Teacher.objects.order_by().values(
        "pk",
        declaration_rows=ArraySubquery(
            declarations.values(
                row=JSONObject(
                    id="id",
                    type="declaration_type",
                    at="declaration_date",
                    state="state",
                    lead_provider="lead_provider__name",
                    delivery_partner="delivery_partner__name",
                )
            )
        ),
        mentorship_rows=ArraySubquery(
            mentorships.values(row=JSONObject(started_on="started_on", finished_on="finished_on"))
        ),
        recorded_kinds=ArraySubquery(recorded.values("kind")),
    )


def _facts(row: dict[str, Any]) -> TrainingFacts:
    return TrainingFacts(
        declarations=tuple(map(_declaration, row["declaration_rows"])),
        mentorships=tuple(map(_mentorship, row["mentorship_rows"])),
        recorded=frozenset(map(RecordedCompletion.Kind, row["recorded_kinds"])),
    )


def _declaration(row: dict[str, str]) -> DeclarationFact:
    return DeclarationFact(
        declaration_id=UUID(row["id"]),
        declaration_type=Declaration.Type(row["type"]),
        declared_at=datetime.fromisoformat(row["at"]),
        state=State(row["state"]),
        lead_provider=row["lead_provider"],
        delivery_partner=row["delivery_partner"],
    )


def _mentorship(row: dict[str, Any]) -> MentorshipFact:
    finished_on = row["finished_on"]
    return MentorshipFact(
        started_on=date.fromisoformat(row["started_on"]),
        finished_on=date.fromisoformat(finished_on) if finished_on else None,
    )


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
    condition = Q(Exists(final))
    if day >= EARLY_ROLL_OUT_COMPLETED_ON:
        condition |= Q(
            Exists(
                RecordedCompletion.objects.filter(
                    teacher=OuterRef(teacher), kind=RecordedCompletion.Kind.EARLY_ROLL_OUT
                )
            )
        )
    return condition
