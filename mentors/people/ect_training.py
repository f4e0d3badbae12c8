"""The category under which a school's ECTs are listed, and the tag that shows their status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import JSONObject

from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from schools.models import ECTAtSchool, Teacher

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CategorisedECT = WithAnnotations[ECTAtSchool, "CategoryColumns"]


class ECTCategory(TextChoices):
    """The categories of the list of ECTs; the values are used in addresses."""

    TRAINING = "training", "Currently training"
    COMPLETED = "completed", "Completed induction"
    LEFT = "left", "Left the school"


@dataclass(frozen=True)
class Dated:
    """An event and its day, past or to come: "Induction started", 20 April 2023."""

    what: str
    on: date


@dataclass(frozen=True)
class Tag:
    """A tag with its colour, and the event shown beneath it, if any."""

    text: str
    colour: str
    detail: Dated | None = None


class MentoredBy(TypedDict):
    """An ECT's mentor: the name, and the public id (as text) of the mentor's row at the school."""

    name: str
    public_id: str


class CategoryColumns(TypedDict):
    """The columns that `with_category` adds.

    `category`: LEFT after the last day at the school, else COMPLETED after the last day of
    induction, else TRAINING.
    `in_training`: whether a training period at the school includes the day.
    `mentored_by`: the mentor on the day, or None.
    `without_mentor`: whether the category is TRAINING and the ECT has no mentor on the day.
    """

    category: str
    in_training: bool
    mentored_by: MentoredBy | None
    without_mentor: bool


def with_category(ects: QuerySet[ECTAtSchool], day: date) -> QuerySet[CategorisedECT]:
    """These ECTs with the CategoryColumns for this day."""
    training = TrainingPeriod.objects.on(day).filter(
        ect__isnull=False, teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    mentorships = Mentorship.objects.on(day).filter(
        ect_teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    mentor = JSONObject(name="mentor_teacher__name", public_id="mentor__public_id")
    return ects.annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(ECTCategory.LEFT.value)),
            When(teacher__induction_finished_on__lte=day, then=Value(ECTCategory.COMPLETED.value)),
            default=Value(ECTCategory.TRAINING.value),
        ),
        in_training=Exists(training),
        mentored_by=Subquery(mentorships.values(mentored_by=mentor)[:1]),
        without_mentor=Case(
            When(Q(category=ECTCategory.TRAINING) & ~Exists(mentorships), then=Value(True)),
            default=Value(False),
        ),
    )


def tag_of(ect: CategorisedECT, day: date) -> Tag:
    """The tag that shows the status of an ECT, read by `with_category` for the same day."""
    if ect.category == ECTCategory.LEFT:
        last_day = ect.last_day
        return Tag("Left the school", "grey", Dated("Last day", last_day) if last_day else None)
    if ect.category == ECTCategory.COMPLETED:
        return Tag("Completed induction", "green", induction_end_of(ect.teacher, day))
    if ect.in_training:
        return Tag("Training", "teal", induction_start_of(ect.teacher, day))
    return Tag("Eligible for training", "teal")


def induction_start_of(teacher: Teacher, day: date) -> Dated:
    """The start of an ECT's induction, as an event of the past or, after this day, to come."""
    started_on = cast(date, teacher.induction_started_on)  # the database refuses an ECT without one
    return Dated("Induction starts" if started_on > day else "Induction started", started_on)


def induction_end_of(teacher: Teacher, day: date) -> Dated | None:
    """The last day of induction, as an event to come until that day is over; None if not known."""
    last_day = teacher.induction_last_day
    if last_day is None:
        return None
    return Dated("Induction ends" if last_day >= day else "Induction completed", last_day)
