"""The school, as the public register of schools (GIAS) knows it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked


@tracked()
class School(models.Model):
    """A school in England. The GIAS import keeps it; closed schools stay, marked."""

    class Status(models.IntegerChoices):
        """EstablishmentStatus, with the codes of GIAS."""

        OPEN = 1, "Open"
        CLOSED = 2, "Closed"
        PROPOSED_TO_CLOSE = 3, "Open, but proposed to close"
        PROPOSED_TO_OPEN = 4, "Proposed to open"

    urn = models.PositiveIntegerField(
        "URN",
        unique=True,
        validators=[MinValueValidator(100000), MaxValueValidator(999999)],
        help_text="The unique reference number: 6 digits.",
    )
    name = models.CharField(max_length=200)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.OPEN)
    establishment_type = models.CharField("type", max_length=100, blank=True)
    phase = models.CharField(max_length=50, blank=True)
    local_authority = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "urn")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(urn__range=(100000, 999999)), name="school_urn"),
            models.CheckConstraint(condition=~Q(name=""), name="school_name"),
            models.CheckConstraint(
                condition=Q(status__in=[1, 2, 3, 4]),
                name="school_status",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="school_closed_after_opened",
                violation_error_message="The school must close after it opens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"
