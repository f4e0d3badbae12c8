"""Which declarations a lead provider sees (docs/lead-provider-api.md, "Who sees what").

Its own; and, of a mentor whom it trains now, what earlier providers declared, while that counts
and is dated on or before the end of this provider's own latest training period.

It trains a mentor now when a training period of its own goes on, or when nobody's began after its
last one. A declaration is an earlier provider's when the training it is about began before this
provider's latest-starting training period.
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
    """What the provider sees on a day of what other providers declared."""
    of_teacher = _of_same_teacher()
    goes_on = of_teacher.filter(on_day(day), lead_provider=provider)
    begun = of_teacher.filter(started_on__lte=day).order_by("-started_on", "-pk")
    trained_last_by = Subquery(begun.values("lead_provider")[:1])
    after = (
        "teacher__training_periods"  # this provider's latest; in one filter it is one and the same
    )
    return Declaration.objects.counting().filter(
        Q(**{f"{after}__finished_on__isnull": True})
        | Q(**{f"{after}__finished_on__gt": F("declaration_date__date")}),
        ~Q(lead_provider=provider),
        Exists(goes_on) | Exact(trained_last_by, provider.pk),
        training_period__mentor__isnull=False,
        **{
            f"{after}__in": _taken_over(provider),
            f"{after}__started_on__gt": F("training_period__started_on"),
        },
    )


def _taken_over(provider: LeadProvider) -> QuerySet[TrainingPeriod]:
    """The provider's latest training of each mentor, if another provider's began before it.

    They are few, so PostgreSQL begins with them.
    """
    of_teacher = _of_same_teacher()
    before = of_teacher.filter(~Q(lead_provider=provider), started_on__lt=OuterRef("started_on"))
    later = of_teacher.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        lead_provider=provider,
    )
    return _of_mentors().filter(Exists(before), ~Exists(later), lead_provider=provider)


def _of_mentors() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.filter(mentor__isnull=False).order_by()


def _of_same_teacher() -> QuerySet[TrainingPeriod]:
    return _of_mentors().filter(teacher=OuterRef("teacher"))
