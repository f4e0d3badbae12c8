"""The question who will train a person, as the journeys that add and pair people ask it."""

from functools import cached_property
from typing import Any, cast

from django.utils import timezone

from core.forms import ChoiceLabel, RadiosField
from core.history_words import who
from core.refusals import RefusedChange
from declarations.locks import lock_school_year, lock_teacher
from declarations.models import LeadProvider
from declarations.training import begin_training
from mentors.journeys.declaration import Progress
from mentors.journeys.forms import StepForm
from mentors.who_trains import (
    TrainingQuestion,
    answer_in_words,
    what_happens_next,
    what_happens_without_training,
)
from schools.models import PersonAtSchool

# The answer that no lead provider trains them now. The other answers are providers' names.
NOT_NOW = "not-now"
CHANGED_SINCE = "What we know of their training has changed. Check your answers, then try again"


class AsksWhoTrains(Progress):
    """A journey that asks who will train a person, where `training` says so."""

    def ask(self) -> TrainingQuestion:
        """Read the question from the records, given the answers before it."""
        raise NotImplementedError

    @cached_property
    def training(self) -> TrainingQuestion:
        """The question, as this request read it the first time."""
        return self.ask()

    @property
    def lead_provider(self) -> LeadProvider | None:
        """The lead provider that was chosen; None if none is, or if the question is not asked."""
        return self.training.provider(self.answers.get("lead_provider"))

    @property
    def has_chosen(self) -> bool:
        """Whether the question is answered with one of its present answers."""
        return self.answers.get("lead_provider") == NOT_NOW or self.lead_provider is not None

    @property
    def training_notes(self) -> list[str]:
        """What the answer means, or why the question was not asked: a sentence each."""
        return answer_in_words(self.training, self.lead_provider)


class TrainingForm(StepForm):
    """Which lead provider trains the person: those of the school's year first."""

    progress: AsksWhoTrains
    rows = ("Lead provider",)

    def __init__(self, progress: AsksWhoTrains, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        field, question = cast(RadiosField, self.fields["lead_provider"]), progress.training
        hint = f"Your school’s lead provider in {question.cohort}"
        field.offer_first(
            (each.name, ChoiceLabel(each.name, hint if each in question.of_year else ""))
            for each in question.providers
        )


class MentorTrainingForm(TrainingForm):
    """Who will run a mentor's training."""

    asks = "Who will run {0.training.name}’s mentor training?"

    lead_provider = RadiosField(
        choices=[(NOT_NOW, "They will not do mentor training now")],
        missing="Select who will run their mentor training",
    )


class ECTTrainingForm(TrainingForm):
    """Who will train an ECT."""

    asks = "Who will train {0.training.name}?"

    lead_provider = RadiosField(
        choices=[(NOT_NOW, "No lead provider will train them now")],
        missing="Select who will train them",
    )


def lock_training(progress: AsksWhoTrains, shown: str) -> None:
    """Lock the school's year, before people are locked, if training is to begin.

    Raises RefusedChange when the question is not the one of the page that `shown` is from.
    """
    if shown != progress.training.key:
        raise RefusedChange(CHANGED_SINCE)
    if progress.lead_provider and progress.training.cohort:
        lock_school_year(progress.school.pk, progress.training.cohort.pk)


def begin_chosen(progress: AsksWhoTrains, person: PersonAtSchool) -> str:
    """Begin the person's training with the lead provider that was chosen, if one was.

    Returns what happens next, in words for the confirmation. Raises RefusedChange when another
    school has begun training of the person at the same moment.
    """
    question, provider, cohort = progress.training, progress.lead_provider, progress.training.cohort
    if provider is None or cohort is None:
        return what_happens_without_training(question)
    lock_teacher(person.teacher_id)
    if progress.ask().key != question.key:
        raise RefusedChange(CHANGED_SINCE)
    by, now = who(progress.request), timezone.now()
    period = begin_training(person, provider, cohort, question.from_day, by=by, now=now)
    return what_happens_next(period, progress.day)
