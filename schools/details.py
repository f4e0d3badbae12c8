"""Changes a teacher's name, and the email address that a school has for a mentor or an ECT."""

from datetime import date

from django.db import transaction

from core.refusals import RefusedChange
from core.text import cleaned, email_of, why_no_name
from schools.models import PersonAtSchool, RoleModel, Teacher

MOVED_ON = "Our records were changed while you were looking. Check what they say now"


def checked_name(entry: str) -> str:
    """The name as it is kept; raises RefusedChange, in words, for a text that can be no name."""
    name = cleaned(entry)
    if reason := why_no_name(name):
        raise RefusedChange(reason)
    if len(name) > Teacher.LONGEST_NAME:
        raise RefusedChange(f"Full name must be {Teacher.LONGEST_NAME} characters or less")
    return name


@transaction.atomic
def rename(teacher: Teacher, name: str, *, seen: str) -> None:
    """Change a teacher's name, for all schools. `seen` is the name that the user saw before.

    Raises RefusedChange for a text that can be no name, and when the name in the database is not
    `seen` by now.
    """
    name = checked_name(name)
    teacher = Teacher.objects.select_for_update().get(pk=teacher.pk)
    if teacher.name != seen:
        raise RefusedChange(MOVED_ON)
    teacher.name = name
    teacher.save()


def check_email(
    role: RoleModel,
    teacher: Teacher | None,
    email: str,
    started_on: date,
    finished_on: date | None = None,
) -> None:
    """Raise RefusedChange when another person in this role has the address in that period.

    `teacher` has the address or is to have it, None for a new teacher; `finished_on` is the first
    day not included. The message does not name the other person, who may be at another school.
    """
    others = role.objects.filter(email=email_of(email)).exclude(teacher=teacher)
    if others.filter(period__overlap=(started_on, finished_on)).exists():
        raise RefusedChange("Another person has this email address. Enter a different one")


@transaction.atomic
def change_email(person: PersonAtSchool, email: str, *, seen: str) -> None:
    """Change the email address that the school has for a person. `seen` is the one the user saw.

    Raises RefusedChange when the address in the database is another one by now, or when another
    person has the new address.
    """
    person = type(person).objects.select_for_update().get(pk=person.pk)
    if person.email != seen:
        raise RefusedChange(MOVED_ON)
    check_email(type(person), person.teacher, email, person.started_on, person.finished_on)
    person.email = email_of(email)
    person.save()
