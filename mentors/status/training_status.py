"""The rules for the status of mentor training (docs/training-status.md), without the database.

`training_status` takes facts, policy and day, and returns the status with the reasons for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.dateformat import format as format_day

from declarations.completion import Completion, CompletionFacts, TakenBack, completion_on
from declarations.models import Declaration, RecordedCompletion
from mentors.status.policies import Policy


def term_of(day: date) -> str:
    """The school term of a day, with the day's calendar year: "Autumn term 2022".

    Autumn is 1 September to 31 December, Spring 1 January to 31 March, Summer 1 April to 31 August;
    first and last days are included, so every day is in a term.
    """
    if day.month >= 9:
        name = "Autumn"
    elif day.month >= 4:
        name = "Summer"
    else:
        name = "Spring"
    return f"{name} term {day.year}"


# How long pages say that a completion was taken back.
TAKEN_BACK_IS_SAID = timedelta(days=90)


# --- The facts ---


@dataclass(frozen=True)
class MentorshipFact:
    """A pairing with an ECT at any school; `finished_on` is the first day after it, or None."""

    started_on: date
    finished_on: date | None = None

    @property
    def was_a_pairing(self) -> bool:
        """Whether it lasted a day; a mentorship that ended on its first day was no pairing."""
        return self.finished_on is None or self.finished_on > self.started_on


@dataclass(frozen=True)
class TrainingFacts(CompletionFacts):
    """All facts about one teacher from which the status is derived. Their order does not matter."""

    mentorships: tuple[MentorshipFact, ...] = ()


# --- The status ---


class Status(Enum):
    """A status of mentor training, with the text and colour of its tag.

    Blue is GOV.UK Frontend's default tag, which needs no modifier class.
    """

    NOT_YET_STARTED = ("Not yet started", "blue")
    TRAINING = ("Training", "teal")
    TRAINING_COMPLETED = ("Training completed", "green")
    TRAINING_NOT_COMPLETED = ("Training not completed", "grey")

    def __init__(self, text: str, colour: str) -> None:
        self.text = text
        self.colour = colour


@dataclass(frozen=True)
class Evidence:
    """The reasons for a status, also those that the policy does not show.

    `started_on`: the day of the first pairing; None for a mentor never paired.
    `time_ends_on`: the last day, included, of the time limit of a mentor who has not completed;
    None once it is past. `time_ended_on`: the same day once it is past; None before.
    `recorded_not_completed`: DfE recorded that the mentor started and did not complete.
    `taken_back`: a completion was taken back in the last 90 days, the latest of several.
    """

    completion: Completion | None
    started_on: date | None
    time_ends_on: date | None
    time_ended_on: date | None
    recorded_not_completed: bool
    taken_back: TakenBack | None


class Why(Enum):
    """Why a school reads this status. Of the reasons that hold, the first in this order is told."""

    DECLARED = "a lead provider declared it completed"
    EARLY_ROLL_OUT = "completed in the early roll-out"
    TAKEN_BACK = "a completion was taken back"
    RECORDED_NOT_COMPLETED = "recorded as started, not completed"
    TIME_ENDED = "the time limit has passed"
    TRAINING = "paired with an ECT"
    NOT_STARTED = "never paired with an ECT"
    NOT_REPORTED = "no completion is reported, and the policy shows nothing else"


@dataclass(frozen=True)
class TrainingStatus:
    """The status that schools read, and the reasons for it.

    `status` is None when the page has no Status row. `detail` is the line beneath the tag, or None.
    `why` is told in words by `mentors/people/training_words.py`.
    """

    status: Status | None
    detail: str | None
    why: Why
    evidence: Evidence


def training_status(facts: TrainingFacts, policy: Policy, day: date) -> TrainingStatus:
    """The status of mentor training that schools read on this day (a London day), with reasons.

    Declarations and pairings dated after the day are ignored.
    """
    evidence = _evidence(facts, policy, day)
    status = _status(evidence)
    why = _why(status, evidence)
    if policy.shows_every_status:
        return TrainingStatus(status, _detail(status, evidence), why, evidence)
    shown = status if status is Status.TRAINING_COMPLETED else None
    if why in (Why.TRAINING, Why.NOT_STARTED):
        why = Why.NOT_REPORTED
    return TrainingStatus(shown, None, why, evidence)


def _evidence(facts: TrainingFacts, policy: Policy, day: date) -> Evidence:
    completion = completion_on(facts, day)
    started_on = min(
        (
            pairing.started_on
            for pairing in facts.mentorships
            if pairing.was_a_pairing and pairing.started_on <= day
        ),
        default=None,
    )
    last_day = policy.last_day_to_complete(started_on) if started_on and not completion else None
    has_ended = last_day is not None and last_day < day
    return Evidence(
        completion=completion,
        started_on=started_on,
        time_ends_on=None if has_ended else last_day,
        time_ended_on=last_day if has_ended else None,
        recorded_not_completed=RecordedCompletion.Kind.STARTED_NOT_COMPLETED in facts.recorded,
        taken_back=_taken_back(facts, day),
    )


def _taken_back(facts: TrainingFacts, day: date) -> TakenBack | None:
    lately = [
        fact.taken_back
        for fact in facts.declarations
        if fact.declaration_type == Declaration.Type.COMPLETED
        and fact.taken_back
        and fact.taken_back.on <= day < fact.taken_back.on + TAKEN_BACK_IS_SAID
    ]
    return max(lately, key=lambda taken_back: (taken_back.on, taken_back.by), default=None)


def _status(evidence: Evidence) -> Status:
    if evidence.completion:
        return Status.TRAINING_COMPLETED
    if evidence.recorded_not_completed or evidence.time_ended_on:
        return Status.TRAINING_NOT_COMPLETED
    return Status.TRAINING if evidence.started_on else Status.NOT_YET_STARTED


def _why(status: Status, evidence: Evidence) -> Why:
    if evidence.completion:
        return Why.DECLARED if evidence.completion.declaration else Why.EARLY_ROLL_OUT
    if evidence.taken_back:
        return Why.TAKEN_BACK
    if evidence.recorded_not_completed:
        return Why.RECORDED_NOT_COMPLETED
    if evidence.time_ended_on:
        return Why.TIME_ENDED
    return Why.TRAINING if status is Status.TRAINING else Why.NOT_STARTED


def _detail(status: Status, evidence: Evidence) -> str | None:
    if evidence.completion:
        return f"Completed {format_day(evidence.completion.completed_on, 'j F Y')}"
    if status is Status.TRAINING and evidence.started_on:
        return f"Started {term_of(evidence.started_on)}"
    if status is Status.NOT_YET_STARTED:
        return "Training can begin once they are assigned an ECT to mentor"
    if evidence.time_ended_on:
        return f"Time to complete ended in {format_day(evidence.time_ended_on, 'F Y')}"
    return None
