"""The induction tutor: a user's appointment at a school."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from accounts.history import tracked
from schools.models.school import School
from schools.periods import Period


@tracked(exclude=("period",))
class InductionTutor(Period):
    """For its period the user may see and keep the school's records; a school may have several."""

    class Source(models.TextChoices):
        """How the appointment came about."""

        NOMINATION = "nomination", "Nomination"
        DFE_SIGN_IN = "dfe_sign_in", "DfE Sign-in"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="induction_tutors")
    source = models.CharField(max_length=20, choices=Source, default=Source.NOMINATION)
    named_as = models.CharField(
        max_length=200,
        blank=True,
        help_text="The name by which they were nominated. Schools read it, not the account's name.",
    )

    class Meta(Period.Meta):
        ordering = ("user__name", "started_on")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(source__in=["nomination", "dfe_sign_in"]), name="inductiontutor_source"
            ),
            # A nomination stands beside DfE Sign-in: the one may end and leave the other alone.
            ExclusionConstraint(
                name="inductiontutor_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person is an induction tutor at this school then.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name} at {self.school}"

    @property
    def shown_name(self) -> str:
        """How the school calls this person (schools/nominating.py says why)."""
        return self.named_as or self.user.name
