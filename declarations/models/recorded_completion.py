"""What DfE recorded about mentor training outside declarations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.history import tracked
from schools.models import Teacher


@tracked()
class RecordedCompletion(models.Model):
    """DfE's own record that a mentor completed in the early roll-out, or started and did not."""

    class Kind(models.TextChoices):
        """What is recorded. Early roll-out mentors completed on 19 April 2021."""

        EARLY_ROLL_OUT = "early_roll_out", "Early roll-out"
        STARTED_NOT_COMPLETED = "started_not_completed", "Started, not completed"

    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="recorded_completions"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("teacher__name", "kind")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["teacher", "kind"],
                name="recordedcompletion_one_of_a_kind",
                violation_error_message="This is recorded for this teacher already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["early_roll_out", "started_not_completed"]),
                name="recordedcompletion_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.teacher}"
