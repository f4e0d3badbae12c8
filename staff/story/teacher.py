"""The story of a teacher, in order of time, with who did what."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Q

from core.compiled_queries import CompiledQuery, Slot, any_of
from core.history_words import History, names_in_logs
from core.models import OutgoingEmail
from core.periods import in_words, london_day
from declarations.models import (
    ApiToken,
    Declaration,
    DeclarationStateChange,
    RecordedCompletion,
    TrainingPeriod,
)
from declarations.states import State
from mentors.models import Leaving, Mentorship
from schools.models import (
    ECTAtSchool,
    FormerPublicId,
    MentorAtSchool,
    PersonAtSchool,
    RoleModel,
    StaffNote,
    Teacher,
    TeacherMerge,
)
from staff.notes import lines_of_notes
from staff.story.lines import StoryLine, in_order, lines_of_history


def story_of(teacher: Teacher) -> list[StoryLine]:
    """What happened to the teacher, the earliest first; what has only a day comes first on it."""
    merges = _MERGES.all(teacher=teacher.pk)
    lines = (
        _induction(teacher),
        _at_schools(teacher),
        _mentorships(teacher),
        _training(teacher),
        _declarations(teacher),
        _leavings(teacher),
        _recorded(teacher),
        _emails(teacher),
        _merges(merges),
        lines_of_notes(_NOTES.all(teacher=teacher.pk)),
        _history(teacher, merges),
    )
    return in_order(chain.from_iterable(lines))


def _induction(teacher: Teacher) -> Iterator[StoryLine]:
    if teacher.induction_started_on:
        yield StoryLine(teacher.induction_started_on, "Induction begins")
    if teacher.induction_last_day:
        yield StoryLine(teacher.induction_last_day, "Last day of induction")


def _times(model: RoleModel) -> CompiledQuery:
    rows: Any = model._default_manager.filter(teacher=Slot("teacher"))
    return CompiledQuery(lambda: rows.select_related("teacher", "school"))


_TIMES = {"mentor": _times(MentorAtSchool), "ECT": _times(ECTAtSchool)}


def _at_schools(teacher: Teacher) -> Iterator[StoryLine]:
    for role, times in _TIMES.items():
        for row in times.all(teacher=teacher.pk):
            yield StoryLine(row.started_on, f"First day as {role} at {row.school}", row)
            if row.last_day:
                yield StoryLine(row.last_day, f"Last day as {role} at {row.school}", row)


_MENTORSHIPS = CompiledQuery(
    lambda: Mentorship.objects.filter(
        Q(mentor_teacher=Slot("teacher")) | Q(ect_teacher=Slot("teacher"))
    ).select_related("mentor_teacher", "ect_teacher", "school")
)


def _mentorships(teacher: Teacher) -> Iterator[StoryLine]:
    for each in _MENTORSHIPS.all(teacher=teacher.pk):
        pair = f"{each.mentor_teacher} mentors {each.ect_teacher}"
        yield StoryLine(each.started_on, f"First day that {pair}", each)
        if each.last_day:
            reason = each.get_end_reason_display()
            yield StoryLine(each.last_day, f"Last day that {pair}. {reason}", each)


_TRAINING = CompiledQuery(
    lambda: TrainingPeriod.objects.filter(teacher=Slot("teacher")).select_related(
        "teacher", "school", "lead_provider", "cohort", "partnership__delivery_partner"
    )
)


def _training(teacher: Teacher) -> Iterator[StoryLine]:
    for each in _TRAINING.all(teacher=teacher.pk):
        role = "mentor" if each.mentor_id else "ECT"
        by = f"training as {role} with {each.lead_provider}"
        partner = (
            f"through {each.partnership.delivery_partner}"
            if each.partnership
            else "waiting for a partnership"
        )
        begins = f"First day of {by} at {each.school}, {partner}, academic year {each.cohort}"
        yield StoryLine(each.started_on, begins, each)
        if each.last_day:
            reason = f". {each.get_end_reason_display()}" if each.end_reason else ""
            yield StoryLine(each.last_day, f"Last day of {by}{reason}", each)
        for did, at, why in (
            ("withdrew them from", each.withdrawn_at, each.get_withdrawn_reason_display()),
            ("deferred their", each.deferred_at, each.get_deferred_reason_display()),
        ):
            if at:
                said = f"{each.lead_provider} {did} training as {role}: {why}"
                yield StoryLine(london_day(at), said, each, at)


_STATE_CHANGES = CompiledQuery(
    lambda: DeclarationStateChange.objects.filter(
        declaration__teacher=Slot("teacher")
    ).select_related("declaration__lead_provider", "declaration__teacher")
)


def _declarations(teacher: Teacher) -> Iterator[StoryLine]:
    changes = _STATE_CHANGES.all(teacher=teacher.pk)
    users = names_in_logs(change.by for change in changes)
    tokens = {f"token {token.pk}": str(token) for token in _tokens(changes)}
    for change in changes:
        declaration: Declaration = change.declaration
        kind = declaration.get_declaration_type_display()
        declared = f"Declaration “{kind}” by {declaration.lead_provider}"
        if change.from_state:
            moved = f"from {_state(change.from_state)} to {_state(change.to_state)}"
            what = f"{declared}: {moved} ({change.why})"
        else:
            day = in_words(london_day(declaration.declaration_date))
            what = f"{declared}, dated {day}: {_state(change.to_state)}"
        who = users.get(change.by) or tokens.get(change.by, change.by)
        yield StoryLine(london_day(change.changed_at), what, declaration, change.changed_at, who)


def _state(state: str) -> str:
    return State(state).label.lower()


def _tokens(changes: list[DeclarationStateChange]) -> list[ApiToken]:
    ids = {change.by.partition(" ")[2] for change in changes if change.by.startswith("token ")}
    numbers = [number for number in ids if number.isdecimal()]
    return list(ApiToken.objects.filter(pk__in=numbers).select_related("lead_provider"))


_LEAVINGS = CompiledQuery(
    lambda: Leaving.objects.filter(
        Q(mentor__teacher=Slot("teacher")) | Q(ect__teacher=Slot("teacher"))
    ).select_related("mentor__school", "ect__school")
)


def _leavings(teacher: Teacher) -> Iterator[StoryLine]:
    for each in _LEAVINGS.all(teacher=teacher.pk):
        person: PersonAtSchool = each.person
        what = f"{person.school} told us that they leave"
        yield StoryLine(london_day(each.told_at), what, each, each.told_at)


_RECORDED = CompiledQuery(lambda: RecordedCompletion.objects.filter(teacher=Slot("teacher")))


def _recorded(teacher: Teacher) -> Iterator[StoryLine]:
    for each in _RECORDED.all(teacher=teacher.pk):
        what = f"DfE recorded: {each.get_kind_display()}"
        yield StoryLine(london_day(each.recorded_at), what, each, each.recorded_at)


_EMAILS = CompiledQuery(
    lambda: OutgoingEmail.objects.filter(
        about__in=MentorAtSchool.objects.filter(teacher=Slot("teacher"))
        .order_by()
        .values("public_id")
        .union(
            FormerPublicId.objects.filter(mentor__teacher=Slot("teacher"))
            .order_by()
            .values("public_id"),
            all=True,
        )
    )
)


def _emails(teacher: Teacher) -> Iterator[StoryLine]:
    for each in _EMAILS.all(teacher=teacher.pk):
        at = each.finished_at or each.queued_at
        what = f"Email “{each.kind}”: {each.get_state_display().lower()}"
        yield StoryLine(london_day(at), what, each, at)


_MERGES = CompiledQuery(
    lambda: TeacherMerge.objects.filter(teacher=Slot("teacher")).select_related("teacher")
)


def _merges(merges: list[TeacherMerge]) -> Iterator[StoryLine]:
    users = names_in_logs(merge.by for merge in merges)
    for each in merges:
        what = f"The record {each.name} ({each.trn}) was merged into this one"
        who = users.get(each.by, each.by)
        yield StoryLine(london_day(each.merged_at), what, each, each.merged_at, who)


_NOTES = CompiledQuery(lambda: StaffNote.objects.filter(teacher=Slot("teacher")))
_HISTORY = History(
    {
        Teacher: any_of("pgh_obj_id", "teachers"),
        MentorAtSchool: any_of("teacher_id", "teachers"),
        ECTAtSchool: any_of("teacher_id", "teachers"),
        TrainingPeriod: any_of("teacher_id", "teachers"),
        Mentorship: Q(any_of("mentor_teacher_id", "teachers"))
        | Q(any_of("ect_teacher_id", "teachers")),
        RecordedCompletion: any_of("teacher_id", "teachers"),
    }
)


def _history(teacher: Teacher, merges: list[TeacherMerge]) -> Iterator[StoryLine]:
    """What the history has of the teacher, and of the records that were merged into theirs."""
    ids = [teacher.pk, *(merge.former_id for merge in merges)]
    yield from lines_of_history(_HISTORY.told(teachers=ids))
