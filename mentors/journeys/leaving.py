"""The journeys in which a tutor tells us that a person leaves the school, or stays after all."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from django.utils import timezone

from core.forms import DateField
from core.periods import finished_on, in_words
from mentors.journeys.declaration import AnswerRow, CheckPage, Done, Journey, Step, answered_rows
from mentors.journeys.details import AboutPerson, page_of_person, route_of_person
from mentors.journeys.forms import PAST_OR_FUTURE, DayForm
from mentors.leaving.cut_short import CutShort, CutShortRow, cut_short_by, in_words_of
from mentors.leaving.leaving import (
    check_last_day,
    leave,
    leaving_of,
    may_be_withdrawn,
    may_leave,
    to_reopen,
    withdraw_leaving,
)
from mentors.models import Leaving
from mentors.pairing.giving_back import without_them
from mentors.roles import ECT, MENTOR, Role


@dataclass(frozen=True)
class LeavingSchool(AboutPerson):
    """A person's last day at the school, and what is cut short by it."""

    @property
    def last_day(self) -> date:
        """The last day that was answered."""
        return self.answers["last_day"]

    @property
    def is_over(self) -> bool:
        """Whether the last day that was answered is past, so that the tutor cannot undo this."""
        return self.last_day < self.day

    @cached_property
    def cut(self) -> CutShort:
        """The mentorships and training that are cut short."""
        return cut_short_by(self.person, finished_on(self.last_day), self.day)

    @property
    def ended(self) -> list[str]:
        """What ends on the last day, in words."""
        return [in_words_of(row, self.person) for row in self.cut.ended]

    @property
    def began_later(self) -> list[str]:
        """What began after the last day and before today, and is deleted, in words."""
        return self._from([row for row in self.cut.deleted if row.started_on <= self.day])

    @property
    def would_begin(self) -> list[str]:
        """What is yet to begin and is deleted, in words."""
        return self._from([row for row in self.cut.deleted if row.started_on > self.day])

    @property
    def follows(self) -> list[str]:
        """Who goes on mentoring, and which ECTs have no mentor, when a mentor leaves."""
        cut = self.cut
        if self.role is not MENTOR:
            return []
        return list(
            without_them(
                cut.mentorships_deleted,
                self.day,
                ended=cut.mentorships_ended,
                finished_on=cut.finished_on,
            )
        )

    def _from(self, rows: list[CutShortRow]) -> list[str]:
        return [f"{in_words_of(row, self.person)} from {in_words(row.started_on)}" for row in rows]


class LastDayForm(DayForm):
    """Asks for the person's last day at the school."""

    progress: LeavingSchool
    asks = "What is {0.name}’s last day at your school?"
    rows = ("Last day",)

    last_day = DateField(name="last day")

    hint = PAST_OR_FUTURE

    def check_day(self, day: date) -> None:
        check_last_day(self.progress.person, day, self.progress.day)


def _leave(progress: LeavingSchool, shown: str) -> Done:
    last_day, day = progress.last_day, progress.day
    leave(progress.person, last_day, seen=shown, day=day, now=timezone.now())
    tense = "was" if progress.is_over else "is"
    return Done(f"{progress.name}’s last day at your school {tense} {in_words(last_day)}.")


def _leaving(role: Role) -> Journey[LeavingSchool]:
    return Journey(
        name=f"{role.page}-leaving",
        route=route_of_person(role, "leaving"),
        progress=LeavingSchool,
        role=role,
        steps=(Step("", LastDayForm, template="mentors/journeys/leaving/last_day.html"),),
        check=CheckPage(
            _leave,
            "Confirm that they are leaving",
            rows=lambda progress: [AnswerRow("Name", progress.name), *answered_rows(progress)],
            shown=lambda progress: progress.cut.key,
            template="mentors/journeys/leaving/check.html",
        ),
        end=page_of_person,
        closed=lambda progress: None if may_leave(progress.person, progress.day) else "",
        caption=lambda progress: progress.name,
    )


@dataclass(frozen=True)
class Staying(AboutPerson):
    """A person who stays, though a tutor told us that they are leaving."""

    @property
    def reopens(self) -> list[str]:
        """What goes on as it was before they were to leave, in words."""
        rows = to_reopen(cast(Leaving, leaving_of(self.person)))
        return [in_words_of(row, self.person) for row in rows]


def _stay(progress: Staying, _shown: str) -> Done:
    """Withdraw the leaving; the banner names what could not be reopened."""
    withdrawn = withdraw_leaving(progress.person, day=progress.day)
    done = f"{progress.name} is no longer leaving your school."
    if not withdrawn.not_reopened:
        return Done(done)
    left = "; ".join(in_words_of(row, progress.person) for row in withdrawn.not_reopened)
    return Done(f"{done} Other records have changed, so this was not reopened: {left}.")


def _rows_of_staying(progress: Staying) -> list[AnswerRow]:
    last_day = cast(date, progress.person.last_day)
    return [AnswerRow("Name", progress.name), AnswerRow("Last day", in_words(last_day))]


def _staying(role: Role) -> Journey[Staying]:
    return Journey(
        name=f"{role.page}-leaving-withdraw",
        route=route_of_person(role, "leaving/withdraw"),
        progress=Staying,
        role=role,
        check=CheckPage(
            _stay,
            "Confirm that they are staying",
            rows=_rows_of_staying,
            slug="",
            template="mentors/journeys/leaving/staying.html",
        ),
        end=page_of_person,
        closed=lambda progress: None if may_be_withdrawn(progress.person, progress.day) else "",
    )


LEAVING = [_leaving(MENTOR), _leaving(ECT)]
STAYING = [_staying(MENTOR), _staying(ECT)]
