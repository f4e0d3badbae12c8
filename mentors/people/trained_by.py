"""Who trains somebody at a school, as their page says it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from declarations.models import SchoolYear, TrainingPeriod
from mentors.people.listing import Person, latest_first
from mentors.status.training_status import DeclarationFact
from schools.models import ECTAtSchool, MentorAtSchool

NOT_REPORTED = "Not yet reported by a lead provider"
NO_LEAD_PROVIDER = "None, as this school does not use a training provider funded by the DfE"
NO_DELIVERY_PARTNER = "None"


@dataclass(frozen=True)
class TrainedBy:
    """The lead provider and the delivery partner, each by name or in words that say why not."""

    lead_provider: str
    delivery_partner: str


def with_training(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """These people with what `trained_by` asks of them."""
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
    person: MentorAtSchool | ECTAtSchool, proof: DeclarationFact | None = None
) -> TrainedBy:
    """Who trains this person, who comes from `with_training`.

    Those are of the training period at this school now, else of the latest here; with none here, of
    the final declaration that proves they completed; else words. A school is without provider-led
    training when it delivers its own programme in an academic year, and uses a provider in none.
    """
    if person.training_here:
        return TrainedBy(**person.training_here)
    if proof:
        return TrainedBy(proof.lead_provider, proof.delivery_partner)
    if person.school_uses_none:
        return TrainedBy(NO_LEAD_PROVIDER, NO_DELIVERY_PARTNER)
    return TrainedBy(NOT_REPORTED, NOT_REPORTED)
