"""The situations of the sandbox's schools: each is a name, and what is made at one school."""

from collections.abc import Callable, Iterator
from datetime import date

from core.periods import finished_on
from declarations.locks import lock_school_year
from declarations.models import RecordedCompletion, SchoolYear, TrainingPeriod
from declarations.models.declaration import CompletionKind
from declarations.models.partnership import TrainingProgramme
from declarations.states import State
from declarations.withdrawal import defer, resume, withdraw
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from sandbox.school import BY, DAY, SandboxSchool, at_noon
from schools.models.school import SchoolStatus

Make = Callable[[SandboxSchool], object]
LAST_CLOSED = 2021  # the last cohort that is closed for payment
_LAST_OF_OLD_RULES = 2024  # in which retained may be declared
_Reason = TrainingPeriod.EndReason


def _nothing(school: SandboxSchool) -> None:
    pass


def _in_training(school: SandboxSchool, from_day: date | None = None) -> TrainingPeriod:
    school.partnership()
    return school.train(school.mentor(), from_day=from_day)


def _waits(school: SandboxSchool) -> None:
    school.train(school.mentor("Waiting Mentor"))
    school.train(school.ect("Waiting ECT"))


def _programme(programme: TrainingProgramme) -> Make:
    def make(school: SandboxSchool) -> None:
        year = lock_school_year(school.school.pk, school.cohorts[school.cohort].pk)
        year.programme = programme
        year.save(update_fields=["programme"])

    return make


def _in_register(status: SchoolStatus, *, partnered: bool = False) -> Make:
    def make(school: SandboxSchool) -> None:
        if partnered:
            school.partnership()
        school.school.status = status
        school.school.save(update_fields=["status"])

    return make


def _joins(school: SandboxSchool) -> None:
    _in_training(school, from_day=school.today + 30 * DAY)


def _begins_today(school: SandboxSchool) -> None:
    _in_training(school, from_day=school.today)


def _leaves(days: int) -> Make:
    def make(school: SandboxSchool) -> None:
        school.partnership()
        mentor, last_day = school.mentor(), school.today + days * DAY
        school.end(school.train(mentor), last_day, _Reason.LEFT_SCHOOL)
        mentor.finished_on = finished_on(last_day)
        mentor.save(update_fields=["finished_on"])

    return make


def _withdrawn(school: SandboxSchool) -> None:
    school.stop(withdraw, _in_training(school), "moved-school")


def _deferred(school: SandboxSchool) -> None:
    school.stop(defer, _in_training(school), "parental-leave")


def _deferred_today(school: SandboxSchool) -> None:
    school.stop(defer, _in_training(school), "career-break", school.today)


def _deferred_then_withdrawn(school: SandboxSchool) -> None:
    period = _in_training(school)
    school.stop(defer, period, "other", school.today - 60 * DAY)
    school.stop(withdraw, period, "left-teaching-profession")


def _resumed(school: SandboxSchool) -> None:
    period = _in_training(school)
    school.stop(defer, period, "long-term-sickness", school.today - 60 * DAY)
    school.stop(resume, period, "")


def _went(school: SandboxSchool) -> None:
    school.partnership()
    school.partnership(provider=school.other_provider)
    mentor, went_on = school.mentor(), school.began_on + 60 * DAY
    school.end(school.train(mentor), went_on - DAY, _Reason.CHANGED_LEAD_PROVIDER)
    school.train(mentor, from_day=went_on, provider=school.other_provider)


def _came(school: SandboxSchool) -> None:
    school.partnership()
    school.partnership(provider=school.other_provider)
    mentor, came_on = school.mentor(), school.began_on + 60 * DAY
    before = school.train(mentor, provider=school.other_provider)
    school.declare(before, "started", school.began_on + DAY)
    school.end(before, came_on - DAY, _Reason.CHANGED_LEAD_PROVIDER)
    school.train(mentor, from_day=came_on)


