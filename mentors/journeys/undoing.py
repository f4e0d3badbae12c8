"""The journey in which a tutor undoes an addition: of a person added by mistake, or not coming."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from core.periods import in_words
from mentors.journeys.declaration import AnswerRow, CheckPage, Done, Journey
from mentors.journeys.details import AboutPerson, page_of_person, route_of_person
from mentors.leaving.undoing import (
    Addition,
    addition_of,
    cannot_be_undone,
    may_be_undone,
    undo_addition,
)
from mentors.roles import ECT, MENTOR, Role


@dataclass(frozen=True)
class Undoing(AboutPerson):
    """The addition of a person, which is to be undone."""

    @cached_property
    def addition(self) -> Addition:
        """What goes with the addition."""
        return addition_of(self.person, self.day)


def _undo(progress: Undoing, shown: str) -> Done:
    name, role = progress.name, progress.role
    undo_addition(progress.person, seen=shown, day=progress.day)
    section = reverse(role.section, args=[progress.school.urn])
    return Done(f"We have removed {name} as {role.a_noun} at your school.", section)


def _rows(progress: Undoing) -> list[AnswerRow]:
    person = progress.person
    return [
        AnswerRow("Name", progress.name),
        AnswerRow("TRN", person.teacher.trn),
        AnswerRow("Start date", in_words(person.started_on)),
    ]


def _closed(progress: Undoing) -> str | None:
    if progress.has_left:
        return ""
    person = progress.person
    return None if may_be_undone(person, progress.day) else cannot_be_undone(person)


def _undoing(role: Role) -> Journey[Undoing]:
    return Journey(
        name=f"{role.page}-undo",
        route=route_of_person(role, "undo"),
        progress=Undoing,
        role=role,
        check=CheckPage(
            _undo,
            "Confirm and remove them",
            rows=_rows,
            shown=lambda progress: progress.addition.key,
            slug="",
            template="mentors/journeys/undoing/check.html",
        ),
        end=page_of_person,
        closed=_closed,
    )


UNDOING = [_undoing(MENTOR), _undoing(ECT)]
