"""Undoing an addition: a mentor or an ECT was added by mistake, or will not come.

It can be undone until a pairing has begun, or a lead provider can see training of theirs. An ECT
who is still to come can be taken back until a lead provider has declared about them. What the
addition made goes with it, and whether a tutor has recorded a last day makes no difference.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.compiled_queries import DAY, CompiledQuery, Slot
from core.history import events_of
from core.periods import in_words
from core.refusals import RefusedChange
from declarations.locks import lock_years_of_training
from declarations.models import Declaration, TrainingPeriod
from mentors.leaving.cut_short import CutShortRow, in_words_of
from mentors.leaving.leaving import leaving_of, lock_person
from mentors.models import Mentorship
from mentors.pairing.giving_back import give_back, without_them
from mentors.pairing.training import training_planned_with
from schools.adding import tell_not_added
from schools.details import MOVED_ON
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, RoleModel, Teacher


@dataclass(frozen=True)
class Addition:
    """What goes when a person's addition is undone.

    `mentorships` are still to begin, and no lead provider has declared about `training`: the
    person's, and of an ECT also the training that mentors were to begin with these mentorships.
    `made_teacher`: the teacher's record was made with the addition, and holds nothing since then.
    `made_induction`: the start of induction was recorded with it, and no other time as an ECT is.
    """

    person: PersonAtSchool
    mentorships: tuple[Mentorship, ...]
    training: tuple[TrainingPeriod, ...]
    made_teacher: bool
    made_induction: bool

    @property
    def rows(self) -> tuple[CutShortRow, ...]:
        """The mentorships, then the training periods."""
        return (*self.mentorships, *self.training)

    @property
    def key(self) -> str:
        """A text that differs when anything else would go, or a lead provider can see it by now."""
        mentorships = [f"mentorship {row.pk}" for row in self.mentorships]
        training = [f"training {row.pk} in {row.partnership_id}" for row in self.training]
        return ", ".join([*mentorships, *training, f"{self.made_teacher} {self.made_induction}"])

    def in_words(self) -> list[str]:
        """What goes, a line each."""
        person = self.person
        lines = [f"{person.teacher.name} at {person.school.name}, {_days_of(person)}"]
        lines += [
            f"{in_words_of(row, person)} from {in_words(row.started_on)}" for row in self.rows
        ]
        lines += [
            f"What you told us of their last day at {there.school.name}"
            for there in _said_to_leave(person).select_related("school")
        ]
        if self.made_teacher:
            lines.append("Their name, TRN and date of birth")
        elif self.made_induction:
            lines.append("Their induction start date")
        return lines

    def follows(self, day: date) -> list[str]:
        """Who goes on mentoring, and which ECTs have no mentor; `day` is today."""
        if isinstance(self.person, ECTAtSchool):
            return []
        return list(without_them(self.mentorships, day))


def may_be_undone(person: PersonAtSchool, day: date) -> bool:
    """Whether this person's addition can be undone on this day."""
    return _IN_THE_WAY[type(person)].first(person=person.pk, day=day) is None


def addition_of(person: PersonAtSchool, day: date) -> Addition:
    """What would go with this person's addition; `day` is today."""
    teacher, others = person.teacher, _other_times(person)
    made = _made_with(person)
    # The first training makes a mentor eligible for funding. If it was chosen in the addition, that
    # day is no record of DfE's own.
    funded_from = teacher.mentor_funding_eligible_from
    known_to_dfe = (
        teacher.recorded_completions.exists()
        or (funded_from and not made.filter(mentor_funding_eligible_from=funded_from).exists())
        or teacher.induction_finished_on
        or teacher.staff_notes.exists()
    )
    mentorships = tuple(person.mentorships.select_related("mentor__teacher", "ect__teacher"))
    training = list(person.training_periods.select_related("lead_provider"))
    if isinstance(person, ECTAtSchool):
        training += training_planned_with(mentorships, day)
    return Addition(
        person=person,
        mentorships=mentorships,
        training=tuple(training),
        made_teacher=made.filter(pgh_label="insert").exists()
        and not any(others)
        and not known_to_dfe,
        made_induction=isinstance(person, ECTAtSchool)
        and made.filter(induction_started_on__isnull=False).exists()
        and not others[1]
        and teacher.induction_finished_on is None,
    )


