"""Declarations, and the completions that DfE recorded outside them."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from core.history import tracked
from declarations.models.log_triggers import every_state_is_logged
from declarations.models.partnership import SchoolPartnership
from declarations.models.provider import Cohort, DeliveryPartner, LeadProvider
from declarations.models.training_period import Course, TrainingPeriod
from declarations.states import COUNTING_STATES, INITIAL_STATES, TRANSITIONS, State
from schools.models import Teacher


class DeclarationQuerySet(models.QuerySet):
    """Declarations, filtered by what counts."""

    def counting(self) -> "DeclarationQuerySet":
        """Those that count: submitted, eligible, payable or paid."""
        return self.filter(state__in=COUNTING_STATES)

    def final(self) -> "DeclarationQuerySet":
        """The final declarations: of type completed, in a state that counts."""
        return self.counting().filter(declaration_type=Declaration.Type.COMPLETED)


class DeclarationType(models.TextChoices):
    """What is declared, in the order in which it comes about."""

    STARTED = "started", "Started"
    RETAINED_1 = "retained-1", "Retained 1"
    RETAINED_2 = "retained-2", "Retained 2"
    RETAINED_3 = "retained-3", "Retained 3"
    RETAINED_4 = "retained-4", "Retained 4"
    COMPLETED = "completed", "Completed"
    EXTENDED_1 = "extended-1", "Extended 1"
    EXTENDED_2 = "extended-2", "Extended 2"
    EXTENDED_3 = "extended-3", "Extended 3"


_TYPES_IN_WORDS: dict[str, Any] = dict(DeclarationType.choices)


class EvidenceHeld(models.TextChoices):
    """The evidence a provider holds, in the API contract's words."""

    EVENT = "training-event-attended", "Training event attended"
    SELF_STUDY = "self-study-material-completed", "Self-study material completed"
    OFFLINE = "materials-engaged-with-offline", "Materials engaged with offline"
    ENGAGED = "75-percent-engagement-met", "75% engagement met"
    ENGAGED_REDUCED = (
        "75-percent-engagement-met-reduced-induction",
        "75% engagement met, reduced induction",
    )
    OTHER = "other", "Other"


