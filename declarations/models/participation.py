"""Which mentors are a lead provider's participants, and by which training period."""

from typing import ClassVar

from django.db import models

from declarations.models.provider import Cohort, LeadProvider
from declarations.models.training_period import TrainingPeriod
from schools.models import Teacher


class Participation(models.Model):
    """The latest-starting training period, in a partnership, of a mentor with a lead provider.

    Triggers keep these rows (the migration `kept_by_triggers`), and nothing else writes them. There
    is one for each mentor whom the provider ever trained or is to train.
    """

    training_period = models.OneToOneField(
        TrainingPeriod,
        on_delete=models.DO_NOTHING,  # the trigger on training periods deletes it
        # A foreign key would lock this training after the teacher. Who deletes it locks it before.
        db_constraint=False,
        primary_key=True,
        related_name="+",
    )
    # Copies from the training period and the teacher, by which the list is filtered and sorted. The
    # training period protects what they refer to.
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,  # the indexes of its list begin with it
    )
    teacher = models.ForeignKey(
        Teacher,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,  # its constraint begins with it
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(help_text="When the teacher's record was made.")
    participant_id = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["teacher", "lead_provider"], name="participation_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["lead_provider", "created_at", "participant_id"],
                include=["cohort"],
                name="participation_paging",
            ),
            models.Index(
                fields=["lead_provider", "cohort", "created_at", "participant_id"],
                name="participation_of_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider_id} trains {self.teacher_id}"
