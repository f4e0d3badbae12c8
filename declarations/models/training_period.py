"""A person's training by a lead provider, through a partnership of their school.

Until the school has a partnership with that provider in that cohort, the training waits: it has no
partnership, and no provider sees it. The composite keys, added by SQL in migrations, ensure that a
training period is within a time of the same person at the same school, and that its partnership, if
it has one, is of that school, provider and cohort.
"""

import uuid
from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import HashIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When

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


class Course(models.TextChoices):
    """The courses of the provider contract."""

    MENTOR = "ecf-mentor", "Mentor training"
    ECT = "ecf-induction", "Training of early career teachers"


class TrainingEndReason(models.TextChoices):
    """Why a training period ended, when the provider did not stop it and DfE did not end it."""

    LEFT_SCHOOL = "left_school", "They left the school"
    CHANGED_LEAD_PROVIDER = "changed_lead_provider", "The school changed the lead provider"
    COMPLETED = "completed", "They completed their training"


class WithdrawalReason(models.TextChoices):
    """Why a lead provider withdrew a mentor, in the API contract's words."""

    LEFT_PROFESSION = "left-teaching-profession", "Left the teaching profession"
    MOVED_SCHOOL = "moved-school", "Moved school"
    NO_LONGER_MENTORED = "mentor-no-longer-being-mentor", "No longer a mentor"
    SCHOOL_LED = "switched-to-school-led", "The school delivers its own programme now"
    CHANGED_PROVIDER = "changed-lead-provider", "Changed lead provider"
    OTHER = "other", "Other"


class DeferralReason(models.TextChoices):
    """Why a lead provider deferred a mentor, in the API contract's words."""

    BEREAVEMENT = "bereavement", "Bereavement"
    SICKNESS = "long-term-sickness", "Long-term sickness"
    PARENTAL_LEAVE = "parental-leave", "Parental leave"
    CAREER_BREAK = "career-break", "Career break"
    OTHER = "other", "Other"


def _with_its_reason(what: str, reasons: type[models.TextChoices]) -> models.CheckConstraint:
    """With the moment there are a reason of the list and an end; without it, no reason."""
    moment, reason = f"{what}_at", f"{what}_reason"
    return models.CheckConstraint(
        condition=Q(**{f"{moment}__isnull": True, reason: ""})
        | Q(
            **{f"{moment}__isnull": False, f"{reason}__in": reasons.values},
            finished_on__isnull=False,
        ),
        name=f"trainingperiod_{what}",
        violation_error_message=f"Training that is {what} has a reason and an end.",
    )


