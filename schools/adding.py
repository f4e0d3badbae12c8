"""Adding a mentor or an ECT to a school: a teacher who is known, or somebody new.

One transaction each. The teacher's row is locked first, so that of two tutors who add the same
person at the same moment the second is judged by what the first did.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from accounts.models import User
from core.emails import try_to_send
from core.refusals import RefusedChange
from schools import emails
from schools.details import check_email
from schools.finding import check_date_of_birth, find
from schools.joining import (
    Role,
    Times,
    check_induction_start,
    check_start,
    obstacle,
    times_of,
)
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, Teacher


@dataclass(frozen=True)
class NewTeacher:
    """Somebody whom TRN and date of birth did not find, as a tutor entered them."""

    trn: str
    date_of_birth: date
    name: str


class RefusedDetailsError(Exception):
    """The TRN is somebody's whose date of birth is another; the page says neither."""


@transaction.atomic
def add_mentor(
    school: School, person: Teacher | NewTeacher, *, email: str, started_on: date, day: date
) -> MentorAtSchool:
    """Add a mentor to the school from `started_on`, and return their time there.

    `day` is the day on which it is asked. Other schools where they are a mentor, or are to be, hear
    of it by email after the commit. Raises RefusedChange saying why not, RefusedDetailsError for a
    TRN with another date of birth, and DatabaseError when a race ends in a constraint.
    """
    teacher = _locked(person, day)
    times = _judge(MentorAtSchool, teacher, school, email, started_on, day)
    mentor = MentorAtSchool.objects.create(
        teacher=teacher, school=school, email=email.lower(), started_on=started_on
    )
    for elsewhere in times.mentor_elsewhere(school, day):
        _tell_tutors_of(elsewhere, mentor, day)
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
    """Add an ECT to the school from `started_on`, and return their time there.

    Of somebody who was an ECT before, the start of induction is known and stays what it is,
    whatever is given. The rest is as in `add_mentor`.
    """
    teacher = _locked(person, day)
    times = _judge(ECTAtSchool, teacher, school, email, started_on, day)
    if times.induction_started_on is None:
        if induction_started_on is None:
            raise RefusedChange("Enter the induction start date")
        check_induction_start(teacher.date_of_birth, induction_started_on, day)
    return ECTAtSchool.objects.create(
        teacher=teacher,
        school=school,
        email=email.lower(),
        started_on=started_on,
        induction_started_on=times.induction_started_on or induction_started_on,
    )


def _locked(person: Teacher | NewTeacher, day: date) -> Teacher:
    """The teacher's row, locked until the transaction ends; made, if they are new."""
    if isinstance(person, Teacher):
        kept = Teacher.objects.select_for_update().filter(pk=person.pk).first()
        if kept is None:
            raise RefusedChange("Their record has just changed. Check the TRN and date of birth")
        return kept
    check_date_of_birth(person.date_of_birth, day)
    # Waits for another transaction that makes a teacher of this TRN, and leaves theirs alone.
    made = Teacher(trn=person.trn, date_of_birth=person.date_of_birth, name=person.name)
    Teacher.objects.bulk_create([made], ignore_conflicts=True)
    teacher = Teacher.objects.select_for_update().get(trn=person.trn)
    if teacher.participant_id == made.participant_id:
        return teacher
    if find(person.trn, person.date_of_birth) is None:
        raise RefusedDetailsError
    raise RefusedChange(
        f"Somebody else has just added {teacher.name} with this TRN and date of birth. Check that"
        " this is who you mean, then add them"
    )


def _judge(
    role: Role, teacher: Teacher, school: School, email: str, started_on: date, day: date
) -> Times:
    """The teacher's times so far, when they may join; else raises RefusedChange."""
    times = times_of(teacher)
    if found := obstacle(role, times, school, day):
        raise RefusedChange(f"{found.title}. {found.what_to_do}")
    check_start(role, times, school, teacher.date_of_birth, started_on, day)
    check_email(role, teacher, email, started_on)
    return times


def _tell_tutors_of(elsewhere: MentorAtSchool, mentor: MentorAtSchool, day: date) -> None:
    """Write, after the commit, to those who are induction tutors of the other school on this day.

    An email that cannot be sent is logged, and undoes nothing.
    """
    tutors = InductionTutor.objects.on(day).filter(school=elsewhere.school)
    email = emails.mentor_added_elsewhere(
        mentor.teacher.name, elsewhere.school.name, mentor.school.name, mentor.started_on
    )
    users = User.objects.filter(is_active=True, is_staff=False, appointments__in=tutors)
    for tutor in users.distinct():
        transaction.on_commit(partial(try_to_send, tutor.email, email))
