"""The lead provider and delivery partner that the page of a mentor or an ECT names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.compiled_queries import DAY, CompiledQuery, Slot
from declarations.completion import DeclarationFact
from declarations.models import SchoolYear, TrainingPeriod
from mentors.people.listing import latest_first
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool

Programme = SchoolYear.Programme

NOT_REPORTED = "Not yet reported by a lead provider"
NO_LEAD_PROVIDER = "None, as this school does not use a training provider funded by the DfE"
NO_DELIVERY_PARTNER = "None"


@dataclass(frozen=True)
class TrainedBy:
    """The lead provider and the delivery partner: names, or words that say why there is none."""

    lead_provider: str
    delivery_partner: str


def _names_of_training(role: str) -> QuerySet[Any, tuple[str, str | None]]:
    periods = TrainingPeriod.objects.filter(
        **{f"{role}__isnull": False}, teacher=Slot("teacher"), school=Slot("school")
    )
    return periods.order_by(*latest_first(DAY)).values_list(
        "lead_provider__name", "partnership__delivery_partner__name"
    )[:1]


_TRAINING_HERE: dict[type, CompiledQuery[tuple[str, str | None]]] = {
    MentorAtSchool: CompiledQuery(lambda: _names_of_training("mentor")),
    ECTAtSchool: CompiledQuery(lambda: _names_of_training("ect")),
}
_PROGRAMMES = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(school=Slot("school"))
        .order_by()
        .values_list("programme", flat=True)
        .distinct()
    )
)


def trained_by(
    person: PersonAtSchool,
    day: date,
    final_declaration: DeclarationFact | None = None,
) -> TrainedBy:
    """The lead provider and delivery partner that this person's page names on this day.

    They are taken from the training period at this school that began last, or one to come if none
    has begun; else from the final declaration that proves completion. Without either, words say
    that the school uses no provider (a school-led year, and no provider-led one), or that none has
    been reported yet. Training that waits for a partnership has no delivery partner yet.
    """
    here = _TRAINING_HERE[type(person)].first(
        teacher=person.teacher_id, school=person.school_id, day=day
    )
    if here:
        lead_provider, delivery_partner = here
        return TrainedBy(lead_provider, delivery_partner or NOT_REPORTED)
    if final_declaration:
        return TrainedBy(final_declaration.lead_provider, final_declaration.delivery_partner)
    programmes = _PROGRAMMES.all(school=person.school_id)
    if Programme.SCHOOL_LED in programmes and Programme.PROVIDER_LED not in programmes:
        return TrainedBy(NO_LEAD_PROVIDER, NO_DELIVERY_PARTNER)
    return TrainedBy(NOT_REPORTED, NOT_REPORTED)
