"""Lead providers, delivery partners, which of them work together, and the cohorts of training."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.history import tracked
from core.model_fields import AddressModelField, LineModelField


@tracked()
class LeadProvider(models.Model):
    """An organisation funded by the DfE to run training. It sends declarations through the API."""

    name = LineModelField(max_length=200, unique=True)
    email = AddressModelField(
        "contact address",
        blank=True,
        help_text="Pages give it to schools that have questions about a person’s training.",
    )

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="leadprovider_name")
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=("updated_at",))
class DeliveryPartner(models.Model):
    """An organisation, such as a teaching school hub, that delivers for lead providers."""

    public_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The `delivery_partner_id` that lead providers know.",
    )
    name = LineModelField(max_length=200, unique=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False, db_index=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="deliverypartner_name")
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cohort(models.Model):
    """The year an academic year starts. Pages say "academic year 2023 to 2024"."""

    start_year = models.PositiveSmallIntegerField(
        unique=True, validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )
    closed_for_payment = models.BooleanField(
        default=False, help_text="Its funding contract has ended: nothing more is paid."
    )

    class Meta:
        ordering = ("-start_year",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(start_year__range=(2020, 2100)), name="cohort_start_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.start_year} to {self.start_year + 1}"


@tracked()
class LeadProviderDeliveryPartnership(models.Model):
    """A delivery partner works with a lead provider in a cohort, as DfE staff keep it.

    A school's partnership is of such a pair. The database refuses to remove one that is in use.
    """

    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.PROTECT,
        related_name="delivery_partnerships",
        db_index=False,  # the unique constraint's index begins with it
    )
    delivery_partner = models.ForeignKey(
        DeliveryPartner, on_delete=models.PROTECT, related_name="delivery_partnerships"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="delivery_partnerships"
    )

    class Meta:
        verbose_name = "delivery partner of a lead provider"
        verbose_name_plural = "delivery partners of lead providers"
        ordering = ("-cohort__start_year", "lead_provider__name", "delivery_partner__name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["lead_provider", "delivery_partner", "cohort"],
                name="leadproviderdeliverypartnership_once",
                violation_error_message="These two work together in this academic year already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider} with {self.delivery_partner}, {self.cohort}"

    def clean(self) -> None:
        """Refuse to change a pair that a school's partnership rests on."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first()
        if before and self._pair() != before._pair() and (reason := before.why_it_stays()):
            raise ValidationError(reason)

    def _pair(self) -> tuple[int, int, int]:
        return self.lead_provider_id, self.delivery_partner_id, self.cohort_id

    def why_it_stays(self) -> str | None:
        """Why it cannot be changed or removed, in words; None if no partnership rests on it."""
        in_use = self.cohort.partnerships.filter(
            lead_provider=self.lead_provider_id, delivery_partner=self.delivery_partner_id
        ).count()
        if not in_use:
            return None
        schools = "1 school is" if in_use == 1 else f"{in_use} schools are"
        return f"{schools} in partnership with {self}. Move or delete the partnerships first."
