"""Which declarations a lead provider sees (docs/lead-provider-api.md, "Who sees what").

A provider sees its own declarations. About a mentor that it trains now, it also sees what earlier
providers declared, while that counts and is dated on or before the last day of this provider's own
latest training period.

A provider trains a mentor now when a training period of its own goes on, or when no provider's
training period has started since its own last one did. A declaration is an earlier provider's when
the training it is about started before this provider's latest-starting training period.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact

from core.periods import on_day
from declarations.models import Declaration, LeadProvider, TrainingPeriod
from declarations.models.declaration import DeclarationQuerySet


def own(provider: LeadProvider) -> DeclarationQuerySet:
    """The provider's own declarations."""
    return Declaration.objects.filter(lead_provider=provider)


def of_earlier_providers(provider: LeadProvider, day: date) -> DeclarationQuerySet:
    """The other providers' declarations that this provider sees on a day."""
    of_teacher = _of_same_teacher()
    goes_on = of_teacher.filter(on_day(day), lead_provider=provider)
    started = of_teacher.filter(started_on__lte=day).order_by("-started_on", "-pk")
    last_trained_by = Subquery(started.values("lead_provider")[:1])
    # The provider's own training: within one filter(), these conditions are about the same row.
    own_training = "teacher__training_periods"
    return Declaration.objects.counting().filter(
        Q(**{f"{own_training}__finished_on__isnull": True})
        | Q(**{f"{own_training}__finished_on__gt": F("declaration_date__date")}),
        ~Q(lead_provider=provider),
        Exists(goes_on) | Exact(last_trained_by, provider.pk),
        training_period__mentor__isnull=False,
        **{
            f"{own_training}__in": _latest_after_another_provider(provider),
            f"{own_training}__started_on__gt": F("training_period__started_on"),
        },
    )


def _latest_after_another_provider(provider: LeadProvider) -> QuerySet[TrainingPeriod]:
    """The provider's latest training of each mentor that another provider trained before.

    They are few, so PostgreSQL reads them first.
    """
    of_teacher = _of_same_teacher()
    earlier = of_teacher.filter(~Q(lead_provider=provider), started_on__lt=OuterRef("started_on"))
    later = of_teacher.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        lead_provider=provider,
    )
    return _of_mentors().filter(Exists(earlier), ~Exists(later), lead_provider=provider)


def _of_mentors() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.filter(mentor__isnull=False, partnership__isnull=False).order_by()


def _of_same_teacher() -> QuerySet[TrainingPeriod]:
    return _of_mentors().filter(teacher=OuterRef("teacher"))
