"""How many declarations a lead provider's list has of each week."""

from typing import ClassVar

from django.db import models

from declarations.models.provider import Cohort, LeadProvider


class DeclarationCount(models.Model):
    """Declarations that a lead provider sees: of a cohort, made in a week. The rows' sum counts.

    Triggers add a row for each change (the migration `counted_by_triggers`) and change none, so
    that writers do not wait for each other. Each night all are replaced by one row for each week.
    """

    # No constraints: the declarations protect what they refer to, and rows that add up to nothing
    # should not.
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,  # an index begins with it
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    week = models.DateField(help_text="The Monday on which the week of creation began, in UTC.")
    number = models.IntegerField(help_text="How many came; below 0 how many went.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["lead_provider", "week"],
                include=["cohort", "number"],
                name="declarationcount_of_provider",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} of the week of {self.week} for {self.lead_provider_id}"
