"""The page of a mentor: personal details, ECTs, and mentor training."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast
from uuid import UUID

from core.compiled_queries import DAY, CompiledQuery, Slot
from core.periods import last_day, not_over
from mentors.leaving.leaving import may_be_withdrawn, may_leave
from mentors.leaving.undoing import may_be_undone
from mentors.pairing.candidates import can_be_assigned_an_ect
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.explanation import Explanation, what_mentor_training_is
from mentors.people.listing import has_left
from mentors.people.trained_by import training_of
from mentors.people.training import Situation, Training
from mentors.people.training_words import TrainingWords, words_of_training
from mentors.status.facts import training_facts
from mentors.status.policies import Policy
from mentors.status.training_status import TrainingStatus, training_status
from schools.models import ECTAtSchool, MentorAtSchool


class ReportedLeaving(NamedTuple):
    """A mentor's last day at one school that another school told us of.

    `school` is the other of the two, as seen from the school whose page it is on.
    """

    school: str
    last_day: date


_IS_OVER = (Situation.ENDED, Situation.WITHDRAWN, Situation.DEFERRED)


@dataclass(frozen=True)
class MentorPage:
    """The data of the page.

    `also_at`: the names of other schools where they are a mentor on the day, or will be; empty for
    a school that they have left. `said_to_leave`: the last day here that another school told us of
    and this school has not recorded. `said_to_leave_others`: the last days at other schools that
    this school told us of and they have not recorded. `as_ect`: the public id of their time as an
    ECT at this school, if they had one. `mentoring`, `to_come` and `previously` are ECTs of this
    school;
    `previously` is empty under a policy that does not show it. `lead_provider_link`: the words of
    the link to another lead provider, or to the first one; "" where there is none to choose.
    """

    mentor: MentorAtSchool
    is_to_come: bool
    has_left: bool
    may_leave: bool
    may_be_withdrawn: bool
    may_be_undone: bool
    can_be_assigned_an_ect: bool
    lead_provider_link: str
    also_at: tuple[str, ...]
    said_to_leave: ReportedLeaving | None
    said_to_leave_others: tuple[ReportedLeaving, ...]
    as_ect: UUID | None
    mentoring: tuple[Mentored, ...]
    to_come: tuple[Mentored, ...]
    previously: tuple[Mentored, ...]
    status: TrainingStatus
    training: Training
    words: TrainingWords
    explanation: Explanation


class _Elsewhere(NamedTuple):
    """A mentor's time at another school, and what was told of their last day there."""

    school: int
    name: str
    finished_on: date | None
    reported_by: int | None
    reported_finished_on: date | None


_OTHER_SCHOOLS = CompiledQuery(
    lambda: (
        MentorAtSchool.objects.filter(not_over(DAY), teacher=Slot("teacher"))
        .exclude(school=Slot("school"))
        .order_by("school__searchable_name")
        .values_list(
            "school_id", "school__name", "finished_on", "reported_by_id", "reported_finished_on"
        )
    )
)


_AS_ECT = CompiledQuery(
    lambda: (
        ECTAtSchool.objects.filter(teacher=Slot("teacher"), school=Slot("school"))
        .order_by("-started_on")
        .values_list("public_id", flat=True)[:1]
    )
)


def mentor_page(mentor: MentorAtSchool, policy: Policy, day: date) -> MentorPage:
    """The page of a mentor on this day under this policy; `people.finding` has read the mentor."""
    of_each = mentoring_of([mentor.teacher_id], mentor.school_id, day, changes=True)
    mentoring = of_each.get(mentor.teacher_id, Mentoring())
    status = training_status(training_facts(mentor.teacher_id), policy, day)
    training = training_of(mentor, day, status)
    others = _elsewhere(mentor, day)
    return MentorPage(
        mentor=mentor,
        is_to_come=mentor.started_on > day,
        has_left=has_left(mentor, day),
        may_leave=may_leave(mentor, day),
        may_be_withdrawn=may_be_withdrawn(mentor, day),
        may_be_undone=may_be_undone(mentor, day),
        can_be_assigned_an_ect=can_be_assigned_an_ect(mentor, day),
        lead_provider_link=_lead_provider_link(mentor, training, status, policy, day),
        as_ect=_AS_ECT.first(teacher=mentor.teacher_id, school=mentor.school_id),
        also_at=tuple(dict.fromkeys(there.name for there in others)),
        said_to_leave=_said_to_leave(mentor, others),
        said_to_leave_others=tuple(_said_by(mentor, others)),
        mentoring=mentoring.now,
        to_come=mentoring.to_come,
        previously=mentoring.completed_induction if policy.shows_previously_mentored else (),
        status=status,
        training=training,
        words=words_of_training(training, status),
        explanation=what_mentor_training_is(),
    )


def _lead_provider_link(
    mentor: MentorAtSchool,
    training: Training,
    status: TrainingStatus,
    policy: Policy,
    day: date,
) -> str:
    """The words of the link, by those rules of `asked_when_changed` that the page has read.

    Where another rule stands in the way, such as the programme of the school's year, the journey
    says so.
    """
    evidence = status.evidence
    if evidence.completion or evidence.recorded_not_completed or has_left(mentor, day):
        return ""
    if training.goes_on:
        return "Change"
    if training.elsewhere or mentor.school.is_closed(day):
        return ""
    if training.situation in _IS_OVER:
        return "Change"
    has_none = training.situation is Situation.NOT_REPORTED
    may_begin = evidence.started_on or not policy.shows_every_status
    return "Choose" if has_none and may_begin else ""


def _elsewhere(mentor: MentorAtSchool, day: date) -> list[_Elsewhere]:
    """The mentor's times at other schools, now or to come; none of a mentor who has left."""
    if has_left(mentor, day):
        return []
    rows = _OTHER_SCHOOLS.all(teacher=mentor.teacher_id, school=mentor.school_id, day=day)
    return [_Elsewhere._make(row) for row in rows]


def _said_to_leave(mentor: MentorAtSchool, others: list[_Elsewhere]) -> ReportedLeaving | None:
    reported = last_day(mentor.reported_finished_on)
    if reported is None or mentor.finished_on:
        return None
    by = (there.name for there in others if there.school == mentor.reported_by_id)
    return next((ReportedLeaving(school, reported) for school in by), None)


def _said_by(mentor: MentorAtSchool, others: list[_Elsewhere]) -> Iterator[ReportedLeaving]:
    for there in others:
        if there.reported_by == mentor.school_id and there.finished_on is None:
            yield ReportedLeaving(there.name, last_day(cast(date, there.reported_finished_on)))
