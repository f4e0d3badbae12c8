"""Finds a teacher by an id of theirs, also by one of a record that was merged into theirs."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from core.text import read_uuid
from schools.models import FormerPublicId, Teacher, TeacherMerge

_TRN_DIGITS = 7
# For imports: the id of each teacher by every TRN that leads to them.
TEACHERS_BY_TRN = """(SELECT id, trn FROM schools_teacher
    UNION ALL SELECT teacher_id, trn FROM schools_teachermerge)"""


def find_by_trn(trn: str, born_on: date) -> Teacher | None:
    """The teacher with this TRN and this date of birth, else None.

    One query answers the same for an unknown TRN and for a known one with another date of birth, so
    that a TRN alone tells a user nothing.
    """
    return known_by(trn=trn).filter(date_of_birth=born_on).first()


def known_by(**known: str | UUID) -> QuerySet[Teacher]:
    """The teacher with this TRN or id, now or before a merge; none or one.

    `known` is a `trn`, a `participant_id` or a `mentor_training_record_id`.
    """
    now = Teacher.objects.filter(**known).order_by().values("pk")
    before = TeacherMerge.objects.filter(**known).order_by().values("teacher")
    return Teacher.objects.filter(pk__in=now.union(before, all=True))


def as_known(searched: str) -> str:
    """The text to search for; a TRN or participant id of a merged record becomes the present one.

    `searched` is a text as schools/trn.py reads it.
    """
    return " ".join(_as_known(word) for word in searched.split())


def _as_known(word: str) -> str:
    if len(word) == _TRN_DIGITS and word.isascii() and word.isdecimal():
        trns = TeacherMerge.objects.filter(trn=word).values_list("teacher__trn", flat=True)
        return trns.first() or word
    if participant_id := read_uuid(word):
        merges = TeacherMerge.objects.filter(participant_id=participant_id)
        ids = merges.values_list("teacher__participant_id", flat=True)
        return str(ids.first() or word)
    return word


def merged(
    participant_ids: Iterable[UUID] = (), trns: Iterable[str] = ()
) -> list[tuple[int, UUID, str]]:
    """The merged records with one of these ids: the teacher who stays, and both former ids."""
    wanted = Q(participant_id__in=[*participant_ids]) | Q(trn__in=[*trns])
    found = TeacherMerge.objects.filter(wanted).order_by("pk")
    return list(found.values_list("teacher_id", "participant_id", "trn"))


def present_participant_ids(participant_ids: Iterable[UUID]) -> set[UUID]:
    """These ids, and the present id of each teacher with a former id among them."""
    asked = set(participant_ids)
    merges = TeacherMerge.objects.filter(participant_id__in=asked).order_by()
    return asked.union(merges.values_list("teacher__participant_id", flat=True))


def present_public_id(public_id: UUID) -> UUID | None:
    """The public id of the time that the time with this former id was merged into; else None."""
    former = FormerPublicId.objects.filter(public_id=public_id)
    for mentor, ect in former.values_list("mentor__public_id", "ect__public_id"):
        return mentor or ect
    return None


def present_teacher_id(former_id: int) -> int | None:
    """The number of the teacher that the record with this number was merged into; else None."""
    merges = TeacherMerge.objects.filter(former_id=former_id)
    return merges.values_list("teacher", flat=True).first()
