"""Notes of DfE staff on a teacher or a school, which schools and lead providers never read."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from core.model_fields import LineModelField
from core.periods import in_words, london_day
from schools.models.school import School
from schools.models.teacher import Teacher


class StaffNote(models.Model):
    """What a member of staff wrote of a teacher or of a school (exactly one of them).

    Append-only: the writer can withdraw a note, and then no story shows its text. The teacher
    changes only when two records of one person are merged.
    """

    LONGEST = 1_000

    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, null=True, blank=True, related_name="staff_notes"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="staff_notes"
    )
    text = LineModelField(
        max_length=LONGEST,
        help_text="Write only what the work needs: the person can ask to read it.",
    )
    by = models.CharField(
        max_length=100, editable=False, help_text="A kind and an id, such as “user 12”."
    )
    written_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "note of staff"
        verbose_name_plural = "notes of staff"
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(teacher__isnull=True, school__isnull=False)
                | Q(teacher__isnull=False, school__isnull=True),
                name="staffnote_on_teacher_or_school",
                violation_error_message="Choose a teacher or a school, and not both.",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(by=""), name="staffnote_text_and_by"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.ReadOnly(
                name="append_only_as_written", fields=["school", "text", "by", "written_at"]
            ),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Note of {in_words(london_day(self.written_at))}"
