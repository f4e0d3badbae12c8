"""The journey in which a tutor says how the school trains teachers in an academic year."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from core.forms import RadiosField
from core.history_words import who
from core.refusals import RefusedChange
from declarations.models import LeadProvider, SchoolYear, TrainingPeriod
from declarations.models.partnership import TrainingProgramme
from declarations.year_choices import (
    YearPlan,
    plan_year,
    providers_in,
    school_year,
    set_year,
    training_in_words,
    why_fixed,
)
from mentors.journeys.declaration import CheckPage, Done, Journey, Progress, Step
from mentors.journeys.forms import StepForm
from schools.closing import why_no_joining

PROVIDER_LED = SchoolYear.Programme.PROVIDER_LED
# The answer that no lead provider is known yet. The other answers are providers' names.
NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class Year(Progress):
    """How a school trains in an academic year, and what changes with that."""

    subject: SchoolYear

    @property
    def year(self) -> SchoolYear:
        """The school's academic year; without an id if there is no record of it."""
        return self.subject

    @cached_property
    def providers(self) -> list[LeadProvider]:
        """The lead providers to choose from, A to Z."""
        return providers_in(self.year.cohort)

    @property
    def last_answer(self) -> SchoolYear | None:
        """The year that offers its answers: this one if it is decided, else the one before."""
        if self.year.programme != SchoolYear.Programme.NOT_DECIDED:
            return self.year
        return school_year(self.school, self.year.cohort.start_year - 1)

    @property
    def lead_provider(self) -> LeadProvider | None:
        """The lead provider that was chosen; None if none is known."""
        if self.answers["programme"] != PROVIDER_LED:
            return None
        named = self.answers["lead_provider"]
        return next((provider for provider in self.providers if provider.name == named), None)

    @property
    def is_answered(self) -> bool:
        """Whether the chosen lead provider is still one of this academic year."""
        named = self.answers.get("lead_provider")
        if self.answers["programme"] != PROVIDER_LED or named == NOT_KNOWN:
            return True
        return self.lead_provider is not None

    @cached_property
    def plan(self) -> YearPlan:
        """What changes in the records."""
        choice = (self.year, TrainingProgramme(self.answers["programme"]), self.lead_provider)
        try:
            return plan_year(*choice, self.day)
        except RefusedChange:
            return YearPlan(*choice)  # the act says why it is refused

    def in_words(self, periods: Iterable[TrainingPeriod]) -> list[str]:
        """Training of the plan, a line each."""
        return [training_in_words(period) for period in periods]


class ProgrammeForm(StepForm):
    """How the school trains in the year, with its answer of the year before."""

    progress: Year
    asks = "How will you train teachers in {0.year.cohort}?"
    rows = ("Programme",)

    programme = RadiosField(
        choices=TrainingProgramme.choices, missing="Select how you will train teachers"
    )

    def __init__(self, progress: Year, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        if (last := progress.last_answer) and last.pk:
            self.fields["programme"].initial = last.programme


class LeadProviderOfYearForm(StepForm):
    """Which lead provider the school uses, or that it does not know yet."""

    progress: Year
    asks = "Which lead provider will you use in {0.year.cohort}?"
    rows = ("Lead provider",)

    lead_provider = RadiosField(
        choices=[(NOT_KNOWN, "We do not know yet")],
        missing="Select which lead provider you will use",
    )

    def __init__(self, progress: Year, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        field = cast(RadiosField, self.fields["lead_provider"])
        field.offer_first((provider.name, provider.name) for provider in progress.providers)
        last = progress.last_answer
        if last and last.lead_provider:
            field.initial = last.lead_provider.name
        elif last and last.pk and last == progress.year:
            field.initial = NOT_KNOWN


def _closed(progress: Year) -> str | None:
    if why_no_joining(progress.school, progress.day):
        return ""  # every page of the school says why
    return why_fixed(progress.year, progress.day)


def _ask_again(progress: Year) -> str:
    return "" if progress.is_answered else "lead-provider"


def _set(progress: Year, shown: str) -> Done:
    set_year(
        progress.school,
        progress.year.cohort.start_year,
        TrainingProgramme(progress.answers["programme"]),
        progress.lead_provider,
        seen=shown,
        by=who(progress.request),
        now=timezone.now(),
    )
    return Done(f"You have told us how you will train teachers in {progress.year.cohort}.")


YEAR: Journey[Year] = Journey(
    name="year",
    route="schools/<int:urn>/academic-years/<int:start_year>",
    progress=Year,
    steps=(
        Step("", ProgrammeForm),
        Step(
            "lead-provider",
            LeadProviderOfYearForm,
            lambda progress: progress.answers.get("programme") == PROVIDER_LED,
        ),
    ),
    check=CheckPage(
        _set,
        "Confirm how you will train teachers",
        shown=lambda progress: progress.plan.key,
        ask_again=_ask_again,
        template="mentors/journeys/years/check.html",
    ),
    end=lambda progress: reverse("school-home", args=[progress.school.urn]),
    closed=_closed,
    caption=lambda progress: f"Tell us how you will train teachers in {progress.year.cohort}",
)
