"""Which declarations a lead provider sees that other providers made."""

from typing import ClassVar

from django.db import models

from declarations.models.declaration import Declaration, week_of_change
from declarations.models.provider import Cohort, DeliveryPartner, LeadProvider


class SharedDeclaration(models.Model):
    """A declaration, and a lead provider that sees it although another one made it.

    Triggers keep these rows (the migration `kept_by_triggers`), and nothing else writes them. About
    a mentor that the provider ever trained in a partnership it sees what any other provider
    declared, while that counts and, once the provider's own latest training period has ended, is
    dated on or before its last day.
    """

    declaration = models.ForeignKey(
        Declaration,
        on_delete=models.CASCADE,
        related_name="shared",
        db_index=False,  # its constraint begins with it
    )
    # The provider that sees it.
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # the indexes of its list begin with it
    )
    # Copies from the declaration, by which the list is filtered and sorted.
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", db_index=False)
    delivery_partner = models.ForeignKey(
        DeliveryPartner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_week = week_of_change()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["declaration", "lead_provider"], name="shareddeclaration_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["lead_provider", "created_at", "declaration"],
                name="shareddeclaration_paging",
            ),
            models.Index(
                fields=["lead_provider", "cohort", "created_at", "declaration"],
                name="shareddeclaration_of_cohort",
            ),
            models.Index(
                fields=["lead_provider", "delivery_partner", "created_at", "declaration"],
                name="shareddeclaration_of_partner",
            ),
            models.Index(
                fields=["lead_provider", "updated_week", "created_at", "declaration"],
                include=["updated_at", "cohort"],
                name="shareddeclaration_of_week",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider_id} sees {self.declaration_id}"
