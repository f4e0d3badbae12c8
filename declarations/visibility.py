"""Which declarations a lead provider sees (docs/lead-provider-api.md, "Who sees what").

Its own; and, of a mentor whom it trains now, what earlier providers declared, while that counts
and is dated on or before the end of this provider's own latest training period.

It trains a mentor now when a training period of its own goes on, or when nobody's began after its
last one. A declaration is an earlier provider's when the training it is about began before this
provider's latest-starting training period.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan

from declarations.models import Declaration, LeadProvider, TrainingPeriod
from declarations.models.declaration import DeclarationQuerySet
from schools.periods import on_day


def own(provider: LeadProvider) -> DeclarationQuerySet:
    """The provider's own declarations."""
    return Declaration.objects.filter(lead_provider=provider)


def of_earlier_providers(provider: LeadProvider, day: date) -> DeclarationQuerySet:
    """What the provider sees on a day of what other providers declared."""
    of_teacher = _of_same_teacher()
    ours = of_teacher.filter(lead_provider=provider)
    # Subqueries of one value, asked of one declaration after the other: few are left to ask about.
    latest_started_on = Subquery(_latest(ours).values("started_on")[:1])
    latest_finished_on = Subquery(_latest(ours).values("finished_on")[:1])
    begun = _latest(of_teacher.filter(started_on__lte=day))
    trained_last_by = Subquery(begun.values("lead_provider")[:1])
    return Declaration.objects.counting().filter(
        ~Q(lead_provider=provider),
        Exists(ours.filter(on_day(day))) | Exact(trained_last_by, provider.pk),
        GreaterThan(latest_started_on, F("training_period__started_on")),
        GreaterThan(Coalesce(latest_finished_on, date.max), F("declaration_date__date")),
        teacher__in=_taken_over(provider),
        training_period__mentor__isnull=False,
    )


def _taken_over(provider: LeadProvider) -> QuerySet[TrainingPeriod]:
    """The few teachers whom another provider trained before: PostgreSQL begins with them."""
    before = _of_same_teacher().filter(
        ~Q(lead_provider=provider), started_on__lt=OuterRef("started_on")
    )
    return _of_mentors().filter(Exists(before), lead_provider=provider).values("teacher")


def _of_mentors() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.filter(mentor__isnull=False).order_by()


def _of_same_teacher() -> QuerySet[TrainingPeriod]:
    return _of_mentors().filter(teacher=OuterRef("teacher"))


def _latest(periods: QuerySet[TrainingPeriod]) -> QuerySet[TrainingPeriod]:
    return periods.order_by("-started_on", "-pk")
