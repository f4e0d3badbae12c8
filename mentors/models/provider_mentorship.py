"""Which mentorships are of ECTs whom a lead provider trains."""

from typing import ClassVar

from django.db import models

from core.periods import PeriodQuerySet
from declarations.models import LeadProvider
from mentors.models.mentorship import Mentorship
from schools.models import Teacher


class ProviderMentorship(models.Model):
    """A mentorship of an ECT, and a lead provider whose latest training of them is at that school.

    Triggers keep these rows (the migration `kept_by_triggers`), and nothing else writes them. A
    provider's unfunded mentors are among them.
    """

    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,  # the indexes of its list begin with it
    )
    # The triggers delete these rows with their mentorship. No constraint does so, because it would
    # lock the mentorship and its two teachers after the ECT, and all else locks them before.
    mentorship = models.ForeignKey(
        Mentorship,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,  # a constraint begins with it
    )
    # Copies from the mentorship and from the mentor's record.
    ect_teacher = models.ForeignKey(
        Teacher, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    mentor_teacher = models.ForeignKey(
        Teacher,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,  # an index has it
    )
    finished_on = models.DateField(null=True, help_text="The end of the mentorship.")
    created_at = models.DateTimeField(help_text="When the mentor's record was made.")
    participant_id = models.UUIDField(help_text="The mentor's.")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mentorship", "lead_provider"], name="providermentorship_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["lead_provider", "created_at", "participant_id"],
                include=["finished_on", "mentor_teacher", "mentorship"],
                name="providermentorship_paging",
            ),
            models.Index(
                fields=["mentor_teacher", "lead_provider", "mentorship"],
                include=["finished_on"],
                name="providermentorship_of_mentor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider_id} trains the ECT of {self.mentorship_id}"
