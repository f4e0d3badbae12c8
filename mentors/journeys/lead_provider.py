"""The journey in which a tutor changes or chooses the lead provider that trains a mentor."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.utils import timezone

from core.forms import RadiosField
from core.history_words import who
from core.periods import in_words, last_day
from core.refusals import RefusedChange
from declarations.models import LeadProvider, TrainingPeriod
from declarations.training import change_lead_provider, is_changed_in_place
from mentors.journeys.declaration import AnswerRow, CheckPage, Done, Journey, Step, answered_rows
from mentors.journeys.details import AboutPerson, page_of_person, route_of_person
from mentors.journeys.training import (
    CHANGED_SINCE,
    AsksWhoTrains,
    TrainingForm,
    begin_chosen,
    lock_training,
)
from mentors.roles import MENTOR
from mentors.who_trains import (
    TrainingQuestion,
    asked_when_changed,
    training_to_change,
    what_happens_next,
)
from schools.models import MentorAtSchool


@dataclass(frozen=True)
class ChangingProvider(AboutPerson, AsksWhoTrains):
    """A mentor, and the lead provider that is to train them from now on."""

    subject: MentorAtSchool

    def ask(self) -> TrainingQuestion:
        """Which lead provider trains them from now on."""
        return asked_when_changed(self.subject, self.day)

    @cached_property
    def period(self) -> TrainingPeriod | None:
        """Their training that goes on or is to begin, which is changed; None if there is none."""
        return training_to_change(self.subject, self.day)

    @property
    def key(self) -> str:
        """A text that differs when the training or the answers are others."""
        if self.period is None:
            return self.training.key
        return f"{self.training.key}/{self.period.pk}/{self.period.lead_provider_id}"

    @property
    def changes(self) -> list[str]:
        """What changes, a sentence each."""
        if self.period is None:
            return self.training_notes
        former = self.period.lead_provider
        if is_changed_in_place(self.period, self.day):
            ends = f"{former} will not train {self.name}."
        else:
            yesterday = in_words(last_day(self.day))
            ends = f"{self.name}’s training with {former} ends on {yesterday}."
        return [ends, *self.training_notes]


class NewLeadProviderForm(TrainingForm):
    """The lead provider that runs the mentor's training from now on."""

    asks = "Which lead provider will run {0.name}’s mentor training?"
    rows = ("New lead provider",)

    lead_provider = RadiosField(missing="Select which lead provider will run their mentor training")


def _rows(progress: ChangingProvider) -> list[AnswerRow]:
    period = progress.period
    now = [AnswerRow("Lead provider now", period.lead_provider.name)] if period else []
    return [AnswerRow("Name", progress.name), *now, *answered_rows(progress)]


def _change(progress: ChangingProvider, shown: str) -> Done:
    if why := _closed(progress):
        raise RefusedChange(why)
    name, provider = progress.name, cast(LeadProvider, progress.lead_provider)
    if progress.period is None:
        lock_training(progress, shown)
        next_steps = begin_chosen(progress, progress.subject)
        return Done(f"{provider} will run {name}’s mentor training.", next_steps=next_steps)
    if shown != progress.key:
        raise RefusedChange(CHANGED_SINCE)
    by, now = who(progress.request), timezone.now()
    period = change_lead_provider(progress.period, provider, by=by, now=now)
    done = f"{name}’s lead provider is now {provider}."
    return Done(done, next_steps=what_happens_next(period, progress.day))


def _closed(progress: ChangingProvider) -> str | None:
    if progress.has_left:
        return f"{progress.name} has left your school"
    return progress.training.why_not or None


CHANGE_LEAD_PROVIDER: Journey[ChangingProvider] = Journey(
    name="mentor-lead-provider",
    route=route_of_person(MENTOR, "lead-provider"),
    progress=ChangingProvider,
    role=MENTOR,
    steps=(
        Step(
            "",
            NewLeadProviderForm,
            answered=lambda progress: progress.lead_provider is not None,
        ),
    ),
    check=CheckPage(
        _change,
        "Confirm this lead provider",
        rows=_rows,
        shown=lambda progress: progress.key,
        title="Check the new lead provider",
        template="mentors/journeys/lead_provider/check.html",
    ),
    end=page_of_person,
    closed=_closed,
    caption=lambda progress: progress.name,
)
