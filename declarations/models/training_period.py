"""A person's training through a partnership of their school.

The composite keys, added by SQL in a migration, ensure that a training period is within a time of
the same person at the same school, and of a partnership of that school, and of its cohort.
"""

import uuid
from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from core.history import tracked
from core.periods import Period
from declarations.models.partnership import SchoolPartnership
from declarations.models.provider import Cohort, LeadProvider
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, School, Teacher


def _no_overlap(role: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"trainingperiod_{role}_once_at_a_time",
        expressions=[(role, RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
        violation_error_message="This person is already in training at that time.",
    )


class TrainingEndReason(models.TextChoices):
    """Why a training period ended, when that was neither the lead provider's doing nor DfE's."""

    LEFT_SCHOOL = "left_school", "They left the school"


@tracked(exclude=("period",))
class TrainingPeriod(Period):
    """A mentor's or an ECT's time (exactly one of them) is trained through a partnership."""

    EndReason = TrainingEndReason

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mentor = models.ForeignKey(
        MentorAtSchool,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
    )
    ect = models.ForeignKey(
        ECTAtSchool,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
        verbose_name="ECT",
    )
    partnership = models.ForeignKey(
        SchoolPartnership, on_delete=models.PROTECT, related_name="training_periods"
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When the provider withdrew them. Finishes the period."
    )
    deferred_at = models.DateTimeField(
        null=True, blank=True, help_text="When the provider deferred them."
    )
    end_reason = models.CharField(max_length=30, choices=TrainingEndReason, blank=True)
    # Copies from the rows above, kept equal by the database: its keys need them.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="training_periods", editable=False
    )
    lead_provider = models.ForeignKey(
        LeadProvider, on_delete=models.PROTECT, related_name="training_periods", editable=False
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="training_periods", editable=False
    )

    class Meta(Period.Meta):
        ordering = ("-started_on",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(mentor__isnull=True, ect__isnull=False)
                | Q(mentor__isnull=False, ect__isnull=True),
                name="trainingperiod_mentor_or_ect",
                violation_error_message="Choose a mentor or an ECT, and not both.",
            ),
            _no_overlap("mentor"),
            _no_overlap("ect"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(deferred_at__isnull=True),
                name="trainingperiod_withdrawn_or_deferred",
                violation_error_message="A training period is withdrawn or deferred, not both.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(finished_on__isnull=False),
                name="trainingperiod_withdrawn_finished",
                violation_error_message="Withdrawing finishes the training period: give its end.",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="")
                | Q(end_reason__in=TrainingEndReason.values, finished_on__isnull=False),
                name="trainingperiod_ended_with_reason",
                violation_error_message="Only a training period that ends has a reason for it.",
            ),
            models.UniqueConstraint(
                fields=["id", "teacher", "lead_provider"], name="trainingperiod_key"
            ),
            models.UniqueConstraint(fields=["id", "cohort"], name="trainingperiod_cohort_key"),
        ]

    def __str__(self) -> str:
        return f"{self.person.teacher} with {self.partnership.lead_provider}"

    @property
    def person(self) -> PersonAtSchool:
        """The mentor or ECT who is trained: their time at the school."""
        # The database holds that one of them is there.
        return cast(PersonAtSchool, self.mentor or self.ect)

    def clean(self) -> None:
        """Refuse a partnership of another school, or days outside their time at the school."""
        super().clean()
        person = self.mentor or self.ect
        if person is None or self.partnership_id is None or self.started_on is None:
            return
        if self.partnership.school_id != person.school_id:
            raise ValidationError({"partnership": f"Choose a partnership of {person.school}."})
        if self.started_on < person.started_on:
            raise ValidationError({"started_on": "Training must start within their time there."})
        if person.finished_on and (
            self.finished_on is None or self.finished_on > person.finished_on
        ):
            raise ValidationError({"finished_on": "Training must end within their time there."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the school, teacher, lead provider and cohort of the rows it refers to."""
        self.school_id = self.person.school_id
        self.teacher_id = self.person.teacher_id
        self.lead_provider_id = self.partnership.lead_provider_id
        self.cohort_id = self.partnership.cohort_id
        super().save(*args, **kwargs)
