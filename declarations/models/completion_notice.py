"""Notices that a mentor completed training, or that this was taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from declarations.models.declaration import Declaration
from schools.models import Teacher


class NoticeKind(models.TextChoices):
    """What happened to a final declaration."""

    COMPLETED = "completed", "Completed"
    TAKEN_BACK = "taken_back", "Taken back"


class CompletionNotice(models.Model):
    """A final declaration was made, or stopped counting: written in the same transaction.

    Schools are told by an email each working day (mentors/completion_emails.py).
    """

    Kind = NoticeKind

    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="completion_notices"
    )
    kind = models.CharField(max_length=20, choices=NoticeKind)
    declaration = models.ForeignKey(
        Declaration,
        on_delete=models.PROTECT,
        related_name="completion_notices",
        db_index=False,  # the unique constraint's index begins with it
    )
    noticed_at = models.DateTimeField()
    told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When schools were told of it, or it was no news any more; empty until then.",
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values), name="completionnotice_kind"
            ),
            # A declaration counts once, and no transition leads back to it.
            models.UniqueConstraint(
                fields=["declaration", "kind"], name="completionnotice_once_of_a_kind"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"], condition=Q(told_at__isnull=True), name="completionnotice_untold"
            ),
            models.Index(fields=["told_at"], name="completionnotice_told_at"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher}: {self.get_kind_display()}"
