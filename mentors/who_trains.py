"""Who will train a mentor or an ECT: is it asked, with which answers, and if not, why not?

The journeys that add and pair people ask it, and their check pages say why it was not asked. The
rules: docs/journeys.md, "Who trains them".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import cast

from django.db.models import QuerySet

from core.periods import in_words, not_over
from core.refusals import RefusedChange
from declarations.models import Cohort, Course, LeadProvider, SchoolYear, TrainingPeriod
from declarations.training import (
    cohort_for,
    cohort_when_changed,
    is_changed_in_place,
    why_not_changed,
    why_not_trained,
)
from declarations.year_choices import providers_in, providers_of, school_year
from mentors.models import Mentorship
from mentors.people.listing import latest_first
from mentors.status.policies import Policy, policy_in_force
from schools.models import ECTAtSchool, MentorAtSchool, RoleModel, School, Teacher

NO_ONE_LEAVES: Mapping[int, date] = MappingProxyType({})


@dataclass(frozen=True)
class TrainingQuestion:
    """The question who will train a person: asked, unless `why_not` says why it is not.

    `cohort` is that of the training, `from_day` its first day. `providers` are the answers, those
    that the school uses in that year (`of_year`) first. `decides_year`: the year is undecided or
    absent, and a lead provider chosen here makes it provider-led. `waits_for`: the name of
    another school, if training begins only after the mentor's last day there. `course` is that of a
    mentor or of an ECT.
    """

    name: str
    from_day: date
    why_not: str = ""
    cohort: Cohort | None = None
    providers: tuple[LeadProvider, ...] = ()
    of_year: tuple[LeadProvider, ...] = ()
    decides_year: bool = False
    waits_for: str = ""
    course: Course = Course.MENTOR

    @property
    def is_asked(self) -> bool:
        """Whether the question is asked."""
        return not self.why_not

    @property
    def key(self) -> str:
        """A text that differs when the question or its answers are others."""
        if self.cohort is None:
            return "not-asked"
        ids = ",".join(str(provider.pk) for provider in self.providers)
        return f"{self.cohort.start_year}/{self.from_day}/{ids}/{self.decides_year:d}"

    def provider(self, name: str | None) -> LeadProvider | None:
        """The lead provider with this name, if it is one of the answers."""
        return next((provider for provider in self.providers if provider.name == name), None)


def asked_when_added(
    role: RoleModel,
    teacher: Teacher | None,
    name: str,
    school: School,
    *,
    started_on: date,
    policy: Policy,
    day: date,
    leaving: Mapping[int, date] = NO_ONE_LEAVES,
) -> TrainingQuestion:
    """The question as it is when a mentor or an ECT is added to a school from `started_on` on.

    `teacher` is None for a new one; `day` is today. `leaving`: by the id of the mentor's times at
    other schools, the first day on which they are not there any more, as the tutor says. An ECT is
    always asked about. A mentor is asked about under the policy "completed only"; under the others
    the first pairing asks.
    """
    if role is ECTAtSchool:
        return _question(teacher, name, school, started_on, day, Course.ECT)
    question = _of_mentor(teacher, name, school, started_on, day, leaving)
    if question.is_asked and policy.shows_every_status:
        why_not = f"We will ask who trains {name} when you first assign an ECT to them"
        return TrainingQuestion(name, started_on, why_not)
    return question


def asked_when_paired(mentor: MentorAtSchool, started_on: date, day: date) -> TrainingQuestion:
    """The question as it is when this mentor is to mentor an ECT from `started_on` on.

    Asked whenever no mentor training of theirs goes on or is to begin. `day` is today.
    """
    teacher, from_day = mentor.teacher, max(started_on, mentor.started_on)
    return _of_mentor(teacher, teacher.name, mentor.school, from_day, day, NO_ONE_LEAVES)


def training_to_change(mentor: MentorAtSchool, day: date) -> TrainingPeriod | None:
    """The mentor's training at the school that goes on, else is to begin; None if there is none."""
    not_ended = _training_here(mentor).filter(not_over(day))
    return not_ended.order_by(*latest_first(day)).first()


def _training_here(mentor: MentorAtSchool) -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.filter(
        teacher=mentor.teacher_id, school=mentor.school_id, mentor__isnull=False
    ).select_related("teacher", "lead_provider", "cohort", "mentor")


def asked_when_changed(mentor: MentorAtSchool, day: date) -> TrainingQuestion:
    """Which other lead provider may train this mentor, and from which day; `day` is today.

    If no training here goes on or is to begin, the question is which lead provider may begin it,
    unless the policy leaves that to the first pairing.
    """
    name, period = mentor.teacher.name, training_to_change(mentor, day)
    if period is None:
        return _asked_when_begun_again(mentor, day)
    if why_not := why_not_changed(period, day):
        return TrainingQuestion(name, day, why_not)
    try:
        cohort = cohort_when_changed(period, day)
    except RefusedChange as refusal:
        return TrainingQuestion(name, day, str(refusal))
    from_day = period.started_on if is_changed_in_place(period, day) else day
    return _in_year(name, mentor.school, from_day, cohort, former=period.lead_provider)


