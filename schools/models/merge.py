"""Merges: two records of one teacher became one, and the ids of the record that went stay known."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from core.history import tracked
from core.model_fields import NameModelField
from schools.models.at_school import ECTAtSchool, MentorAtSchool
from schools.models.teacher import Teacher


@tracked()
class TeacherMerge(models.Model):
    """A record of a teacher that was merged into another record of the same person.

    Its TRN, participant id and training record id lead to the teacher who stays
    (schools/finding.py). No other teacher can have them: a trigger of Teacher refuses it.
    """

    teacher = models.ForeignKey(
        Teacher,
        on_delete=models.PROTECT,
        related_name="merges",
        help_text="The record that stays. After a further merge, the one that stayed then.",
    )
    former_id = models.BigIntegerField(
        unique=True, help_text="The number of the record that went, in admin's old addresses."
    )
    participant_id = models.UUIDField(unique=True, help_text="That of the record that went.")
    into_participant_id = models.UUIDField(help_text="That of the record it was merged into.")
    mentor_training_record_id = models.UUIDField(unique=True)
    trn = models.CharField("TRN", max_length=7, unique=True)
    name = NameModelField(max_length=Teacher.LONGEST_NAME)
    date_of_birth = models.DateField()
    merged_at = models.DateTimeField()
    by = models.CharField(max_length=100, help_text="A kind and an id, such as “user 12”.")
    rows = models.JSONField(
        encoder=DjangoJSONEncoder,
        help_text="Each row that the merge changed: its model, its id, and what became of it.",
    )

    class Meta:
        verbose_name = "merged record of a teacher"
        verbose_name_plural = "merged records of teachers"
        ordering = ("-merged_at", "-id")

    def __str__(self) -> str:
        return f"{self.name} ({self.trn}), merged into {self.teacher}"


@tracked()
class FormerPublicId(models.Model):
    """The public id of a time at a school that became one with another, which it leads to."""

    public_id = models.UUIDField(unique=True)
    mentor = models.ForeignKey(
        MentorAtSchool, on_delete=models.PROTECT, null=True, related_name="former_public_ids"
    )
    ect = models.ForeignKey(
        ECTAtSchool,
        on_delete=models.PROTECT,
        null=True,
        related_name="former_public_ids",
        verbose_name="ECT",
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(mentor__isnull=True, ect__isnull=False)
                | Q(mentor__isnull=False, ect__isnull=True),
                name="formerpublicid_of_mentor_or_ect",
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id}, now {self.mentor or self.ect}"
