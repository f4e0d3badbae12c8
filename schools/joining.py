"""The rules for a person who is to start as a mentor or an ECT at a school: whether, and from when.

The pages ask them question by question, and `adding` asks them again in its transaction. The rules:
an ECT who has not completed induction cannot be a mentor; an ECT is at one school at a time, and no
school ends another school's record (docs/journeys.md, "Adding").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.bounds import check_day, check_of_age, latest
from core.periods import Period, in_words
from core.refusals import RefusedChange
from schools.models import (
    ECTAtSchool,
    MentorAtSchool,
    PersonAtSchool,
    RoleModel,
    School,
    Teacher,
)

Time = TypeVar("Time", bound=Period)


@dataclass(frozen=True)
class Obstacle:
    """Why a person cannot be added at all, and what the tutor can do about it.

    `here` is their time at this school, if that is the reason.
    """

    title: str
    what_to_do: str
    here: PersonAtSchool | None = None


@dataclass(frozen=True)
class Times:
    """A teacher's induction, and all their times at schools, past and future ones.

    `induction_started_on` is the first day of induction, and `induction_finished_on` the day after
    the last one; None while not recorded. A new teacher has nothing of all this.
    """

    name: str = ""
    as_mentor: tuple[MentorAtSchool, ...] = ()
    as_ect: tuple[ECTAtSchool, ...] = ()
    induction_started_on: date | None = None
    induction_finished_on: date | None = None

    def mentor_elsewhere(self, school: School, day: date) -> list[MentorAtSchool]:
        """Their times as a mentor at other schools that go on on this day or start later."""
        return [time for time in _not_over(self.as_mentor, day) if time.school_id != school.pk]


def times_of(teacher: Teacher | None) -> Times:
    """The times of a teacher, in two queries; None is a new teacher, without any."""
    if teacher is None:
        return Times()
    return Times(
        teacher.name,
        tuple(teacher.mentoratschools.select_related("school")),
        tuple(teacher.ectatschools.select_related("school")),
        teacher.induction_started_on,
        teacher.induction_finished_on,
    )


def obstacle(role: RoleModel, times: Times, school: School, day: date) -> Obstacle | None:
    """The first reason why this teacher cannot be added in this role to this school, or None.

    `day` is today.
    """
    return next(_obstacles(role, times, school, day), None)


def _obstacles(role: RoleModel, times: Times, school: School, day: date) -> Iterator[Obstacle]:
    same_role: tuple[PersonAtSchool, ...] = (
        times.as_mentor if role is MentorAtSchool else times.as_ect
    )
    for time in _not_over(same_role, day):
        if time.school_id == school.pk:
            yield _already_here(role, times.name, time, day)
    yield from _mentor_obstacles(times) if role is MentorAtSchool else _ect_obstacles(times)


def _already_here(role: RoleModel, name: str, time: PersonAtSchool, day: date) -> Obstacle:
    title = f"{name} is already {role.a_noun} at your school"
    if time.started_on > day:
        title = f"{name} is already due to start as {role.a_noun} at your school"
    return Obstacle(title, "You do not need to add them again.", time)


def _mentor_obstacles(times: Times) -> Iterator[Obstacle]:
    if times.induction_started_on and times.induction_finished_on is None:
        yield Obstacle(
            f"{times.name} is an ECT who has not completed induction",
            "They cannot be a mentor until they have. If they have completed it, contact us.",
        )


def _ect_obstacles(times: Times) -> Iterator[Obstacle]:
    if times.induction_finished_on:
        yield Obstacle(
            f"The end of induction is already recorded for {times.name}",
            "They cannot be added as an ECT again. If this is not right, contact us.",
        )
    if any(time.finished_on is None for time in times.as_ect):
        yield Obstacle(
            f"{times.name} is recorded as an ECT at another school",
            "That school must tell us that they have left, or are leaving, before you can add them."
            " If it cannot, contact us.",
        )
    if any(time.finished_on is None for time in times.as_mentor):
        yield Obstacle(
            f"{times.name} is recorded as a mentor",
            "A mentor cannot be an ECT at the same time. If they are not a mentor, contact us.",
        )


def check_start(
    role: RoleModel, times: Times, school: School, born_on: date, started_on: date, day: date
) -> None:
    """Raise RefusedChange when they cannot start in this role at this school on `started_on`.

    `day` is today.
    """
    _check_plausible("Start date", born_on, started_on, day)
    for finished_on, why in _ends(role, times, school):
        if started_on < finished_on:
            raise RefusedChange(f"Start date must be on or after {in_words(finished_on)}. {why}")


def check_last_day_elsewhere(there: MentorAtSchool, last_day: date, day: date) -> None:
    """Raise RefusedChange when this cannot be a mentor's last day at another school.

    `day` is today. The tutor of this school does not read when they started there.
    """
    if last_day < there.started_on:
        raise RefusedChange(
            f"Last day at {there.school.name} must be on or after the day they started there"
        )
    if last_day > latest(day):
        in_a_year = in_words(latest(day))
        raise RefusedChange(
            f"Last day at {there.school.name} must be on or before {in_a_year}, a year from today"
        )


def check_induction_start(born_on: date, started_on: date, day: date) -> None:
    """Raise RefusedChange when `started_on` cannot be the first day of induction; `day` is today.

    It may be before they start at the school: induction goes on when an ECT moves to another one.
    """
    _check_plausible("Induction start date", born_on, started_on, day)


def _check_plausible(what: str, born_on: date, started_on: date, day: date) -> None:
    check_day(what, started_on, day)
    check_of_age(what, born_on, started_on)


def _ends(role: RoleModel, times: Times, school: School) -> Iterator[tuple[date, str]]:
    """The earliest days on which they can start, each with the reason."""
    if role is MentorAtSchool:
        for mentor in times.as_mentor:
            if mentor.finished_on and mentor.school_id == school.pk:
                yield mentor.finished_on, "They were a mentor at your school until the day before"
        if times.induction_finished_on:
            yield times.induction_finished_on, "They were an ECT until the day before"
        return
    for ect in times.as_ect:
        where = "your school" if ect.school_id == school.pk else "another school"
        if ect.finished_on:
            yield ect.finished_on, f"They are recorded as an ECT at {where} until the day before"
    for mentor in times.as_mentor:
        if mentor.finished_on:
            yield mentor.finished_on, "They are recorded as a mentor until the day before"


def _not_over(times: Iterable[Time], day: date) -> list[Time]:
    return [time for time in times if not time.is_over(day)]
