"""The rows that a transaction locks before it changes training or declarations.

The order is the same everywhere, so that two transactions do not wait for each other: the school's
years first, then teachers, then training and what was declared of it (docs/domain.md, "When two
people are at it at once"). A lock is held until the end of the transaction. Five functions lock
teachers: they differ in what the caller knows of them.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from declarations.models import Declaration, SchoolYear, TrainingPeriod
from schools.finding import merged
from schools.models import Teacher

_LONGEST_WAIT = "2s"
_TRN = re.compile("[0-9]{7}")


def give_up_after_two_seconds() -> None:
    """Let a wait for a lock in this transaction last two seconds; then it is an OperationalError.

    For calls of the API, which answer it with 503: so no slow import holds all of the workers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_LONGEST_WAIT])


def lock_school_year(school_id: int, cohort_id: int) -> SchoolYear:
    """Lock and return the school's year; made, undecided, if absent.

    Each writer that reports a partnership, adds or deletes training, or changes the programme locks
    it first: so that no training waits for a partnership that is there.
    """
    SchoolYear.objects.bulk_create(
        [SchoolYear(school_id=school_id, cohort_id=cohort_id)], ignore_conflicts=True
    )
    years = SchoolYear.objects.select_for_update(no_key=True, of=("self",))
    return years.select_related("school", "cohort").get(school=school_id, cohort=cohort_id)


def lock_years_of_training(periods: Iterable[TrainingPeriod]) -> None:
    """Lock the schools' years of this training, which may be unsaved."""
    for school_id, cohort_id in sorted({(each.school_id, each.cohort_id) for each in periods}):
        lock_school_year(school_id, cohort_id)


def lock_teacher(teacher_id: int) -> Teacher:
    """Lock and return the teacher with this key. Raises Teacher.DoesNotExist."""
    return Teacher.objects.select_for_update(no_key=True).get(pk=teacher_id)


def lock_teachers_of_training(periods: QuerySet[TrainingPeriod]) -> None:
    """Lock the teachers of this training."""
    of_them = Teacher.objects.filter(training_periods__in=periods).order_by("pk")
    list(of_them.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def lock_teacher_of_declaration(declaration: Declaration) -> None:
    """Lock the teacher that a declaration is about: after a merge meanwhile, the one who stays."""
    teacher = Teacher.objects.select_for_update(no_key=True, of=("self",)).filter(
        declarations=declaration.pk
    )
    # While this waits, the record may be merged into another, which then has the declaration.
    list(teacher) or list(teacher)


def lock_teachers_of_declarations(declaration_ids: Iterable[UUID]) -> None:
    """Lock the teachers that these declarations are about: after merges meanwhile, who stays."""
    about = Declaration.objects.filter(pk__in=[*declaration_ids]).order_by().values("teacher")
    teachers = Teacher.objects.select_for_update(no_key=True).filter(pk__in=about).order_by("pk")
    # While this waits, a record may be merged into another, which then has the declarations. So the
    # second time it locks who stays.
    for _ in range(2):
        list(teachers.values_list("pk"))


class LockedTeacher(NamedTuple):
    """A teacher that this transaction has locked, with the two ids of one of their records."""

    id: int
    participant_id: UUID
    trn: str


def lock_teachers_known_by(
    participant_ids: Iterable[UUID] = (), trns: Iterable[str] = ()
) -> list[LockedTeacher]:
    """Lock the teachers that have one of these ids, as a call or a file names them.

    Unknown ids and wrong forms are left out. The ids of a merged record lead to the teacher who
    stays, who is there with the former ids, too.
    """
    ids, numbers = {*participant_ids}, {*filter(_TRN.fullmatch, trns)}
    locked = _locked(Q(participant_id__in=[*ids]) | Q(trn__in=[*numbers]))
    # Asked after the lock: the record may have been merged while this waited for it.
    ids -= {teacher.participant_id for teacher in locked}
    numbers -= {teacher.trn for teacher in locked}
    former = [LockedTeacher(*row) for row in merged(ids, numbers)] if ids or numbers else []
    if former:
        locked += _locked(Q(pk__in=[teacher.id for teacher in former]))
    return [*locked, *former]


def _locked(wanted: Q) -> list[LockedTeacher]:
    teachers = Teacher.objects.select_for_update(no_key=True).filter(wanted).order_by("pk")
    return [LockedTeacher(*row) for row in teachers.values_list("pk", "participant_id", "trn")]