def _asked_when_begun_again(mentor: MentorAtSchool, day: date) -> TrainingQuestion:
    teacher = mentor.teacher
    if mentor.school.is_closed(day):
        return TrainingQuestion(teacher.name, day, "No training begins at a closed school")
    paired = Mentorship.objects.filter(mentor_teacher=teacher, started_on__lte=day)
    waits_for_pairing = policy_in_force(day).shows_every_status and not paired.exists()
    if waits_for_pairing and not _training_here(mentor).exists():
        why_not = f"We will ask who trains {teacher.name} when you assign an ECT to them"
        return TrainingQuestion(teacher.name, day, why_not)
    from_day = max(day, mentor.started_on)
    return _of_mentor(teacher, teacher.name, mentor.school, from_day, day, NO_ONE_LEAVES)


def _of_mentor(
    teacher: Teacher | None,
    name: str,
    school: School,
    from_day: date,
    day: date,
    leaving: Mapping[int, date],
) -> TrainingQuestion:
    if teacher is None:
        return _question(None, name, school, from_day, day, Course.MENTOR)
    if why_not := why_not_trained(teacher):
        return TrainingQuestion(name, from_day, why_not)
    waits_for = ""
    for period in _training_from(teacher, from_day):
        there = cast(MentorAtSchool, period.mentor)
        if period.withdrawn_at or period.deferred_at or period.is_over(max(from_day, day)):
            left_on, name_there = cast(date, period.finished_on), ""
        elif period.school_id == school.pk:
            why_not = f"{name} trains with {period.lead_provider} already"
            return TrainingQuestion(name, from_day, why_not)
        elif end := leaving.get(there.pk) or there.finished_on or there.reported_finished_on:
            left_on, name_there = end, there.school.name
        else:
            why_not = f"{name} trains through {there.school.name}, where they go on mentoring"
            return TrainingQuestion(name, from_day, why_not)
        if left_on > from_day:
            from_day, waits_for = left_on, name_there
    return _question(teacher, name, school, from_day, day, Course.MENTOR, waits_for)


def _training_from(teacher: Teacher, from_day: date) -> QuerySet[TrainingPeriod]:
    """The teacher's mentor training, at any school, that includes this day or begins later."""
    periods = TrainingPeriod.objects.filter(not_over(from_day), teacher=teacher)
    of_mentor = periods.filter(mentor__isnull=False).order_by("started_on", "pk")
    return of_mentor.select_related("mentor__school", "lead_provider")


def _question(
    teacher: Teacher | None,
    name: str,
    school: School,
    from_day: date,
    day: date,
    course: Course,
    waits_for: str = "",
) -> TrainingQuestion:
    try:
        cohort = cohort_for(teacher, from_day, day, course)
    except RefusedChange as refusal:
        return TrainingQuestion(name, from_day, str(refusal))
    question = _in_year(name, school, from_day, cohort)
    return replace(question, course=course, waits_for=waits_for)


def _in_year(
    name: str, school: School, from_day: date, cohort: Cohort, former: LeadProvider | None = None
) -> TrainingQuestion:
    """The question with the lead providers of this academic year, without the `former` one."""
    year = school_year(school, cohort.start_year) or SchoolYear(school=school, cohort=cohort)
    if year.programme == SchoolYear.Programme.SCHOOL_LED:
        why_not = f"Your school delivers its own programme in {cohort}"
        return TrainingQuestion(name, from_day, why_not)
    of_year = providers_of(year)
    providers = dict.fromkeys([*of_year, *providers_in(cohort)])
    providers.pop(cast(LeadProvider, former), None)
    if not providers:
        which = "other lead providers" if former else "lead providers"
        why_not = f"We do not know yet which {which} train in {cohort}"
        return TrainingQuestion(name, from_day, why_not)
    return TrainingQuestion(
        name,
        from_day,
        cohort=cohort,
        providers=tuple(providers),
        of_year=tuple(of_year),
        decides_year=year.programme == SchoolYear.Programme.NOT_DECIDED,
    )


def what_happens_next(period: TrainingPeriod, day: date) -> str:
    """Who will contact the person who is to be trained, and when their page changes."""
    provider, name = period.lead_provider, period.teacher.name
    begins = f"{name}’s training with {provider} begins on {in_words(period.started_on)}. "
    said = begins if period.started_on > day else ""
    if period.waits:
        return (
            f"{said}{provider} will contact {name} once it has confirmed that it works with your"
            f" school. Until then {name}’s page says that it has yet to confirm it."
        )
    said += f"{provider} will contact {name} about their training."
    if period.ect_id:
        return said
    return f"{said} {name}’s page changes when {provider} tells us that they have completed it."


def what_happens_without_training(question: TrainingQuestion) -> str:
    """What happens next where no training begins: why it was not asked, or when it is again."""
    if not question.is_asked:
        return f"{question.why_not}."
    said = f"No lead provider will contact {question.name} now."
    if question.course == Course.ECT:
        return said
    return f"{said} You can choose one later, on their page or when you next assign an ECT to them."


def answer_in_words(question: TrainingQuestion, provider: LeadProvider | None) -> list[str]:
    """What an answer means, a sentence each, for the page on which it is checked."""
    if not question.is_asked:
        return [f"{question.why_not}."]
    if provider is None:
        return []
    after = f", after their last day at {question.waits_for}" if question.waits_for else ""
    begins_on = f"begins on {in_words(question.from_day)}{after}"
    said = [f"{question.name}’s training with {provider} {begins_on}."]
    if question.decides_year:
        said.append(
            f"We will record that your school uses a DfE-funded training provider in"
            f" {question.cohort}."
        )
    return said
