"""Where ECTs of a school stand: the category they are listed in, and the tag they show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import JSONObject

from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from schools.models import ECTAtSchool


class Category(TextChoices):
    """What an ECT is listed under; the value stands in addresses."""

    TRAINING = "training", "Currently training"
    COMPLETED = "completed", "Completed induction"
    LEFT = "left", "Left the school"


@dataclass(frozen=True)
class Dated:
    """What happened, or will, on a day: "Induction started", 20 April 2023."""

    what: str
    on: date


@dataclass(frozen=True)
class Tag:
    """A tag with its colour, and what stands beneath it, if anything."""

    text: str
    colour: str
    detail: Dated | None = None


def standing(ects: QuerySet[ECTAtSchool], day: date) -> QuerySet[ECTAtSchool]:
    """These ECTs with where each stands on this day. The one place that says so.

    `category`: left the school, else completed induction, else currently training: everybody else.
    `in_training`: whether a training period at the school includes the day.
    `mentored_by`: the `name` and `public_id` of their mentor on the day, or None.
    `without_mentor`: whether they are currently training and nobody mentors them on the day.
    """
    of_them = {"school": OuterRef("school")}
    training = TrainingPeriod.objects.on(day).filter(
        ect__isnull=False, teacher=OuterRef("teacher"), **of_them
    )
    mentorships = Mentorship.objects.on(day).filter(ect_teacher=OuterRef("teacher"), **of_them)
    mentor = JSONObject(name="mentor_teacher__name", public_id="mentor__public_id")
    return ects.annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(Category.LEFT.value)),
            When(induction_finished_on__lte=day, then=Value(Category.COMPLETED.value)),
            default=Value(Category.TRAINING.value),
        ),
        in_training=Exists(training),
        mentored_by=Subquery(mentorships.values(mentored_by=mentor)[:1]),
        without_mentor=Case(
            When(Q(category=Category.TRAINING) & ~Exists(mentorships), then=Value(True)),
            default=Value(False),
        ),
    )


def tag_of(ect: ECTAtSchool, day: date) -> Tag:
    """The tag of an ECT, who comes from `standing` for the same day."""
    if ect.category == Category.LEFT:
        return Tag("Left the school", "grey", Dated("Last day", ect.last_day))
    if ect.category == Category.COMPLETED:
        return Tag("Completed induction", "green", induction_end_of(ect, day))
    if ect.in_training:
        return Tag("Training", "teal", induction_of(ect, day))
    return Tag("Eligible for training", "teal")


def induction_of(ect: ECTAtSchool, day: date) -> Dated:
    """When the induction of an ECT started or, after this day, starts."""
    started_on = ect.induction_started_on
    return Dated("Induction starts" if started_on > day else "Induction started", started_on)


def induction_end_of(ect: ECTAtSchool, day: date) -> Dated | None:
    """When induction was completed or, after this day, ends; None while nobody recorded it."""
    last_day = ect.induction_last_day
    if last_day is None:
        return None
    return Dated("Induction ends" if last_day >= day else "Induction completed", last_day)
