"""The times of teachers at schools, as a mentor or an ECT."""

import uuid
from typing import ClassVar, TypeVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import HashIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from core.history import tracked
from core.model_fields import AddressModelField
from core.periods import Period
from schools.models.school import School
from schools.models.teacher import Teacher
from schools.models.teacher_triggers import have_start_of_induction


class AtSchool(Period):
    """The base of both roles: a teacher's time at a school, and the school's email for them.

    `foreign_key` is the name of the foreign keys that lead to a time in the role; `a_noun` is the
    role in words.
    """

    foreign_key: ClassVar[str]
    a_noun: ClassVar[str]

    public_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Stands in the addresses of pages.",
    )
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="%(class)ss")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="%(class)ss")
    email = AddressModelField("email address", help_text="The school's address for this person.")

    class Meta(Period.Meta):
        abstract = True
        ordering = ("teacher__searchable_name", "started_on")
        indexes: ClassVar[list[models.Index]] = [
            # For staff, who search by the beginning of an address.
            models.Index(
                fields=["email"], opclasses=["text_pattern_ops"], name="%(class)s_email_begins"
            ),
            # Joins would take the GiST index: docs/decisions/0020-hash-indexes-for-joins.md.
            HashIndex(fields=["id"], name="%(class)s_by_id"),
            HashIndex(fields=["teacher"], name="%(class)s_by_teacher"),
        ]
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
                violation_error_message="Another person has this email address at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} at {self.school}"


@tracked(exclude=("period",))
class MentorAtSchool(AtSchool):
    """A teacher's time as a mentor at a school; they may be at several schools at once.

    A school that adds the mentor may tell us that they leave this one. That ends nothing: this
    school's tutors are asked to tell us.
    """

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    reported_finished_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The day after their last day here, as another school has told us.",
    )
    reported_by = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The school that told us of a last day here.",
    )

    foreign_key, a_noun = "mentor", "a mentor"

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
            models.CheckConstraint(
                condition=Q(reported_finished_on__isnull=True, reported_by__isnull=True)
                # Null is asked for explicitly, as PostgreSQL lets a check pass that is null.
                | Q(
                    reported_finished_on__isnull=False,
                    reported_finished_on__gt=F("started_on"),
                    reported_by__isnull=False,
                )
                & ~Q(reported_by=F("school")),
                name="mentoratschool_reported_leaving",
                violation_error_message="Another school tells us of a last day after the start.",
            ),
        ]


@tracked(exclude=("period",))
class ECTAtSchool(AtSchool):
    """A teacher's time as an ECT at a school; they are at one school at a time."""

    foreign_key, a_noun = "ect", "an ECT"

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
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = have_start_of_induction()

    def clean(self) -> None:
        """Refuse a teacher without a start of induction, as an error of the field."""
        super().clean()
        if self.teacher_id and self.teacher.induction_started_on is None:
            raise ValidationError(
                {
                    "teacher": "Enter on the teacher’s page when their induction started, then add"
                    " them as an ECT."
                }
            )


# For code that serves both roles: a person's row, and the model, which says the role.
PersonAtSchool = MentorAtSchool | ECTAtSchool
RoleModel = type[MentorAtSchool] | type[ECTAtSchool]
# The same in functions that return what they are given: mentors for mentors, ECTs for ECTs.
Person = TypeVar("Person", MentorAtSchool, ECTAtSchool)
