"""The teacher: one person, known by a TRN."""

import uuid
from datetime import date
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, GistIndex, HashIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from core.bounds import check_of_age
from core.history import tracked
from core.model_fields import NameModelField
from core.periods import last_day
from core.refusals import RefusedChange
from core.search_text import searchable
from schools.models.teacher_triggers import have_no_merged_ids, keeps_start_of_induction
from schools.trn import TRNModelField


@tracked(exclude=("searchable_name", "updated_at", "unfunded_mentor_updated_at"))
class Teacher(models.Model):
    """One person, with their induction, which is one whatever the school.

    Where they mentor or train is in MentorAtSchool and ECTAtSchool.
    """

    LONGEST_NAME = 200

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
    trn = TRNModelField(
        "TRN",
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{7}\Z", "Enter a TRN of 7 digits, zeros included.")],
        help_text="The teacher reference number: 7 digits, leading zeros count.",
    )
    name = NameModelField(max_length=LONGEST_NAME)
    searchable_name = searchable("name")
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

    induction_started_on = models.DateField(
        null=True,
        blank=True,
        help_text="The first day of induction, at whichever school. Every ECT has one.",
    )
    induction_finished_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day after the last day of induction; empty until it is completed.",
    )

    class Meta:
        ordering = ("searchable_name", "trn")
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(
                fields=["searchable_name"],
                opclasses=["gin_trgm_ops"],
                name="teacher_searchable_name",
            ),
            # The names that are nearest to a misspelt one. Of an expression, as the search for
            # words would use it too, and take longer than with the index above.
            GistIndex(
                OpClass(Lower("searchable_name"), name="gist_trgm_ops(siglen=32)"),
                name="teacher_nearest_name",
            ),
            # The order of admin's list.
            models.Index(fields=["searchable_name", "trn"], name="teacher_by_name"),
            # The order of lead providers' lists.
            models.Index(fields=["created_at", "participant_id"], name="teacher_oldest"),
            # Joins would take the GiST index: docs/decisions/0020-hash-indexes-for-joins.md.
            HashIndex(fields=["id"], name="teacher_by_id"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(trn__regex=r"^[0-9]{7}$"), name="teacher_trn"),
            models.CheckConstraint(condition=~Q(name=""), name="teacher_name"),
            models.CheckConstraint(
                # Null is asked for explicitly, as PostgreSQL lets a check pass that is null.
                condition=Q(induction_finished_on__isnull=True)
                | Q(
                    induction_started_on__isnull=False,
                    induction_finished_on__gt=F("induction_started_on"),
                ),
                name="teacher_induction_finished_after_started",
                violation_error_message="Induction must finish after it started.",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            keeps_start_of_induction(),
            *have_no_merged_ids(),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.trn})"

    @property
    def induction_last_day(self) -> date | None:
        """The last day of induction, included; None until it is completed."""
        return last_day(self.induction_finished_on)

    def has_completed_induction(self, day: date) -> bool:
        """Whether the last day of induction is before this day."""
        return self.induction_finished_on is not None and self.induction_finished_on <= day

    def clean(self) -> None:
        """Refuse, as errors of their fields, induction dates that the database would refuse."""
        super().clean()
        started, finished = self.induction_started_on, self.induction_finished_on
        if finished and (started is None or finished <= started):
            raise ValidationError(
                {"induction_finished_on": "Induction must finish after it started."}
            )
        if started and self.date_of_birth:
            try:
                check_of_age("Induction start date", self.date_of_birth, started)
            except RefusedChange as refusal:
                raise ValidationError({"induction_started_on": str(refusal)}) from refusal
        if started is None and self.pk and self.ectatschools.exists():
            raise ValidationError(
                {"induction_started_on": "This teacher is an ECT: enter when induction started."}
            )
