"""What somebody who signed in may see of schools: the one place that decides it.

Every page of a school starts its query here, so that what is somebody else's is, in what a page
says and in the work done, the same as what does not exist.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from core.periods import PeriodQuerySet
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School


def schools_of(user: User, day: date) -> QuerySet[School]:
    """The schools, by name, at which this user is an induction tutor on this day.

    `has_other_schools` says of each whether the user has another one besides it; of people, below,
    whether besides the school at which they are.
    """
    mine = School.objects.filter(pk__in=_appointments(user, day).values("school"))
    return mine.annotate(has_other_schools=_has_other_schools_than("pk", user, day))


def mentors_of(user: User, day: date) -> QuerySet[MentorAtSchool]:
    """All times of mentors at this user's schools, past ones too, with teacher and school."""
    people = MentorAtSchool.objects.select_related("teacher", "school")
    return _at_schools_of(people, user, day)


def ects_of(user: User, day: date) -> QuerySet[ECTAtSchool]:
    """All times of ECTs at this user's schools, past ones too, with teacher and school."""
    people = ECTAtSchool.objects.select_related("teacher", "school")
    return _at_schools_of(people, user, day)


def tutors_of(user: User, day: date) -> QuerySet[InductionTutor]:
    """The appointments of this day at this user's schools, with user and school."""
    people = InductionTutor.objects.on(day).select_related("user", "school")
    return _at_schools_of(people, user, day)


def _appointments(user: User, day: date) -> PeriodQuerySet:
    """This user's on this day. DfE staff have none: they see schools in admin."""
    return InductionTutor.objects.on(day).filter(user=user, user__is_staff=False)


def _at_schools_of(people: QuerySet, user: User, day: date) -> QuerySet:
    found = people.filter(school__in=_appointments(user, day).values("school"))
    return found.annotate(has_other_schools=_has_other_schools_than("school", user, day))


def _has_other_schools_than(column: str, user: User, day: date) -> Exists:
    """Asked within the query that finds something, so that it costs none of its own."""
    return Exists(_appointments(user, day).exclude(school=OuterRef(column)))
