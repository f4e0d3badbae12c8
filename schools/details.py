"""Changes of a teacher's name, and of the email address that a school has for them."""

import unicodedata
from datetime import date

from django.db import transaction

from core.refusals import RefusedChange
from schools.models import ECTAtSchool, MentorAtSchool, Teacher

MOVED_ON = "Somebody changed our records while you were looking. Check what they say now"


def tidy_name(entry: str) -> str:
    """Return a name as entered, with single spaces and composed accents; may be empty."""
    return " ".join(unicodedata.normalize("NFC", entry).split())


@transaction.atomic
def rename(teacher: Teacher, name: str, *, seen: str) -> None:
    """Give a teacher another name, which they have everywhere; `seen` is the one it replaces.

    Raises RefusedChange when their name is not what was seen any more.
    """
    teacher = Teacher.objects.select_for_update().get(pk=teacher.pk)
    if teacher.name != seen:
        raise RefusedChange(MOVED_ON)
    teacher.name = tidy_name(name)
    teacher.save()


def check_email(
    role: type[MentorAtSchool] | type[ECTAtSchool],
    teacher: Teacher | None,
    email: str,
    started_on: date,
    finished_on: date | None = None,
) -> None:
    """Raise RefusedChange when somebody else in this role has the address at that time.

    `teacher` is None for somebody unknown; `finished_on` is the first day not included. It does not
    say whose the address is: that may be a person at another school.
    """
    others = role.objects.filter(email=email.lower()).exclude(teacher=teacher)
    if others.filter(period__overlap=(started_on, finished_on)).exists():
        raise RefusedChange("This email address is in use for somebody else. Enter another one")


@transaction.atomic
def change_email(person: MentorAtSchool | ECTAtSchool, email: str, *, seen: str) -> None:
    """Give a person another email address at this school; `seen` is the one it takes over from.

    Raises RefusedChange when their address is not what was seen any more, or is somebody else's.
    """
    person = type(person).objects.select_for_update().get(pk=person.pk)
    if person.email != seen:
        raise RefusedChange(MOVED_ON)
    check_email(type(person), person.teacher, email, person.started_on, person.finished_on)
    person.email = email.lower()
    person.save()