@transaction.atomic
def undo_addition(person: PersonAtSchool, *, seen: str, day: date) -> None:
    """Delete this person's time at the school, and what the addition made; `day` is today.

    `seen` is the `Addition.key` of what the page showed. What a planned mentorship had cut short
    goes on; tutors of other schools who were told of the addition are told of this too. Raises
    RefusedChange, in words for the user.
    """
    lock_years_of_training(addition_of(person, day).training)
    list(_said_to_leave(person).order_by("pk").select_for_update(no_key=True))
    person = lock_person(person)
    if not may_be_undone(person, day):
        raise RefusedChange(cannot_be_undone(person))
    addition = addition_of(person, day)
    if addition.key != seen:
        raise RefusedChange(MOVED_ON)
    teacher, leaving = person.teacher, leaving_of(person)
    for row in addition.rows:
        row.delete()
    if leaving:
        leaving.delete()
    person.former_public_ids.all().delete()
    _said_to_leave(person).update(reported_by=None, reported_finished_on=None)
    person.delete()
    if isinstance(person, MentorAtSchool):
        tell_not_added(person, day)
    give_back(addition.mentorships, day)
    if addition.made_teacher:
        teacher.delete()
    elif addition.made_induction:
        teacher.induction_started_on = None
        teacher.save()


def cannot_be_undone(person: PersonAtSchool) -> str:
    """Why this person's addition cannot be undone, in words for the user."""
    return (
        f"You can no longer undo adding {person.teacher.name}: mentoring has begun, or a lead"
        " provider works with them. Tell us their last day instead, or contact us at"
        f" {settings.SUPPORT_EMAIL}"
    )


def _in_the_way(role: RoleModel) -> QuerySet[Any, int]:
    """The person's time, if something stands in the way of undoing it."""
    of_person = {role.foreign_key: OuterRef("pk")}
    begun = Exists(Mentorship.objects.filter(**of_person, started_on__lte=DAY))
    seen = Q(Exists(TrainingPeriod.objects.filter(**of_person, partnership__isnull=False)))
    if role is ECTAtSchool:
        declared = Declaration.objects.filter(training_period__ect=OuterRef("pk"))
        seen = Q(Exists(declared)) | (Q(started_on__lte=DAY) & seen)
    times = role.objects.filter(Q(begun) | seen, pk=Slot("person"))
    return times.order_by().values_list("pk", flat=True)


_IN_THE_WAY: dict[type, CompiledQuery[int]] = {
    MentorAtSchool: CompiledQuery(lambda: _in_the_way(MentorAtSchool)),
    ECTAtSchool: CompiledQuery(lambda: _in_the_way(ECTAtSchool)),
}


def _said_to_leave(person: PersonAtSchool) -> QuerySet[MentorAtSchool]:
    """The times at other schools where this mentor's school has told us of their last day."""
    if isinstance(person, ECTAtSchool):
        return MentorAtSchool.objects.none()
    return MentorAtSchool.objects.filter(teacher=person.teacher_id, reported_by=person.school_id)


def _other_times(person: PersonAtSchool) -> tuple[bool, bool]:
    """Whether the teacher has other times as a mentor, and as an ECT."""
    teacher = person.teacher
    mentors, ects = teacher.mentoratschools.all(), teacher.ectatschools.all()
    if isinstance(person, MentorAtSchool):
        return mentors.exclude(pk=person.pk).exists(), ects.exists()
    return mentors.exists(), ects.exclude(pk=person.pk).exists()


def _made_with(person: PersonAtSchool) -> QuerySet:
    """The history of the teacher from the transaction that added the person.

    A row of history has the moment at which its transaction began, so all rows of one transaction
    have the same.
    """
    added = events_of(type(person)).filter(id=person.pk, pgh_label="insert")
    return events_of(Teacher).filter(
        id=person.teacher_id, pgh_created_at__in=added.values("pgh_created_at")
    )


def _days_of(person: PersonAtSchool) -> str:
    return f"{person.a_noun} from {in_words(person.started_on)}"
