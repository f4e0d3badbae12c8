"""The journeys that add a mentor or an ECT to a school: one list of steps for both roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from core.periods import finished_on, in_words
from mentors.journeys.adding_questions import (
    DateOfBirthForm,
    EmailForm,
    InductionForm,
    LastDayThereForm,
    NameForm,
    OtherSchoolForm,
    SamePersonForm,
    StartForm,
    TeacherForm,
    TRNForm,
    key_of,
)
from mentors.journeys.declaration import (
    CHECK,
    SLUG,
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Notice,
    Step,
    answered_rows,
)
from mentors.journeys.training import (
    AsksWhoTrains,
    ECTTrainingForm,
    MentorTrainingForm,
    begin_chosen,
    lock_training,
)
from mentors.people.finding import teachers_like
from mentors.roles import ECT, MENTOR, Role
from mentors.status.policies import policy_in_force
from mentors.who_trains import TrainingQuestion, asked_when_added
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.closing import why_no_joining
from schools.finding import find
from schools.joining import Obstacle, Times, obstacle, times_of
from schools.models import MentorAtSchool, PersonAtSchool, School, Teacher


@dataclass(frozen=True)
class Adding(AsksWhoTrains):
    """The answers about one person, and what follows from them."""

    subject: School

    @property
    def is_looked_up(self) -> bool:
        """Whether TRN and date of birth are both given."""
        return bool(self.answers.get("trn") and self.answers.get("date_of_birth"))

    @cached_property
    def teacher(self) -> Teacher | None:
        """The teacher with this TRN and date of birth; None when there is none, or before that."""
        if not self.is_looked_up:
            return None
        return find(self.answers["trn"], self.answers["date_of_birth"])

    @property
    def is_unknown(self) -> bool:
        """Whether TRN and date of birth are given, and no teacher has both."""
        return self.is_looked_up and self.teacher is None

    @cached_property
    def times(self) -> Times:
        """The teacher's times at schools; none of a person we do not know."""
        return times_of(self.teacher)

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """Why the teacher cannot be added, if they cannot."""
        if self.teacher is None:
            return None
        return obstacle(self.role.model, self.times, self.school, self.day)

    @cached_property
    def likely_same(self) -> list[Teacher]:
        """Teachers of this school with the name and date of birth of a person we do not know."""
        if not self.is_unknown or not self.answers.get("name"):
            return []
        return teachers_like(self.school, self.answers["name"], self.answers["date_of_birth"])

    @property
    def name(self) -> str:
        """The name of the person who is added."""
        return self.teacher.name if self.teacher else self.answers["name"]

    @property
    def starts_induction(self) -> bool:
        """Whether an ECT is added, and no start of their induction is recorded yet."""
        return self.role is ECT and self.times.induction_started_on is None

    @cached_property
    def elsewhere(self) -> list[MentorAtSchool]:
        """A mentor's times at other schools, now or to come, without a last day."""
        return [time for time in self._elsewhere if time.finished_on is None]

    @property
    def left(self) -> list[MentorAtSchool]:
        """Those of them where the mentor is said not to go on."""
        return [time for time in self.elsewhere if self._goes_on(time) == "no"]

    @property
    def has_said_where_they_go_on(self) -> bool:
        """Whether it is answered of each of them if the mentor goes on there."""
        return all(self._goes_on(time) for time in self.elsewhere)

    @property
    def last_days(self) -> dict[int, date]:
        """The last day there of each that is answered, by the id of the time."""
        days = {time.pk: self.answers.get(key_of("last_day_there", time)) for time in self.left}
        return {pk: last_day for pk, last_day in days.items() if last_day}

    def asked_about(self, name: str) -> MentorAtSchool:
        """The time elsewhere that the question of this name is about: the first without an answer.

        The first of all, if each has one.
        """
        times = self.elsewhere if name == "goes_on" else self.left
        return next((time for time in times if not self.answers.get(key_of(name, time))), times[0])

    @property
    def other_school(self) -> str:
        """The name of the school about which it is asked whether they go on there."""
        return self.asked_about("goes_on").school.name

    @property
    def school_left(self) -> str:
        """The name of the school about which it is asked what their last day there is."""
        return self.asked_about("last_day_there").school.name

    @property
    def schools_told(self) -> list[str]:
        """What the tutors of the mentor's other schools are told, a sentence or two for each."""
        return [self._told(time) for time in self._elsewhere]

    def _told(self, time: MentorAtSchool) -> str:
        name, school = self.name, time.school.name
        told = (
            f"{name} is also a mentor at {school}. We will email its induction tutors to tell them"
            f" that you have added {name}"
        )
        if last_day := self.last_days.get(time.pk):
            return (
                f"{told}, and ask them to tell us if {in_words(last_day)} is {name}’s last day"
                " there. Nothing ends there until they do."
            )
        return f"{told}."

    @cached_property
    def _elsewhere(self) -> list[MentorAtSchool]:
        """A mentor's times at other schools, now or to come, A to Z by school."""
        if self.role is not MENTOR:
            return []
        times = self.times.mentor_elsewhere(self.school, self.day)
        return sorted(times, key=lambda time: (time.school.name, time.pk))

    def _goes_on(self, time: MentorAtSchool) -> str | None:
        return self.answers.get(key_of("goes_on", time))

    @property
    def has_started_on(self) -> bool:
        """Whether all is answered that the question who trains them depends on."""
        return self.is_looked_up and bool(
            self.answers.get("started_on") and (self.teacher or self.answers.get("name"))
        )

    def ask(self) -> TrainingQuestion:
        """The question who will train them from their start date on."""
        return asked_when_added(
            self.role.model,
            self.teacher,
            self.name,
            self.school,
            started_on=self.answers["started_on"],
            policy=policy_in_force(self.day),
            day=self.day,
            leaving={pk: finished_on(last_day) for pk, last_day in self.last_days.items()},
        )


