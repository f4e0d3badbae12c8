"""The answers about the person who is added, and what follows from them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.periods import finished_on, in_words
from mentors.journeys.training import AsksWhoTrains
from mentors.people.finding import teachers_like
from mentors.roles import ECT, MENTOR
from mentors.status.policies import policy_in_force
from mentors.who_trains import TrainingQuestion, asked_when_added
from schools.finding import find_by_trn
from schools.joining import Obstacle, Times, obstacle, times_of
from schools.models import MentorAtSchool, School, Teacher


def key_of(name: str, there: MentorAtSchool) -> str:
    """The name of the answer to the question `name` about one other school."""
    return f"{name}_{there.public_id}"


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
        return find_by_trn(self.answers["trn"], self.answers["date_of_birth"])

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
    def known(self) -> str:
        """The details that we hold of the teacher already, in words."""
        induction = self.role is ECT and self.times.induction_started_on
        return (
            "name, TRN, date of birth and induction start date"
            if induction
            else "name, TRN and date of birth"
        )

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
        """The times elsewhere where the tutor says that the mentor does not go on."""
        return [time for time in self.elsewhere if self._goes_on(time) == "no"]

    @property
    def has_said_where_they_go_on(self) -> bool:
        """Whether the tutor has said of each time elsewhere if the mentor goes on there."""
        return all(self._goes_on(time) for time in self.elsewhere)

    @property
    def last_days(self) -> dict[int, date]:
        """The last days that the tutor has entered, by the id of the time there."""
        days = {time.pk: self.answers.get(key_of("last_day_there", time)) for time in self.left}
        return {pk: last_day for pk, last_day in days.items() if last_day}

    def asked_about(self, name: str) -> MentorAtSchool:
        """The time elsewhere that the question `name` asks about: the first without an answer.

        With an answer for each, the first of all.
        """
        times = self.elsewhere if name == "goes_on" else self.left
        return next((time for time in times if not self.answers.get(key_of(name, time))), times[0])

    @property
    def other_school(self) -> str:
        """The name of the school in the question whether they go on there."""
        return self.asked_about("goes_on").school.name

    @property
    def school_left(self) -> str:
        """The name of the school in the question for their last day there."""
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
    def can_ask_who_trains(self) -> bool:
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
