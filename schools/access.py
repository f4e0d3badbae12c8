"""Decides which schools, and which people at them, a signed-in user may see.

Every page of a school starts its query here. So a page answers in the same words, and does the same
work, for what the user may not see and for what does not exist.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from core.compiled_queries import DAY, CompiledQuery, Slot
from core.periods import PeriodQuerySet
from schools.models import InductionTutor, School

_APPOINTED_AT = CompiledQuery(
    lambda: (
        InductionTutor.objects.on(DAY)
        .filter(user=Slot("user"))
        .order_by()
        .values_list("school_id", flat=True)
    )
)
_SCHOOL = CompiledQuery(lambda: School.objects.filter(urn=Slot("urn")).order_by())


def school_ids_of(user: User, day: date) -> frozenset[int]:
    """The ids of the schools at which this user is an induction tutor on this day.

    Empty for DfE staff, who see schools in admin.
    """
    return frozenset() if user.is_staff else frozenset(_APPOINTED_AT.all(user=user.pk, day=day))


def find_school(user: User, urn: int, day: date) -> School | None:
    """The school with this URN, if the user may see it on this day; it has `has_other_schools`."""
    seen, school = school_ids_of(user, day), _SCHOOL.first(urn=urn)
    if school is None or school.pk not in seen:
        return None
    school.has_other_schools = len(seen) > 1  # type: ignore[attr-defined]
    return school


def schools_of(user: User, day: date) -> QuerySet[School]:
    """The schools, by name, at which this user is an induction tutor on this day.

    Each has `has_other_schools`: whether the user is one at another school too.
    """
    schools = School.objects.filter(pk__in=_appointments(user, day).values("school"))
    return schools.annotate(has_other_schools=_has_other_schools_than("pk", user, day))


def tutors_of(user: User, day: date) -> QuerySet[InductionTutor]:
    """The induction tutors, on this day, at this user's schools, each with user and school.

    Each has `has_other_schools`: whether this user has another school than the tutor's.
    """
    tutors: QuerySet = InductionTutor.objects.on(day).select_related("user", "school")
    at_schools = tutors.filter(school__in=_appointments(user, day).values("school"))
    return at_schools.annotate(has_other_schools=_has_other_schools_than("school", user, day))


def _appointments(user: User, day: date) -> PeriodQuerySet:
    """The user's appointments on this day. DfE staff have none: they see schools in admin."""
    return InductionTutor.objects.on(day).filter(user=user, user__is_staff=False)


def _has_other_schools_than(column: str, user: User, day: date) -> Exists:
    """Whether the user has another school than the one in this column, as part of the query."""
    return Exists(_appointments(user, day).exclude(school=OuterRef(column)))