def week_of_change() -> models.GeneratedField:
    """A column: the Monday, in UTC, of the week of `updated_at`.

    A list of what changed lately merges its weeks, each of which an index has in the list's order.
    """
    return models.GeneratedField(
        expression=models.Func(
            "updated_at",
            template="date_trunc('week', %(expressions)s AT TIME ZONE 'UTC')::date",
            output_field=models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )


# The history of the state is DeclarationStateChange, and that of the partnership is the training
# period's, so the declaration's own history leaves both out.
@tracked(exclude=("state", "academic_year", "updated_at", "updated_week", "partnership"))
class Declaration(models.Model):
    """A lead provider's statement about a training period: it started, goes on, or is completed."""

    Type = DeclarationType
    Evidence = EvidenceHeld

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_period = models.ForeignKey(
        TrainingPeriod, on_delete=models.PROTECT, related_name="declarations"
    )
    # Copies from the training period, kept equal by the database.
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="declarations", editable=False
    )
    lead_provider = models.ForeignKey(
        LeadProvider,
        on_delete=models.PROTECT,
        related_name="declarations",
        editable=False,
        db_index=False,  # the index of its list begins with it
    )
    cohort = models.ForeignKey(
        Cohort,
        on_delete=models.PROTECT,
        related_name="declarations",
        editable=False,
        db_index=False,  # an index of staff's list begins with it
    )
    # Never empty: nothing is declared about training that waits for its partnership.
    partnership = models.ForeignKey(
        SchoolPartnership,
        on_delete=models.PROTECT,
        related_name="declarations",
        editable=False,
    )
    course_identifier = models.CharField(
        "course", max_length=20, choices=Course, default=Course.MENTOR, editable=False
    )
    delivery_partner = models.ForeignKey(
        DeliveryPartner,
        on_delete=models.PROTECT,
        related_name="declarations",
        db_index=False,  # an index of the provider's list begins with it
        help_text="The partner on the day of submission; it stays when the partnership changes.",
    )
    declaration_type = models.CharField("type", max_length=20, choices=DeclarationType)
    declaration_date = models.DateTimeField(help_text="The moment it is declared for.")
    # The year in which the academic year of that moment starts, in London: for staff's list.
    academic_year = models.GeneratedField(
        expression=models.Func(
            "declaration_date",
            # From 1 September on it is this year.
            template="extract(year FROM (%(expressions)s AT TIME ZONE 'Europe/London')"
            " - interval '8 months')::integer",
            output_field=models.IntegerField(),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    evidence_held = models.CharField(max_length=50, choices=EvidenceHeld, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_week = week_of_change()

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lead_provider", "created_at", "id"], name="declaration_paging"),
            models.Index(
                fields=["lead_provider", "cohort", "created_at", "id"],
                name="declaration_cohort_paging",
            ),
            models.Index(
                fields=["delivery_partner", "lead_provider", "created_at", "id"],
                name="declaration_partner_paging",
            ),
            models.Index(fields=["lead_provider", "updated_at"], name="declaration_updated"),
            models.Index(
                fields=["lead_provider", "updated_week", "created_at", "id"],
                include=["updated_at", "cohort"],
                name="declaration_week_paging",
            ),
            # The order of staff's list of all providers' declarations.
            models.Index(fields=["created_at", "id"], name="declaration_newest"),
            models.Index(fields=["cohort", "created_at", "id"], name="declaration_cohort_newest"),
            models.Index(
                fields=["academic_year", "created_at", "id"], name="declaration_year_newest"
            ),
            models.Index(
                fields=["declaration_type", "created_at", "id"], name="declaration_type_newest"
            ),
            # For the states that few declarations have; nearly all are paid, and need no index.
            models.Index(
                fields=["state", "created_at", "id"],
                condition=~Q(state=str(State.PAID)),
                name="declaration_state_newest",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["teacher", "course_identifier", "declaration_type"],
                condition=Q(state__in=[str(state) for state in COUNTING_STATES]),
                name="declaration_one_counting",
                violation_error_message="A declaration of this type already counts.",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="declaration_state"),
            models.CheckConstraint(
                condition=Q(course_identifier__in=Course.values), name="declaration_course"
            ),
            models.CheckConstraint(
                condition=Q(declaration_type__in=DeclarationType.values), name="declaration_type"
            ),
            models.CheckConstraint(
                condition=Q(evidence_held__in=["", *EvidenceHeld.values]),
                name="declaration_evidence_held",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(
                name="starts_submitted_or_eligible",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state__in=[str(state) for state in INITIAL_STATES]),
            ),
            pgtrigger.FSM(
                name="state_machine",
                field="state",
                transitions=[(str(a), str(b)) for a, moves in TRANSITIONS.items() for b in moves],
            ),
            every_state_is_logged(),
        ]

    def get_declaration_type_display(self) -> str:  # type: ignore[no-redef]  # Django adds its own
        """The type in words. Django's own reads all choices anew for each of a list's rows."""
        return str(_TYPES_IN_WORDS.get(self.declaration_type, self.declaration_type))

    def __str__(self) -> str:
        return f"{self.get_declaration_type_display()} by {self.lead_provider} for {self.teacher}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with what the training period says: the teacher, the course and the provider."""
        training = self.training_period
        self.teacher_id = training.teacher_id
        self.course_identifier = Course.MENTOR if training.mentor_id else Course.ECT
        self.lead_provider_id = training.lead_provider_id
        # The database refuses None: nothing is declared about training that waits.
        self.partnership_id = training.partnership_id  # type: ignore[assignment]
        self.cohort_id = training.cohort_id
        super().save(*args, **kwargs)


class CompletionKind(models.TextChoices):
    """What DfE records of a mentor. Early roll-out mentors completed on 19 April 2021."""

    EARLY_ROLL_OUT = "early_roll_out", "Early roll-out"
    STARTED_NOT_COMPLETED = "started_not_completed", "Started, not completed"


@tracked()
class RecordedCompletion(models.Model):
    """DfE's own record that a mentor completed in the early roll-out, or started and did not."""

    Kind = CompletionKind

    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="recorded_completions"
    )
    kind = models.CharField(max_length=30, choices=CompletionKind)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("teacher__searchable_name", "kind")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["teacher", "kind"],
                name="recordedcompletion_one_of_a_kind",
                violation_error_message="This is recorded for this teacher already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CompletionKind.values), name="recordedcompletion_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.teacher}"
