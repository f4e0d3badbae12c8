"""The facts that a submission is judged on: read in one query, for one teacher or for many.

Before judging, the caller locks the teachers, so that no other submission about them comes between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from declarations.models import (
    Cohort,
    Course,
    Declaration,
    SchoolPartnership,
    TrainingPeriod,
)
from schools.models import Teacher


@dataclass(frozen=True)
class TrainingFact:
    """A training period of a teacher, as a mentor or as an ECT, in a partnership."""

    training_period_id: int
    lead_provider_id: int
    delivery_partner_id: int
    of_mentor: bool
    started_on: date
    cohort: int  # the year its academic year starts
    closed_for_payment: bool = False
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class DeclaredFact:
    """A declaration of mentor training that counts (submitted, eligible, payable or paid)."""

    declaration_id: UUID
    lead_provider_id: int
    declaration_type: str
    declared_at: datetime
    evidence_held: str = ""


@dataclass(frozen=True)
class TeacherFacts:
    """All that a submission about a teacher is judged on, from any provider."""

    teacher_id: int
    eligible_from: date | None = None
    trainings: tuple[TrainingFact, ...] = ()
    declared: tuple[DeclaredFact, ...] = ()

    def training_with(self, lead_provider_id: int) -> TrainingFact:
        """The provider's latest-starting training period of the teacher as a mentor.

        Its cohort's rules hold. Raises ValueError if this provider never trained them as a mentor.
        """
        with_provider = (
            t for t in self.trainings if t.of_mentor and t.lead_provider_id == lead_provider_id
        )
        return max(with_provider, key=lambda t: (t.started_on, t.training_period_id))

    def with_declared(self, fact: DeclaredFact) -> "TeacherFacts":
        """These facts and one more declaration."""
        return replace(self, declared=(*self.declared, fact))


def facts_of_teacher(teacher_id: int) -> TeacherFacts:
    """The facts of one teacher. Raises KeyError if there is no such teacher."""
    return facts_of_teachers([teacher_id])[teacher_id]


def facts_of_teachers(teacher_ids: Iterable[int]) -> dict[int, TeacherFacts]:
    """The facts of each of these teachers by its id; unknown ids are left out."""
    trainings = TrainingPeriod.objects.filter(
        teacher=OuterRef("pk"), partnership__isnull=False
    ).order_by()
    # Looked up, not joined: a join may begin with all the training of a cohort, for each teacher.
    cohort = Cohort.objects.filter(pk=OuterRef("cohort")).order_by()
    partnership = SchoolPartnership.objects.filter(pk=OuterRef("partnership")).order_by()
    declared = (
        Declaration.objects.counting()
        .filter(teacher=OuterRef("pk"), course_identifier=Course.MENTOR)
        .order_by()
    )
    teachers = Teacher.objects.filter(pk__in=teacher_ids).order_by()
    rows = teachers.values_list(
        "pk",
        "mentor_funding_eligible_from",
        ArraySubquery(
            trainings.values(
                row=JSONObject(
                    training_period_id="id",
                    lead_provider_id="lead_provider_id",
                    delivery_partner_id=Subquery(partnership.values("delivery_partner_id")),
                    mentor_id="mentor_id",
                    started_on="started_on",
                    cohort=Subquery(cohort.values("start_year")),
                    closed_for_payment=Subquery(cohort.values("closed_for_payment")),
                    withdrawn_at="withdrawn_at",
                )
            )
        ),
        ArraySubquery(
            declared.values(
                row=JSONObject(
                    declaration_id="id",
                    lead_provider_id="lead_provider_id",
                    declaration_type="declaration_type",
                    declared_at="declaration_date",
                    evidence_held="evidence_held",
                )
            )
        ),
    )
    return {
        pk: TeacherFacts(
            pk, eligible_from, tuple(map(_training, trainings)), tuple(map(_declared, declared))
        )
        for pk, eligible_from, trainings, declared in rows
    }


def _training(row: dict) -> TrainingFact:
    withdrawn_at = row["withdrawn_at"]
    read = {
        "of_mentor": row.pop("mentor_id") is not None,
        "started_on": date.fromisoformat(row["started_on"]),
        "withdrawn_at": datetime.fromisoformat(withdrawn_at) if withdrawn_at else None,
    }
    return TrainingFact(**row | read)


def _declared(row: dict) -> DeclaredFact:
    read = {
        "declaration_id": UUID(row["declaration_id"]),
        "declared_at": datetime.fromisoformat(row["declared_at"]),
    }
    return DeclaredFact(**row | read)
