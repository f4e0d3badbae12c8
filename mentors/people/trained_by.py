"""The lead provider and delivery partner that the page of a mentor or an ECT names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from declarations.models import SchoolYear, TrainingPeriod
from mentors.people.listing import Person, latest_first
from mentors.status.training_status import DeclarationFact
from schools.models import ECTAtSchool, MentorAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    TrainedPerson = (
        WithAnnotations[MentorAtSchool, "TrainingColumns"]
        | WithAnnotations[ECTAtSchool, "TrainingColumns"]
    )

NOT_REPORTED = "Not yet reported by a lead provider"
NO_LEAD_PROVIDER = "None, as this school does not use a training provider funded by the DfE"
NO_DELIVERY_PARTNER = "None"


@dataclass(frozen=True)
class TrainedBy:
    """The lead provider and the delivery partner: names, or words that say why there is none."""

    lead_provider: str
    delivery_partner: str


class TrainingColumns(TypedDict):
    """The columns that `with_training` adds.

    `training_here`: the names, as in TrainedBy, for the training period at this school that began
    last, or for one that is to come if none has begun; None without any.
    `school_uses_none`: whether the school has a school-led year and no provider-led one.
    """

    training_here: dict[str, str] | None
    school_uses_none: bool


def with_training(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """These people with the TrainingColumns for this day, for `trained_by`."""
    role = "mentor" if people.model is MentorAtSchool else "ect"
    periods = TrainingPeriod.objects.filter(
        **{f"{role}__isnull": False}, teacher=OuterRef("teacher"), school=OuterRef("school")
    ).order_by(*latest_first(day))
    names = JSONObject(
        lead_provider="partnership__lead_provider__name",
        delivery_partner="partnership__delivery_partner__name",
    )
    programme = SchoolYear.Programme
    years = SchoolYear.objects.filter(school=OuterRef("school"))
    return people.annotate(
        training_here=Subquery(periods.values(names=names)[:1]),
        school_uses_none=Exists(years.filter(programme=programme.SCHOOL_LED))
        & ~Exists(years.filter(programme=programme.PROVIDER_LED)),
    )


def trained_by(
    person: TrainedPerson, final_declaration: DeclarationFact | None = None
) -> TrainedBy:
    """The lead provider and delivery partner of this person, read by `with_training`.

    They are taken from the training period at this school, else from the final declaration that
    proves completion. Without either, words say that the school uses no provider, or that none has
    been reported yet.
    """
    if person.training_here:
        return TrainedBy(**person.training_here)
    if final_declaration:
        return TrainedBy(final_declaration.lead_provider, final_declaration.delivery_partner)
    if person.school_uses_none:
        return TrainedBy(NO_LEAD_PROVIDER, NO_DELIVERY_PARTNER)
    return TrainedBy(NOT_REPORTED, NOT_REPORTED)
