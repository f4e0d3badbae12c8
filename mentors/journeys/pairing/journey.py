"""The journeys that pair a mentor and an ECT: one list of steps for both pages."""

from django.urls import reverse

from core.periods import in_words
from mentors.journeys.declaration import (
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Notice,
    Step,
    answered_rows,
)
from mentors.journeys.details import page_of_person, route_of_person
from mentors.journeys.pairing.answers import FROM, Pairing
from mentors.journeys.pairing.questions import ChooseForm, StartDateForm
from mentors.journeys.training import MentorTrainingForm, begin_chosen, lock_training
from mentors.pairing.planning import pair, present_of
from mentors.roles import ECT, MENTOR, Role


def _cannot_choose(pairing: Pairing) -> bool:
    """Whether the first page is asked for while there are no people to choose."""
    return pairing.page == "" and not pairing.candidates.number


def _is_chosen(pairing: Pairing) -> bool:
    return pairing.chosen is not None


def _asks_who_trains(pairing: Pairing) -> bool:
    has_day = pairing.answers.get("started_on") is not None
    return has_day and pairing.chosen is not None and pairing.training.is_asked


STEPS: tuple[Step[Pairing] | Notice[Pairing], ...] = (
    Notice("", "mentors/journeys/pairing/no_candidates.html", applies=_cannot_choose),
    Step("", ChooseForm, answered=_is_chosen, template="mentors/journeys/pairing/choose.html"),
    Step("start-date", StartDateForm),
    Step(
        "lead-provider",
        MentorTrainingForm,
        _asks_who_trains,
        answered=lambda pairing: pairing.has_chosen,
    ),
)


def _rows(pairing: Pairing) -> list[AnswerRow]:
    mentor, ect = pairing.two
    change = pairing.change("")
    return [
        AnswerRow("Mentor", mentor.teacher.name, "" if pairing.role is MENTOR else change),
        AnswerRow("ECT", ect.teacher.name, change if pairing.role is MENTOR else ""),
        *answered_rows(pairing),
    ]


def _shown(pairing: Pairing) -> str:
    _, ect = pairing.two
    return " ".join([pairing.training.key, *present_of(ect, pairing.day)])


def _ask_again(pairing: Pairing) -> str:
    return "" if pairing.plan else "start-date"


def _pair(pairing: Pairing, shown: str) -> Done:
    mentor, ect = pairing.two
    started_on, day = pairing.answers["started_on"], pairing.day
    training, *present = shown.split() or [""]
    lock_training(pairing, training)
    pair(mentor, ect, started_on=started_on, present=present, day=day)
    next_steps = begin_chosen(pairing, mentor)
    two = (mentor.teacher.name, ect.teacher.name)
    if started_on > day:
        done = "From {}, {} will mentor {}.".format(in_words(started_on), *two)
    else:
        done = "{} now mentors {}.".format(*two)
    return Done(done, next_steps=next_steps)


def _end(pairing: Pairing) -> str:
    """The page that the journey began on."""
    if came_from := pairing.query.get(FROM):
        return reverse("mentor", args=[pairing.school.urn, came_from])
    return page_of_person(pairing)


def _pairing(role: Role, name: str, page: str, button: str) -> Journey[Pairing]:
    return Journey(
        name=name,
        route=route_of_person(role, page),
        progress=Pairing,
        role=role,
        steps=STEPS,
        check=CheckPage(
            _pair,
            button,
            rows=_rows,
            shown=_shown,
            ask_again=_ask_again,
            template="mentors/journeys/pairing/check.html",
        ),
        end=_end,
    )


ASSIGN, CHANGE_MENTOR = (
    _pairing(MENTOR, "assign", "assign", "Assign this ECT"),
    _pairing(ECT, "change-mentor", "mentor", "Confirm this mentor"),
)
