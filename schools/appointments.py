"""Appointing induction tutors by what DfE Sign-in says of their organisation."""

from datetime import date

import pghistory
from django.db import DatabaseError, transaction
from django.db.models import Q

from accounts.models import User
from accounts.refusals import is_refusal
from accounts.signing_in.dfe_sign_in import users
from accounts.signing_in.dfe_sign_in.person import Person
from accounts.signing_in.dfe_sign_in.refusals import MEANWHILE, NO_SCHOOL, NotSignedInError
from schools.access import schools_of
from schools.models import InductionTutor, School

_SOURCE = InductionTutor.Source.DFE_SIGN_IN


def let_in(person: Person, day: date) -> User:
    """Return the user who this person is, appointed at the school they signed in for.

    A person without such a school gets in if they have another appointment; a user is made only
    for who gets in. Raises NotSignedInError.
    """
    try:
        with pghistory.context(by="DfE Sign-in"), transaction.atomic():
            school = _open_school(person.urn, day)
            user = users.find(person)
            if user is None and school is None:
                raise NotSignedInError(NO_SCHOOL)
            user = users.keep(user, person)
            with pghistory.context(user=user.pk):
                appoint_by_dfe_sign_in(user, school, day)
    except DatabaseError as error:
        if not is_refusal(error):
            raise
        raise NotSignedInError(MEANWHILE) from error
    # Only now: what has ended stays ended.
    if not schools_of(user, day).exists():
        raise NotSignedInError(NO_SCHOOL, user.pk)
    return user


def appoint_by_dfe_sign_in(user: User, school: School | None, day: date) -> None:
    """Have this be the one school at which DfE Sign-in makes the user an induction tutor, from day.

    Appointments by DfE Sign-in at other schools end: the day before is their last. One that began
    on the day, or later, is deleted. Nominations are left alone.
    """
    not_over = InductionTutor.objects.filter(
        Q(finished_on__isnull=True) | Q(finished_on__gt=day), user=user, source=_SOURCE
    )
    elsewhere = not_over.exclude(school=school)
    elsewhere.filter(started_on__gte=day).delete()
    elsewhere.update(finished_on=day)
    if school is None:
        return
    here = not_over.filter(school=school).order_by("started_on").first()
    if here is None:
        InductionTutor.objects.create(user=user, school=school, source=_SOURCE, started_on=day)
    elif here.started_on > day:
        here.started_on = day
        here.save(update_fields=["started_on"])


def _open_school(urn: int | None, day: date) -> School | None:
    """The school with this URN, unless it is closed on this day, the day it closes included."""
    school = School.objects.filter(urn=urn).exclude(status=School.Status.CLOSED)
    return school.exclude(closed_on__lte=day).first()
