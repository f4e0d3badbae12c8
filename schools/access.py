"""What somebody who signed in may see of schools: the one place that decides it.

Every page of a school starts its query here, so that what is somebody else's is, in what a page
says and in the work done, the same as what does not exist.
"""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School


def schools_of(user: User, day: date) -> QuerySet[School]:
    """The schools, by name, at which this user is an induction tutor on this day."""
    appointments = InductionTutor.objects.on(day).filter(user=user)
    return School.objects.filter(pk__in=appointments.values("school"))


def mentors_of(user: User, day: date) -> QuerySet[MentorAtSchool]:
    """All times of mentors at this user's schools, past ones too, with teacher and school."""
    people = MentorAtSchool.objects.select_related("teacher", "school")
    return people.filter(school__in=schools_of(user, day))


def ects_of(user: User, day: date) -> QuerySet[ECTAtSchool]:
    """All times of ECTs at this user's schools, past ones too, with teacher and school."""
    people = ECTAtSchool.objects.select_related("teacher", "school")
    return people.filter(school__in=schools_of(user, day))
