"""Induction tutors: nominates one, appoints one through DfE Sign-in, and records a last day."""

from datetime import date

import pghistory
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.signing_in.dfe_sign_in import users
from accounts.signing_in.dfe_sign_in.refusals import MEANWHILE, NO_SCHOOL, NotSignedInError
from accounts.signing_in.dfe_sign_in.users import DfESignInPerson
from core.bounds import latest
from core.compiled_queries import DAY, CompiledQuery, Slot
from core.email_queue import send_later
from core.periods import finished_on, in_words, not_over
from core.refusals import RefusedChange, is_refusal, refusals_in_words
from core.text import email_of
from schools import emails
from schools.access import schools_of
from schools.details import checked_name
from schools.models import InductionTutor, School

_TUTORS = CompiledQuery(
    lambda: (
        InductionTutor.objects.on(DAY)
        .filter(school=Slot("school"))
        .select_related("user")
        .order_by()
    )
)


def tutors_at(school: School, day: date) -> list[InductionTutor]:
    """The induction tutors of this school on this day, each with its user, by name from A to Z."""
    tutors = _TUTORS.all(school=school.pk, day=day)
    return sorted(tutors, key=lambda tutor: (tutor.shown_name.casefold(), tutor.pk))


def why_no_nomination(school: School, day: date) -> str:
    """Why this school can have no new induction tutor on this day; "" when it can."""
    if school.is_closed(day):
        return f"{school.name} is closed. No induction tutor can be named for it"
    return ""


def check_nomination(school: School, email: str, *, by: User, day: date) -> None:
    """Raise RefusedChange when `by` cannot nominate the owner of this email address on this day."""
    if reason := why_no_nomination(school, day):
        raise RefusedChange(reason)
    email = email_of(email)
    appointments = InductionTutor.objects.filter(not_over(day), school=school, user__email=email)
    if last_days := list(appointments.values_list("finished_on", flat=True)):
        raise RefusedChange(
            "This person is already an induction tutor of this school"
            if None in last_days
            else "This person is an induction tutor of this school until their last day. You can"
            " name them again after it"
        )
    if by.is_staff:
        _check_for_staff(User.objects.filter(email=email).first())


def nominate(school: School, email: str, name: str, *, by: User, day: date) -> InductionTutor:
    """Make the owner of an email address an induction tutor of a school from this day on.

    `name` is how the school calls them: a new account gets it, an account that is there keeps its
    own. `by` is a member of DfE staff or a tutor of the school. The person is emailed how to sign
    in. Raises RefusedChange, saying why not.
    """
    name = checked_name(name)
    with refusals_in_words(), transaction.atomic():
        # Nominations at a school run one after the other, so that a second alike is refused.
        school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
        check_nomination(school, email, by=by, day=day)
        user, _ = User.objects.get_or_create(
            email=email_of(email),
            defaults={"name": name, "password": make_password(None)},
        )
        made = InductionTutor.objects.create(
            user=user, school=school, started_on=day, named_as=name
        )
        invite_tutor(made)
    return made


def invite_tutor(appointment: InductionTutor) -> None:
    """Have a nominated tutor emailed how to sign in; `nominate` has done so once."""
    user = appointment.user
    email = emails.named_as_tutor(user, appointment.shown_name, appointment.school.name)
    send_later(user.email, email, user_id=user.pk)


def why_no_last_day(appointment: InductionTutor) -> str:
    """Why a school cannot record the last day of this appointment; "" when it can."""
    if appointment.source == InductionTutor.Source.DFE_SIGN_IN:
        return (
            "They are an induction tutor through DfE Sign-in. To end this, ask the"
            " approver of your school’s users at DfE Sign-in to take their access away"
        )
    return ""


def check_tutor_last_day(last_day: date, *, day: date) -> None:
    """Raise RefusedChange when `last_day` cannot be recorded as a last day; `day` is today."""
    if last_day < day:
        raise RefusedChange(f"Last day must be on or after {in_words(day)}, today")
    if last_day > latest(day):
        raise RefusedChange(f"Last day must be on or before {in_words(latest(day))}")


def end_appointment(appointment: InductionTutor, last_day: date, *, day: date) -> None:
    """Record the last day of an appointment, in place of any recorded before.

    `last_day` is included: access ends after it. `day` is today. Raises RefusedChange for an
    appointment by DfE Sign-in or one that is over, and for a last day in the past or too far ahead.
    """
    if reason := why_no_last_day(appointment):
        raise RefusedChange(reason)
    check_tutor_last_day(last_day, day=day)
    current = InductionTutor.objects.on(day).filter(pk=appointment.pk)
    with refusals_in_words(), transaction.atomic():
        ended = current.update(finished_on=finished_on(last_day))
    if not ended:
        raise RefusedChange("This person is no longer an induction tutor of this school")


def is_last_tutor(appointment: InductionTutor, day: date) -> bool:
    """Whether this is, on this day, the school's only tutor or all others have a last day."""
    others = InductionTutor.objects.on(day).filter(school=appointment.school_id)
    return not others.filter(finished_on__isnull=True).exclude(pk=appointment.pk).exists()


def _check_for_staff(user: User | None) -> None:
    if user and user.is_staff:
        raise RefusedChange(
            "This is the email address of a member of DfE staff, who cannot be an induction tutor"
        )
    if user and not user.is_active:
        raise RefusedChange("This person’s account is not active. Make it active first, in Users")


_BY_DFE_SIGN_IN = InductionTutor.Source.DFE_SIGN_IN


def appointed_user(person: DfESignInPerson, day: date) -> User:
    """The user for a person from DfE Sign-in, appointed at the school they signed in for.

    A person without an open school there is let in if they have another appointment. A new user is
    made only when the person is let in; else raises NotSignedInError.
    """
    try:
        with pghistory.context(by="DfE Sign-in"), transaction.atomic():
            school = _open_school(person.urn, day)
            user = users.find_user(person)
            if user is None and school is None:
                raise NotSignedInError(NO_SCHOOL)
            user = users.save_user(user, person)
            with pghistory.context(user=user.pk):
                appoint_by_dfe_sign_in(user, school, day)
    except DatabaseError as error:
        if not is_refusal(error):
            raise
        raise NotSignedInError(MEANWHILE) from error
    # After the transaction: the appointments that have ended stay ended.
    if not schools_of(user, day).exists():
        raise NotSignedInError(NO_SCHOOL, user.pk)
    return user


def appoint_by_dfe_sign_in(user: User, school: School | None, day: date) -> None:
    """Make this the user's one school by DfE Sign-in from this day on; None for no school.

    Appointments by DfE Sign-in at other schools end: their last day is the day before. One that
    started on this day or later is deleted. Nominations stay as they are.
    """
    appointments = InductionTutor.objects.filter(not_over(day), user=user, source=_BY_DFE_SIGN_IN)
    elsewhere = appointments.exclude(school=school)
    elsewhere.filter(started_on__gte=day).delete()
    elsewhere.update(finished_on=day)
    if school is None:
        return
    here = appointments.filter(school=school).order_by("started_on").first()
    if here is None:
        InductionTutor.objects.create(
            user=user, school=school, source=_BY_DFE_SIGN_IN, started_on=day
        )
    elif here.started_on > day:
        here.started_on = day
        here.save(update_fields=["started_on"])


def _open_school(urn: int | None, day: date) -> School | None:
    """The school with this URN, unless it is closed on this day; on its closing day it is."""
    if urn is None:
        return None
    school = School.objects.filter(urn=urn).first()
    return None if school is None or school.is_closed(day) else school
