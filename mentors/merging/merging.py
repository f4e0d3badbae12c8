"""Merges two records of one teacher, in one transaction, and keeps a record of each row changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from core.refusals import RefusedChange, refusals_in_words
from declarations.models import TrainingPeriod
from declarations.states import State
from declarations.transitions import change_state, make_declared_eligible
from mentors.merging.periods import Joined
from mentors.merging.planning import Merge, OneCounts, plan_merge, relations
from mentors.models import Mentorship
from schools.details import MOVED_ON
from schools.models import (
    ECTAtSchool,
    FormerPublicId,
    MentorAtSchool,
    PersonAtSchool,
    Teacher,
    TeacherMerge,
)


def merge(
    kept: Teacher, other: Teacher, right: Teacher | None, *, seen: str, by: str, now: datetime
) -> TeacherMerge:
    """Merge `other` into `kept` as the plan says, and return the record of it.

    `right` is the teacher with the right induction, where they differ; `seen` is the key of the
    plan that the user confirmed. `by` is a kind and an id ("user 12"). Raises RefusedChange when
    something is in the way, or when the plan is another one by now.
    """
    with refusals_in_words(), transaction.atomic(), connection.cursor() as cursor:
        kept, other = _locked(kept, other)
        if right:
            right = kept if right.pk == kept.pk else other
        planned = plan_merge(kept, other, right)
        if planned.in_the_way:
            raise RefusedChange(planned.in_the_way[0].why)
        if planned.key != seen:
            raise RefusedChange(MOVED_ON)
        # A row and those that refer to it move one after the other; the database checks at the end.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        rows = list(_write(planned, by, now))
        record = _record(planned, rows, by, now)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return record


def _locked(kept: Teacher, other: Teacher) -> tuple[Teacher, Teacher]:
    """Both records, locked: other declarations, state moves and merges wait.

    Their times at schools are locked before them, as by pairing and leaving.
    """
    ids = (kept.pk, other.pk)
    for role in (ECTAtSchool, MentorAtSchool):
        times = role.objects.filter(teacher__in=ids).order_by("pk")
        list(times.select_for_update(of=("self",), no_key=True).values_list("pk"))
    there = Teacher.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    if len(there) < len({*ids}):
        raise RefusedChange("One of these records was merged a moment ago")
    return there[kept.pk], there[other.pk]


def _write(planned: Merge, by: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Do what the plan says, and say of each row what became of it."""
    kept, other, funded = planned.kept, planned.other, planned.funding_eligible_from
    funded_before = {each.mentor_funding_eligible_from for each in (kept, other)}
    for pair in planned.declarations:
        _void(pair, by, now)
        yield _said(pair.voided, f"voided, as {pair.stays.pk} stays")
    for gone in planned.deleted:
        yield _said(gone, "deleted")
        gone.delete()
    if planned.induction:
        kept.induction_started_on, kept.induction_finished_on = planned.induction
    kept.mentor_funding_eligible_from = funded
    kept.save()
    for joined in (*planned.mentorships, *planned.times):
        yield from (_said(row, f"became one with {joined.into.pk}") for row in joined.gone)
        _join(joined, kept)
    for row in planned.moving:
        yield _said(row, "moved")
    for relation in relations():
        rows = relation.related_model._default_manager.filter(**{relation.field.name: other})
        rows.update(**{relation.field.name: kept})
    if funded and funded_before != {funded}:
        make_declared_eligible(kept, funded, by=by, now=now)


def _void(pair: OneCounts, by: str, now: datetime) -> None:
    """Void the declaration that goes; the one that stays counts for the person all the same."""
    why = f"two records of one person were merged; {pair.stays.pk} stays"
    change_state(pair.voided, State.VOIDED, by=by, why=why, now=now, still_completed=True)


def _join(joined: Joined[Any], kept: Teacher) -> None:
    """Give the row that stays all that belongs to the rows that go, and all their days."""
    into = joined.into
    if isinstance(into, Mentorship):
        last = next(row for row in (into, *joined.gone) if row.finished_on == joined.finished_on)
        into.end_reason = last.end_reason
    for gone in joined.gone:
        if not isinstance(into, Mentorship):
            _give(gone, into, kept)
        gone.delete()
    into.started_on, into.finished_on = joined.started_on, joined.finished_on
    into.save()


def _give(gone: PersonAtSchool, into: PersonAtSchool, kept: Teacher) -> None:
    role = into.foreign_key
    of_gone = {role: gone}
    Mentorship.objects.filter(**of_gone).update(**{role: into, f"{role}_teacher": kept})
    TrainingPeriod.objects.filter(**of_gone).update(**{role: into, "teacher": kept})
    FormerPublicId.objects.filter(**of_gone).update(**{role: into})
    FormerPublicId.objects.create(**{role: into}, public_id=gone.public_id)


def _record(planned: Merge, rows: list[dict[str, Any]], by: str, now: datetime) -> TeacherMerge:
    """Delete the record that goes, and keep its ids with the one that stays."""
    other, former_id = planned.other, planned.other.pk
    other.delete()
    return TeacherMerge.objects.create(
        teacher=planned.kept,
        former_id=former_id,
        participant_id=other.participant_id,
        into_participant_id=planned.kept.participant_id,
        mentor_training_record_id=other.mentor_training_record_id,
        trn=other.trn,
        name=other.name,
        date_of_birth=other.date_of_birth,
        merged_at=now,
        by=by,
        rows=rows,
    )


def _said(row: Model, what: str) -> dict[str, Any]:
    return {"model": row._meta.label_lower, "id": str(row.pk), "what": what}
