"""The school as the public register (GIAS) knows it, and its induction tutors."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, GistIndex, HashIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from core.history import tracked
from core.model_fields import LineModelField, NameModelField
from core.periods import Period
from core.search_text import searchable


class SchoolStatus(models.IntegerChoices):
    """EstablishmentStatus, with the codes of GIAS."""

    OPEN = 1, "Open"
    CLOSED = 2, "Closed"
    PROPOSED_TO_CLOSE = 3, "Open, but proposed to close"
    PROPOSED_TO_OPEN = 4, "Proposed to open"


@tracked(exclude=("searchable_name", "searchable_town", "updated_at"))
class School(models.Model):
    """A school in England. The GIAS import keeps it; closed schools stay, marked."""

    Status = SchoolStatus

    public_id = models.UUIDField(
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="The `school_id` that lead providers know.",
    )
    urn = models.PositiveIntegerField(
        "URN",
        unique=True,
        validators=[MinValueValidator(100000), MaxValueValidator(999999)],
        help_text="The unique reference number: 6 digits.",
    )
    name = LineModelField(max_length=200)
    searchable_name = searchable("name")
    status = models.PositiveSmallIntegerField(choices=SchoolStatus, default=SchoolStatus.OPEN)
    establishment_type = LineModelField("type", max_length=100, blank=True)
    phase = LineModelField(max_length=50, blank=True)
    local_authority = LineModelField(max_length=100, blank=True)
    region = LineModelField(max_length=50, blank=True)
    street = LineModelField(max_length=200, blank=True)
    town = LineModelField(max_length=100, blank=True)
    searchable_town = searchable("town")
    postcode = LineModelField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(
        db_default=Now(),
        editable=False,
        db_index=True,
        help_text="When what lead providers read of the school in every year last changed.",
    )

    class Meta:
        ordering = ("searchable_name", "urn")
        indexes: ClassVar[list[models.Index]] = [
            # The order of lead providers' list.
            models.Index(fields=["created_at", "public_id"], name="school_oldest"),
            GinIndex(
                fields=["searchable_name", "searchable_town"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
                name="school_words",
            ),
            # The names that are nearest to a misspelt one, as for teachers.
            GistIndex(
                OpClass(Lower("searchable_name"), name="gist_trgm_ops(siglen=32)"),
                name="school_nearest_name",
            ),
            # The order of admin's list.
            models.Index(fields=["searchable_name", "urn"], name="school_by_name"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(urn__range=(100000, 999999)), name="school_urn"),
            models.CheckConstraint(condition=~Q(name=""), name="school_name"),
            models.CheckConstraint(
                condition=Q(status__in=SchoolStatus.values), name="school_status"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="school_closed_after_opened",
                violation_error_message="The school must close after it opens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"

    def is_closed(self, day: date) -> bool:
        """Whether the school is closed on this day: by its status, or from its closing day on.

        The register may give a closing day that is past to a school that it calls open still.
        """
        return self.status == SchoolStatus.CLOSED or (
            self.closed_on is not None and self.closed_on <= day
        )


@tracked()
class SchoolSuccession(models.Model):
    """A school that closed, or is to, and one that takes over from it. The register's links."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="predecessions")

    class Meta:
        ordering = ("school__urn", "successor__urn")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["school", "successor"],
                name="schoolsuccession_once",
                violation_error_message="This school is its successor already.",
            ),
            models.CheckConstraint(
                condition=~Q(school=F("successor")),
                name="schoolsuccession_of_two_schools",
                violation_error_message="A school cannot be its own successor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} took over from {self.school}"


class AppointmentSource(models.TextChoices):
    """How an induction tutor came to be appointed."""

    NOMINATION = "nomination", "Nomination"
    DFE_SIGN_IN = "dfe_sign_in", "DfE Sign-in"


@tracked(exclude=("period", "searchable_name", "noticed_on"))
class InductionTutor(Period):
    """A user's period as an induction tutor, who sees and keeps the school's records."""

    Source = AppointmentSource

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="induction_tutors")
    source = models.CharField(
        max_length=20, choices=AppointmentSource, default=AppointmentSource.NOMINATION
    )
    named_as = NameModelField(
        max_length=200,
        blank=True,
        help_text="The name by which they were nominated. Schools read it, not the account's name.",
    )
    searchable_name = searchable("named_as")
    emails_about_training = models.BooleanField(
        default=True,
        db_default=True,
        help_text="Whether they get emails when a mentor of the school completes training. Off in"
        " one appointment at a school, it is off there.",
    )
    noticed_on = models.DateField(
        null=True,
        editable=False,
        help_text="The day on which the service noticed that this period had begun or was over.",
    )

    class Meta(Period.Meta):
        ordering = ("user__searchable_name", "started_on")
        indexes: ClassVar[list[models.Index]] = [
            # Joins would take the GiST index: docs/decisions/0020-hash-indexes-for-joins.md.
            HashIndex(fields=["user"], name="inductiontutor_by_user"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(source__in=AppointmentSource.values), name="inductiontutor_source"
            ),
            # A nomination stands beside DfE Sign-in: the one may end and leave the other alone.
            ExclusionConstraint(
                name="inductiontutor_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person is an induction tutor at this school then.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name} at {self.school}"

    @property
    def shown_name(self) -> str:
        """The name by which this school knows the tutor: see `nominate` in schools/tutors.py."""
        return self.named_as or self.user.name
