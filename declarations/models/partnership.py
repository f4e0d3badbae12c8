"""A school's arrangements for an academic year: its programme, and its partnerships.

The composite keys, added by SQL in migrations, ensure that the year of a partnership is
provider-led and of the same school and cohort, and that the two providers work together in it.
"""

from typing import Any, ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

from core.history import tracked
from core.model_fields import LineModelField
from declarations.models.provider import (
    Cohort,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from schools.models import School


class TrainingProgramme(models.TextChoices):
    """How the school trains its ECTs that year, in the words that schools read."""

    PROVIDER_LED = "provider_led", "Use a training provider funded by the DfE"
    SCHOOL_LED = "school_led", "Deliver your own programme"
    NOT_DECIDED = "not_decided", "Not decided yet"


@tracked(exclude=("updated_at",))
class SchoolYear(models.Model):
    """A school in an academic year: which programme, and which appropriate body if any."""

    Programme = TrainingProgramme

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="school_years")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="school_years")
    programme = models.CharField(
        max_length=20, choices=TrainingProgramme, default=TrainingProgramme.NOT_DECIDED
    )
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chosen_by_school_years",
        help_text="The one that the school chose, if it did. A partnership goes before it.",
    )
    appropriate_body = LineModelField(max_length=200, blank=True)
    updated_at = models.DateTimeField(
        db_default=Now(),
        editable=False,
        help_text="When what lead providers read of the school in this year last changed.",
    )

    class Meta:
        ordering = ("-cohort__start_year", "school__name")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["updated_at"], name="schoolyear_updated")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["school", "cohort"],
                name="schoolyear_once",
                violation_error_message="This school already has this academic year.",
            ),
            models.CheckConstraint(
                condition=Q(programme__in=TrainingProgramme.values), name="schoolyear_programme"
            ),
            models.CheckConstraint(
                condition=Q(lead_provider__isnull=True)
                | Q(programme=TrainingProgramme.PROVIDER_LED),
                name="schoolyear_lead_provider",
                violation_error_message="Only a provider-led year has a lead provider.",
            ),
            models.UniqueConstraint(fields=["id", "school", "programme"], name="schoolyear_key"),
            models.UniqueConstraint(fields=["id", "cohort"], name="schoolyear_cohort_key"),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.cohort}"

    def clean(self) -> None:
        """Refuse, by field, to leave partnerships in a year that is not provider-led."""
        super().clean()
        if (
            self.pk
            and self.programme != TrainingProgramme.PROVIDER_LED
            and self.partnerships.exists()
        ):
            raise ValidationError(
                {"programme": "This year has partnerships. Delete or move them first."}
            )
        if self.programme != TrainingProgramme.PROVIDER_LED and self.lead_provider_id:
            raise ValidationError(
                {"lead_provider": "Only a provider-led year has a lead provider. Leave this empty."}
            )


@tracked(exclude=("programme", "updated_at", "counted_on"))
class SchoolPartnership(models.Model):
    """A provider-led school year together with the lead provider and delivery partner."""

    public_id = models.UUIDField(
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="The partnership's id that lead providers know.",
    )
    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="partnerships"
    )
    # A copy of the year's school, kept equal by the database, for the keys of training periods.
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", editable=False)
    # A copy of the year's cohort: when DfE changes that, the database changes this and its copies.
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="partnerships", editable=False
    )
    # Always provider-led: the key to the year's own programme refuses a partnership elsewhere.
    programme = models.GeneratedField(
        expression=Value(TrainingProgramme.PROVIDER_LED.value),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )
    lead_provider = models.ForeignKey(
        LeadProvider, on_delete=models.PROTECT, related_name="partnerships"
    )
    delivery_partner = models.ForeignKey(
        DeliveryPartner, on_delete=models.PROTECT, related_name="partnerships"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    counted_on = models.DateField(
        null=True,
        editable=False,
        help_text="The day from which on as many people are in training as last counted.",
    )

    class Meta:
        ordering = ("-cohort__start_year", "lead_provider__name")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["updated_at"], name="schoolpartnership_updated"),
            # The order of a lead provider's list.
            models.Index(
                fields=["lead_provider", "created_at", "public_id"], name="schoolpartnership_oldest"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["school_year", "lead_provider", "delivery_partner"],
                name="schoolpartnership_once",
                violation_error_message="This school year already has this partnership.",
            ),
            models.UniqueConstraint(
                fields=["id", "school", "lead_provider"], name="schoolpartnership_key"
            ),
            models.UniqueConstraint(fields=["id", "cohort"], name="schoolpartnership_cohort_key"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider} with {self.delivery_partner}: {self.school_year}"

    def clean(self) -> None:
        """Refuse, by field, a year that is not provider-led, and two that do not work together."""
        super().clean()
        if self.school_year_id is None:
            return
        if self.school_year.programme != TrainingProgramme.PROVIDER_LED:
            raise ValidationError(
                {"school_year": "Choose a year in which the school uses a training provider."}
            )
        if self.lead_provider_id is None or self.delivery_partner_id is None:
            return
        works_with = LeadProviderDeliveryPartnership.objects.filter(
            lead_provider=self.lead_provider_id,
            delivery_partner=self.delivery_partner_id,
            cohort=self.school_year.cohort_id,
        )
        if not works_with.exists():
            raise ValidationError(
                {
                    "delivery_partner": f"{self.delivery_partner} does not work with"
                    f" {self.lead_provider} in {self.school_year.cohort}. Add that first, under"
                    " Delivery partners of lead providers."
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the school and cohort of the school year."""
        self.school_id = self.school_year.school_id
        self.cohort_id = self.school_year.cohort_id
        super().save(*args, **kwargs)