def _declared(kind: str, state: State) -> Make:
    """A mentor with this declaration: eligible for funding then, or later if submitted."""

    def make(school: SandboxSchool) -> None:
        school.partnership()
        later = school.today if state is State.SUBMITTED else None
        mentor = school.mentor(eligible_from=later)
        school.declare(school.train(mentor), kind, school.began_on + 30 * DAY, state)

    return make


def _started_and_completed(school: SandboxSchool) -> None:
    period = _in_training(school)
    school.declare(period, "started", school.began_on + DAY, State.PAID)
    school.declare(period, "completed", school.began_on + 90 * DAY, State.PAYABLE)


def _retained(school: SandboxSchool) -> None:
    first_day = date(_LAST_OF_OLD_RULES, 9, 1)
    school.partnership(_LAST_OF_OLD_RULES)
    mentor = school.mentor(since=first_day)
    period = school.train(mentor, year=_LAST_OF_OLD_RULES, from_day=first_day)
    for number, kind in enumerate(("started", "retained-1", "retained-2")):
        school.declare(period, kind, first_day + (1 + 90 * number) * DAY)


def _recorded(kind: CompletionKind) -> Make:
    def make(school: SandboxSchool) -> None:
        teacher = _in_training(school).teacher
        at = at_noon(school.began_on + 90 * DAY)
        RecordedCompletion.objects.create(teacher=teacher, kind=kind, recorded_at=at)

    return make


def _closed_cohort(school: SandboxSchool) -> None:
    first_day = date(LAST_CLOSED, 9, 1)
    school.partnership(LAST_CLOSED)
    school.train(school.mentor(since=first_day), year=LAST_CLOSED, from_day=first_day)


def _merged(school: SandboxSchool) -> None:
    kept = _in_training(school).teacher
    other = school.mentor("Same Mentor", since=school.began_on).teacher
    seen, now = plan_merge(kept, other).key, at_noon(school.today - 30 * DAY)
    merge(kept, other, None, seen=seen, by=BY, now=now)


def _unfunded(school: SandboxSchool) -> None:
    school.partnership()
    ect = school.ect()
    school.train(ect)
    school.pair(school.mentor("Unfunded Mentor"), ect)


def _of_each_state() -> Iterator[tuple[str, Make]]:
    for kind in ("started", "completed"):
        for state in State:
            yield f"{kind}, {state.label.lower()}", _declared(kind, state)


SITUATIONS: tuple[tuple[str, Make], ...] = (
    ("a partnership can be reported, for which people wait", _waits),
    ("a partnership can be reported, for which no training waits", _nothing),
    ("in partnership, without people", SandboxSchool.partnership),
    ("in training", _in_training),
    ("joining", _joins),
    ("began today", _begins_today),
    ("leaving", _leaves(30)),
    ("left", _leaves(-30)),
    ("withdrawn", _withdrawn),
    ("deferred", _deferred),
    ("deferred today", _deferred_today),
    ("deferred, then withdrawn", _deferred_then_withdrawn),
    ("deferred, then resumed", _resumed),
    ("went to another provider", _went),
    ("came from another provider, which had declared", _came),
    *_of_each_state(),
    ("started and completed", _started_and_completed),
    ("retained, under the rules before 2025", _retained),
    ("completed in the early roll-out", _recorded(CompletionKind.EARLY_ROLL_OUT)),
    ("not completed", _recorded(CompletionKind.STARTED_NOT_COMPLETED)),
    ("cohort closed for payment", _closed_cohort),
    ("two records of one mentor were merged", _merged),
    ("unfunded mentor of an ECT", _unfunded),
    ("school-led", _programme(SchoolYear.Programme.SCHOOL_LED)),
    ("undecided", _programme(SchoolYear.Programme.NOT_DECIDED)),
    ("proposed to close", _in_register(SchoolStatus.PROPOSED_TO_CLOSE)),
    ("closed, in partnership", _in_register(SchoolStatus.CLOSED, partnered=True)),
    ("closed", _in_register(SchoolStatus.CLOSED)),
)
