"""The record of which policy is in force from which day; see mentors/status/policies.py."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.history import tracked
from core.periods import in_words


class PolicyKind(models.TextChoices):
    """The three policies of docs/training-status.md."""

    COMPLETED_ONLY = "completed_only", "Completed only"
    THREE_STATUSES = "three_statuses", "Three statuses"
    TIME_LIMIT = "time_limit", "With a time limit"


@tracked()
class StatusPolicy(models.Model):
    """A policy on what schools read, in force from its day until the day of the next record."""

    Policy = PolicyKind

    in_force_from = models.DateField(unique=True, help_text="The first day it holds.")
    policy = models.CharField(max_length=20, choices=PolicyKind)
    months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="With a time limit: the months from the first pairing in which to complete.",
    )

    class Meta:
        verbose_name_plural = "status policies"
        ordering = ("-in_force_from",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                # Null is asked for explicitly, as PostgreSQL lets a check pass that is null.
                condition=Q(
                    policy=PolicyKind.TIME_LIMIT,
                    months__isnull=False,
                    months__gte=1,
                    months__lte=240,
                )
                | Q(
                    policy__in=[PolicyKind.COMPLETED_ONLY, PolicyKind.THREE_STATUSES],
                    months__isnull=True,
                ),
                name="statuspolicy_months_with_time_limit",
                violation_error_message=(
                    "Give the months (1 to 240) for a policy with a time limit, and only for it."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_policy_display()} from {in_words(self.in_force_from)}"