@tracked(exclude=("period", "course_identifier"))
class TrainingPeriod(Period):
    """A lead provider's training of a mentor or an ECT (exactly one of them) at a school."""

    EndReason = TrainingEndReason
    WithdrawalReason = WithdrawalReason
    DeferralReason = DeferralReason

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
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.PROTECT,
        related_name="training_periods",
        db_index=False,  # the index of its training in a cohort begins with it
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="training_periods")
    partnership = models.ForeignKey(
        SchoolPartnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
        help_text="Empty while the training waits for the school's partnership with the provider.",
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When the provider withdrew them. Ends the period."
    )
    withdrawn_reason = models.CharField(max_length=40, choices=WithdrawalReason, blank=True)
    deferred_at = models.DateTimeField(
        null=True, blank=True, help_text="When the provider deferred them. Ends the period."
    )
    deferred_reason = models.CharField(max_length=40, choices=DeferralReason, blank=True)
    end_reason = models.CharField(max_length=30, choices=TrainingEndReason, blank=True)
    finished_on_before_completion = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The end that a period had before a completion ended it, if any.",
    )
    # Copies from the rows above, kept equal by the database: its keys need them.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    teacher = models.ForeignKey(
        Teacher,
        on_delete=models.PROTECT,
        related_name="training_periods",
        editable=False,
        db_index=False,  # the index of its latest training begins with it
    )
    course_identifier = models.GeneratedField(
        expression=Case(
            When(mentor__isnull=False, then=Value(Course.MENTOR.value)),
            default=Value(Course.ECT.value),
        ),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )

    class Meta(Period.Meta):
        ordering = ("-started_on",)
        indexes: ClassVar[list[models.Index]] = [
            # Who is interested in training with a provider, and what waits for a partnership.
            models.Index(
                fields=["school", "cohort", "lead_provider"], name="trainingperiod_at_school"
            ),
            models.Index(fields=["lead_provider", "cohort"], name="trainingperiod_of_cohort"),
            # A teacher's latest training with a provider, read from the index alone.
            models.Index(
                fields=["teacher", "lead_provider", "started_on", "id"],
                include=["mentor", "ect", "partnership"],
                name="trainingperiod_latest",
            ),
            # The ECTs that a provider trains.
            models.Index(
                fields=["lead_provider", "ect", "teacher", "started_on", "id"],
                condition=Q(ect__isnull=False, partnership__isnull=False),
                name="trainingperiod_ects",
            ),
            # Partnerships in which training began, or ended, on a day.
            models.Index(fields=["started_on"], name="trainingperiod_started"),
            models.Index(fields=["finished_on"], name="trainingperiod_finished"),
            # Joins would take the GiST index: docs/decisions/0020-hash-indexes-for-joins.md.
            HashIndex(fields=["mentor"], name="trainingperiod_by_mentor"),
            HashIndex(fields=["ect"], name="trainingperiod_by_ect"),
            # The few that staff filter their list by.
            models.Index(
                fields=["id"],
                condition=Q(withdrawn_at__isnull=False),
                name="trainingperiod_withdrawn_ones",
            ),
            models.Index(
                fields=["id"],
                condition=Q(deferred_at__isnull=False),
                name="trainingperiod_deferred_ones",
            ),
        ]
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
            _with_its_reason("withdrawn", WithdrawalReason),
            _with_its_reason("deferred", DeferralReason),
            models.CheckConstraint(
                condition=Q(end_reason="")
                | Q(end_reason__in=TrainingEndReason.values, finished_on__isnull=False),
                name="trainingperiod_ended_with_reason",
                violation_error_message="Only a training period that ends has a reason for it.",
            ),
            models.CheckConstraint(
                condition=Q(finished_on_before_completion__isnull=True)
                | Q(end_reason=TrainingEndReason.COMPLETED),
                name="trainingperiod_end_before_completion",
                violation_error_message="Only a completion keeps the end that was there before.",
            ),
            models.UniqueConstraint(
                fields=["id", "teacher", "lead_provider", "course_identifier"],
                name="trainingperiod_key",
            ),
            models.UniqueConstraint(
                fields=["id", "partnership", "cohort"], name="trainingperiod_partnership_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} with {self.lead_provider}"

    @property
    def person(self) -> PersonAtSchool:
        """The mentor or ECT who is trained: their time at the school."""
        # The database holds that one of them is there.
        return cast(PersonAtSchool, self.mentor or self.ect)

    @property
    def waits(self) -> bool:
        """Whether the training waits for the school's partnership with the provider."""
        return self.partnership_id is None

    def clean(self) -> None:
        """Refuse a partnership of another school, provider or year, and days outside their time."""
        super().clean()
        person = self.mentor or self.ect
        if person is None or self.started_on is None:
            return
        self._clean_partnership(person)
        if self.started_on < person.started_on:
            raise ValidationError({"started_on": "Training must start within their time there."})
        if person.finished_on and (
            self.finished_on is None or self.finished_on > person.finished_on
        ):
            raise ValidationError({"finished_on": "Training must end within their time there."})

    def _clean_partnership(self, person: PersonAtSchool) -> None:
        if self.partnership is None:
            return
        if self.partnership.school_id != person.school_id:
            raise ValidationError({"partnership": f"Choose a partnership of {person.school}."})
        if (self.partnership.lead_provider_id, self.partnership.cohort_id) != (
            self.lead_provider_id,
            self.cohort_id,
        ):
            raise ValidationError(
                {"partnership": "Choose a partnership with this lead provider, in this year."}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the school and teacher of the mentor's or the ECT's time there."""
        self.school_id = self.person.school_id
        self.teacher_id = self.person.teacher_id
        super().save(*args, **kwargs)
