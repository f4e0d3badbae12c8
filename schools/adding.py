"""Adds a mentor or an ECT to a school: a teacher with a record, or a new one.

Each is one transaction, which locks the teacher's row before it asks the rules. When two tutors add
the same person at the same moment, the second is so judged by what the first has added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.bounds import check_date_of_birth
from core.email_queue import cancel_emails, send_later
from core.periods import finished_on
from core.refusals import RefusedChange
from core.text import email_of
from schools import emails
from schools.closing import check_joining
from schools.details import check_email, checked_name
from schools.finding import find_by_trn, known_by
from schools.joining import (
    Times,
    check_induction_start,
    check_last_day_elsewhere,
    check_start,
    obstacle,
    times_of,
)
from schools.models import (
    ECTAtSchool,
    InductionTutor,
    MentorAtSchool,
    RoleModel,
    School,
    Teacher,
)

GOES_ON_EVERYWHERE: Mapping[int, date] = MappingProxyType({})


@dataclass(frozen=True)
class NewTeacher:
    """A teacher without a record here, as the tutor entered them. `name` is the full name."""

    trn: str
    date_of_birth: date
    name: str


class RefusedDetailsError(Exception):
    """A teacher with this TRN has another date of birth. The page tells the tutor neither."""


@transaction.atomic
def add_mentor(
    school: School,
    person: Teacher | NewTeacher,
    *,
    email: str,
    started_on: date,
    day: date,
    last_days: Mapping[int, date] = GOES_ON_EVERYWHERE,
) -> MentorAtSchool:
    """Add a mentor to the school from `started_on`, included, and return the new record.

    `day` is today. `last_days`: by the id of the mentor's times at other schools, the last day
    there, where the tutor says that they do not go on. It ends nothing there. The tutors of other
    schools at which the person is or will be a mentor get an email, which asks them to tell us of
    such a day. Raises RefusedChange saying why not, RefusedDetailsError for a TRN with another date
    of birth, and DatabaseError when a constraint refuses the second of two changes that were made
    at once.
    """
    # In the order in which leaving locks them: the times at schools, then the teacher.
    there = MentorAtSchool.objects.filter(pk__in=last_days).order_by("pk")
    list(there.select_for_update(no_key=True))
    teacher = _locked(person, day)
    times = _judge(MentorAtSchool, teacher, school, email, started_on, day)
    mentor = MentorAtSchool.objects.create(
        teacher=teacher, school=school, email=email_of(email), started_on=started_on
    )
    for elsewhere in times.mentor_elsewhere(school, day):
        last_day = last_days.get(elsewhere.pk) if elsewhere.finished_on is None else None
        if last_day:
            _report_leaving(elsewhere, school, last_day, day)
        _tell_tutors_of(elsewhere, mentor, last_day, day)
    return mentor


@transaction.atomic
def add_ect(
    school: School,
    person: Teacher | NewTeacher,
    *,
    email: str,
    started_on: date,
    induction_started_on: date | None,
    day: date,
) -> ECTAtSchool:
    """Add an ECT to the school from `started_on`, included, and return the new record.

    `induction_started_on` is the first day of induction; it is ignored if the person's first
    day is recorded already: that stays. The rest is as in `add_mentor`.
    """
    teacher = _locked(person, day)
    times = _judge(ECTAtSchool, teacher, school, email, started_on, day)
    if times.induction_started_on is None:
        if induction_started_on is None:
            raise RefusedChange("Enter the induction start date")
        check_induction_start(teacher.date_of_birth, induction_started_on, day)
        teacher.induction_started_on = induction_started_on
        teacher.save()
    return ECTAtSchool.objects.create(
        teacher=teacher, school=school, email=email_of(email), started_on=started_on
    )


def _locked(person: Teacher | NewTeacher, day: date) -> Teacher:
    """The teacher's row, locked until the transaction ends; a new row for a new teacher."""
    if isinstance(person, Teacher):
        known = Teacher.objects.select_for_update().filter(pk=person.pk).first()
        if known is None:
            raise RefusedChange("Their record has just changed. Check the TRN and date of birth")
        return known
    check_date_of_birth(person.date_of_birth, day)
    # Waits for another transaction that makes a teacher with this TRN, and then adds nothing.
    name = checked_name(person.name)
    new = Teacher(trn=person.trn, date_of_birth=person.date_of_birth, name=name)
    with_this_trn = known_by(trn=person.trn)
    if not with_this_trn.exists():
        Teacher.objects.bulk_create([new], ignore_conflicts=True)
    teacher = with_this_trn.select_for_update().get()
    if teacher.participant_id == new.participant_id:
        return teacher
    if find_by_trn(person.trn, person.date_of_birth) is None:
        raise RefusedDetailsError
    raise RefusedChange(
        f"Another tutor has just added {teacher.name} with this TRN and date of birth. Check that"
        " this is who you mean, then add them"
    )


def _judge(
    role: RoleModel, teacher: Teacher, school: School, email: str, started_on: date, day: date
) -> Times:
    """The teacher's times at schools. Raises RefusedChange when a rule forbids adding them."""
    check_joining(school, started_on, day)
    times = times_of(teacher)
    if reason := obstacle(role, times, school, day):
        raise RefusedChange(f"{reason.title}. {reason.what_to_do}")
    check_start(role, times, school, teacher.date_of_birth, started_on, day)
    check_email(role, teacher, email, started_on)
    return times


def _report_leaving(elsewhere: MentorAtSchool, school: School, last_day: date, day: date) -> None:
    """Keep what this school tells of the mentor's last day at another one."""
    check_last_day_elsewhere(elsewhere, last_day, day)
    elsewhere.reported_finished_on, elsewhere.reported_by = finished_on(last_day), school
    elsewhere.save(update_fields=["reported_finished_on", "reported_by"])


def _tell_tutors_of(
    elsewhere: MentorAtSchool, mentor: MentorAtSchool, last_day: date | None, day: date
) -> None:
    """Have the other school's induction tutors of this day emailed."""
    tutors = InductionTutor.objects.on(day).filter(school=elsewhere.school)
    email = emails.mentor_added_elsewhere(
        mentor.teacher.name,
        elsewhere.school.name,
        mentor.school.name,
        mentor.started_on,
        last_day,
    )
    for tutor in _who_can_be_told(tutors):
        send_later(tutor.email, email, user_id=tutor.pk, about=mentor.public_id)


def tell_not_added(mentor: MentorAtSchool, day: date) -> None:
    """Take back what tutors of other schools were told when this mentor was added.

    What was not sent yet is deleted. Those who have got it, and are tutors on this day, get another
    email.
    """
    told = cancel_emails(mentor.public_id)
    email = emails.mentor_not_elsewhere(mentor.teacher.name, mentor.school.name)
    for tutor in _who_can_be_told(InductionTutor.objects.on(day)).filter(pk__in=told):
        send_later(tutor.email, email, user_id=tutor.pk)


def _who_can_be_told(tutors: QuerySet[InductionTutor]) -> QuerySet[User]:
    users = User.objects.filter(is_active=True, is_staff=False, appointments__in=tutors)
    return users.distinct()
