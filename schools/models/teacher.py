"""The teacher, one person known by a TRN, and their times at schools as a mentor or an ECT."""

import uuid
from datetime import date
from typing import ClassVar, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from core.history import tracked
from core.periods import Period, last_day
from schools.models.school import School


@tracked(exclude=("updated_at", "unfunded_mentor_updated_at"))
class Teacher(models.Model):
    """One person. Where they mentor or train is in MentorAtSchool and ECTAtSchool."""

    participant_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The public identifier by which lead providers know this person.",
    )
    mentor_training_record_id = models.UUIDField(
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="The `training_record_id` by which lead providers know their mentor training.",
    )
    trn = models.CharField(
        "TRN",
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{7}\Z", "Enter a TRN of 7 digits, zeros included.")],
        help_text="The teacher reference number: 7 digits, leading zeros count.",
    )
    name = models.CharField(max_length=200)
    date_of_birth = models.DateField()
    mentor_funding_eligible_from = models.DateField(
        "eligible for mentor funding from",
        null=True,
        blank=True,
        help_text="The first day on which DfE holds this person eligible for mentor funding.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(
        db_default=Now(),
        editable=False,
        db_index=True,
        help_text="When what lead providers read of the participant last changed.",
    )
    unfunded_mentor_updated_at = models.DateTimeField(
        db_default=Now(),
        editable=False,
        db_index=True,
        help_text="When what lead providers read of the unfunded mentor last changed.",
    )

    class Meta:
        ordering = ("name", "trn")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(trn__regex=r"^[0-9]{7}$"), name="teacher_trn"),
            models.CheckConstraint(condition=~Q(name=""), name="teacher_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.trn})"


class AtSchool(Period):
    """The base of both roles: a teacher's time at a school, and the school's email for them."""

    public_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Stands in the addresses of pages.",
    )
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="%(class)ss")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="%(class)ss")
    email = models.EmailField("email address", help_text="The school's address for this person.")

    class Meta(Period.Meta):
        abstract = True
        ordering = ("teacher__name", "started_on")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="%(class)s_email_lower_case",
                violation_error_message="Enter the email address in lower case.",
            ),
            ExclusionConstraint(
                name="%(class)s_email_one_holder",
                expressions=[
                    ("email", RangeOperators.EQUAL),
                    ("teacher", RangeOperators.NOT_EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Somebody else has this email address at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} at {self.school}"


@tracked(exclude=("period",))
class MentorAtSchool(AtSchool):
    """A teacher's time as a mentor at a school; they may be at several schools at once."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(AtSchool.Meta):
        verbose_name = "mentor at school"
        verbose_name_plural = "mentors at school"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *AtSchool.Meta.constraints,
            ExclusionConstraint(
                name="mentoratschool_once_at_a_time",
                expressions=[
                    ("teacher", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This teacher is already a mentor at this school then.",
            ),
        ]


@tracked(exclude=("period",))
class ECTAtSchool(AtSchool):
    """A teacher's time as an ECT at a school; they are at one school at a time."""

    induction_started_on = models.DateField(help_text="The first day of induction.")
    induction_finished_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day after the last day of induction; empty until it is completed.",
    )

    class Meta(AtSchool.Meta):
        verbose_name = "ECT at school"
        verbose_name_plural = "ECTs at school"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *AtSchool.Meta.constraints,
            ExclusionConstraint(
                name="ectatschool_one_school_at_a_time",
                expressions=[
                    ("teacher", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This teacher is an ECT at a school then already.",
            ),
            models.CheckConstraint(
                condition=Q(induction_finished_on__isnull=True)
                | Q(induction_finished_on__gt=F("induction_started_on")),
                name="ectatschool_induction_finished_after_started",
                violation_error_message="Induction must finish after it started.",
            ),
        ]

    @property
    def induction_last_day(self) -> date | None:
        """The last day of induction, included; None until it is completed."""
        return last_day(self.induction_finished_on)

    def clean(self) -> None:
        """Refuse an induction that ends before it starts, as an error of its field."""
        super().clean()
        finished, started = self.induction_finished_on, self.induction_started_on
        if finished and started and finished <= started:
            raise ValidationError(
                {"induction_finished_on": "Induction must finish after it started."}
            )


# For code that serves both roles: a person's row, and the model, which says the role.
PersonAtSchool = MentorAtSchool | ECTAtSchool
RoleModel = type[MentorAtSchool] | type[ECTAtSchool]
# The same in functions that return what they are given: mentors for mentors, ECTs for ECTs.
Person = TypeVar("Person", MentorAtSchool, ECTAtSchool)
