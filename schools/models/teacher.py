"""The teacher: one person, known by a TRN."""

import uuid
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from accounts.history import tracked


@tracked()
class Teacher(models.Model):
    """One person. Where they mentor or train is in MentorAtSchool and ECTAtSchool."""

    participant_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The public identifier by which lead providers know this person.",
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

    class Meta:
        ordering = ("name", "trn")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(trn__regex=r"^[0-9]{7}$"), name="teacher_trn"),
            models.CheckConstraint(condition=~Q(name=""), name="teacher_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.trn})"
