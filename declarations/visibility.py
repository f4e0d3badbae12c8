"""Which declarations a lead provider sees (docs/lead-provider-api.md, "Who sees what").

A provider sees its own declarations. About a mentor that it ever trained, it also sees what any
other provider declared, while that counts and, once this provider's own latest training period has
ended, is dated on or before its last day. Training that waits for a partnership is none yet.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from declarations.models import Course, Declaration, LeadProvider, TrainingPeriod
from declarations.models.declaration import DeclarationQuerySet


def own(provider: LeadProvider) -> DeclarationQuerySet:
    """The provider's own declarations."""
    return Declaration.objects.filter(lead_provider=provider)


def of_other_providers(provider: LeadProvider) -> DeclarationQuerySet:
    """The other providers' declarations that this provider sees."""
    # The provider's own training: within one filter(), these conditions are about the same row.
    own_training = "teacher__training_periods"
    return Declaration.objects.counting().filter(
        Q(**{f"{own_training}__finished_on__isnull": True})
        | Q(**{f"{own_training}__finished_on__gt": F("declaration_date__date")}),
        ~Q(lead_provider=provider),
        course_identifier=Course.MENTOR,
        **{f"{own_training}__in": _latest_beside_another_provider(provider)},
    )


def _latest_beside_another_provider(provider: LeadProvider) -> QuerySet[TrainingPeriod]:
    """The provider's latest training of each mentor that another provider trained too.

    They are few, so PostgreSQL reads them first.
    """
    of_teacher = _of_mentors().filter(teacher=OuterRef("teacher"))
    others = of_teacher.filter(~Q(lead_provider=provider))
    later = of_teacher.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        lead_provider=provider,
    )
    return _of_mentors().filter(Exists(others), ~Exists(later), lead_provider=provider)


def _of_mentors() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.filter(mentor__isnull=False, partnership__isnull=False).order_by()
