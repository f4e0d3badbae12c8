"""Lead providers, delivery partners, and the cohorts that training is grouped by."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.history import tracked


@tracked()
class LeadProvider(models.Model):
    """An organisation funded by the DfE to run training. It sends declarations through the API."""

    name = models.CharField(max_length=200, unique=True)
    email = models.EmailField(
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


@tracked()
class DeliveryPartner(models.Model):
    """An organisation, such as a teaching school hub, that delivers for lead providers."""

    public_id = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The `delivery_partner_id` that lead providers know.",
    )
    name = models.CharField(max_length=200, unique=True)

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