def _asks_who_trains(adding: Adding) -> bool:
    return adding.has_started_on and adding.training.is_asked


def _has_chosen(adding: Adding) -> bool:
    return adding.has_chosen


_PAGES = "mentors/journeys/adding"
STEPS: tuple[Step[Adding] | Notice[Adding], ...] = (
    Step("trn", TRNForm, template=f"{_PAGES}/trn.html"),
    Step("date-of-birth", DateOfBirthForm),
    Notice("not-possible", f"{_PAGES}/not_possible.html", lambda adding: bool(adding.obstacle)),
    Step("teacher", TeacherForm, lambda adding: adding.teacher is not None),
    Notice("not-found", f"{_PAGES}/not_found.html", lambda adding: adding.is_unknown, "name"),
    Step("name", NameForm, lambda adding: adding.is_unknown),
    Step("same-person", SamePersonForm, lambda adding: bool(adding.likely_same)),
    Step("email", EmailForm),
    Step("start-date", StartForm),
    Step(
        "other-school",
        OtherSchoolForm,
        lambda adding: bool(adding.elsewhere),
        answered=lambda adding: adding.has_said_where_they_go_on,
    ),
    Step(
        "last-day-there",
        LastDayThereForm,
        lambda adding: bool(adding.left),
        answered=lambda adding: len(adding.last_days) == len(adding.left),
    ),
    Step("induction", InductionForm, lambda adding: adding.starts_induction),
    Step(
        "lead-provider",
        MentorTrainingForm,
        lambda adding: adding.role is MENTOR and _asks_who_trains(adding),
        answered=_has_chosen,
    ),
    Step(
        "lead-provider",
        ECTTrainingForm,
        lambda adding: adding.role is ECT and _asks_who_trains(adding),
        answered=_has_chosen,
    ),
)
NOTICES: tuple[Notice[Adding], ...] = (
    Notice("no-trn", f"{_PAGES}/no_trn.html", beside="trn"),
    Notice("not-added", f"{_PAGES}/not_added.html", beside=CHECK),
)


def _rows(adding: Adding) -> list[AnswerRow]:
    """The name first; the start of induction also when it is known and not asked."""
    rows = [AnswerRow("Name", adding.name, adding.change("name")), *answered_rows(adding)]
    started_on = adding.times.induction_started_on
    if adding.role is ECT and started_on:
        rows.append(AnswerRow("Induction start date", in_words(started_on)))
    # As it is asked: before who trains them, if that is.
    place = len(rows) - adding.training.is_asked
    return [*rows[:place], *_rows_of_other_schools(adding), *rows[place:]]


def _rows_of_other_schools(adding: Adding) -> Iterator[AnswerRow]:
    goes_on, last_day = adding.change("other-school"), adding.change("last-day-there")
    for time in adding.elsewhere:
        school, left_on = time.school.name, adding.last_days.get(time.pk)
        yield AnswerRow(f"Goes on mentoring at {school}", "No" if left_on else "Yes", goes_on)
        if left_on:
            yield AnswerRow(f"Last day at {school}", in_words(left_on), last_day)


def _add(adding: Adding, shown: str) -> Done:
    answers, role = adding.answers, adding.role
    lock_training(adding, shown)
    person = adding.teacher or NewTeacher(answers["trn"], answers["date_of_birth"], answers["name"])
    given = {"email": answers["email"], "started_on": answers["started_on"], "day": adding.day}
    added: PersonAtSchool
    if role is MENTOR:
        added = add_mentor(adding.school, person, **given, last_days=adding.last_days)
    else:
        given["induction_started_on"] = answers.get("induction_started_on")
        added = add_ect(adding.school, person, **given)
    page = reverse(role.page, args=[adding.school.urn, added.public_id])
    done = f"You have added {added.teacher.name} as {role.a_noun}."
    return Done(done, page, begin_chosen(adding, added))


def _adding(role: Role) -> Journey[Adding]:
    return Journey(
        name=f"add-{role.page}",
        route=f"schools/<int:urn>/{role.section}/add/{SLUG}",
        progress=Adding,
        role=role,
        steps=STEPS,
        notices=NOTICES,
        check=CheckPage(
            _add,
            f"Add {role.noun}",
            rows=_rows,
            shown=lambda adding: adding.training.key,
            template=f"{_PAGES}/check.html",
        ),
        end=lambda adding: reverse(role.section, args=[adding.school.urn]),
        caption=lambda _: f"Add {role.a_noun}",
        # Every page of the school says why.
        closed=lambda adding: "" if why_no_joining(adding.school, adding.day) else None,
        led_away={RefusedDetailsError: "not-added"},
        resumes=True,
    )


ADD_MENTOR, ADD_ECT = _adding(MENTOR), _adding(ECT)
