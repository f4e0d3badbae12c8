"""A school's academic year as the school decides it: its programme, and the lead provider it uses.

Rules without a page: the journey "Tell us how you will train teachers" calls them. A partnership,
which a lead provider reports, goes before what the school said, and fixes the year.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import pghistory
from django.conf import settings
from django.db import transaction

from core.compiled_queries import CompiledQuery, Slot
from core.periods import in_words, london_day
from core.refusals import RefusedChange
from declarations import cohort_rules
from declarations.locks import lock_school_year
from declarations.models import Cohort, LeadProvider, SchoolYear, TrainingPeriod
from declarations.models.partnership import TrainingProgramme
from schools.models import School

# The month in which an academic year begins.
SEPTEMBER = 9
CHANGED_SINCE = (
    "The records of this academic year have changed. Check what will change, then try again"
)


def changeable_years(day: date) -> tuple[int, int]:
    """The academic years, by the year they start, that a school may change on this day.

    The one that goes on, from 1 September to 31 August, and the coming one.
    """
    this_year = day.year if day.month >= SEPTEMBER else day.year - 1
    return this_year, this_year + 1


_COHORTS = CompiledQuery(
    lambda: Cohort.objects.filter(start_year=Slot("start_year")).values_list("pk", flat=True)
)


def schools_to_ask(schools: Mapping[int, Iterable[SchoolYear]], day: date) -> dict[int, int]:
    """The schools that are asked how they train, by id, with the academic year by its start.

    `schools` gives the years of each. A school is asked about the coming year from 1 June on, and
    about the present one from 1 September on, while it is undecided or absent among the school's
    years. None is asked while DfE has not opened the year.
    """
    start_year = cohort_rules.cohort_of(day)
    undecided = [school for school, years in schools.items() if not _is_decided(years, start_year)]
    if not undecided or _COHORTS.first(start_year=start_year) is None:
        return {}
    return dict.fromkeys(undecided, start_year)


def _is_decided(years: Iterable[SchoolYear], start_year: int) -> bool:
    """Whether one of these years of a school is this one, and the school has decided on it."""
    return any(
        year.cohort.start_year == start_year and year.programme != SchoolYear.Programme.NOT_DECIDED
        for year in years
    )


def school_year(school: School, start_year: int) -> SchoolYear | None:
    """The school's academic year; if absent, one without an id; None when DfE has not opened it."""
    year = SchoolYear.objects.filter(school=school, cohort__start_year=start_year)
    if found := year.select_related("cohort", "lead_provider").first():
        found.school = school
        return found
    cohort = Cohort.objects.filter(start_year=start_year).first()
    return SchoolYear(school=school, cohort=cohort) if cohort else None


def providers_in(cohort: Cohort) -> list[LeadProvider]:
    """The lead providers of a cohort, A to Z: those with a delivery partner in it."""
    return list(LeadProvider.objects.filter(delivery_partnerships__cohort=cohort).distinct())


def providers_of(year: SchoolYear) -> list[LeadProvider]:
    """The lead providers that the school uses in this year.

    Those of its partnerships, the first made first; without any, the one that the school chose.
    """
    if year.pk is None:
        return []
    partnerships = year.partnerships.select_related("lead_provider").order_by("created_at", "pk")
    partnered = [partnership.lead_provider for partnership in partnerships]
    return list(dict.fromkeys(partnered)) or [*filter(None, [year.lead_provider])]


def why_fixed(year: SchoolYear, day: date) -> str | None:
    """Why the school cannot change this year, in words; None when it can. `day` is today."""
    if year.cohort.start_year not in changeable_years(day):
        return (
            f"The academic year {year.cohort} can no longer be changed here. Contact us at"
            f" {settings.SUPPORT_EMAIL}"
        )
    if year.pk is None or not year.partnerships.exists():
        return None
    return fixed_in_words((provider.name for provider in providers_of(year)), str(year.cohort))


def fixed_in_words(lead_providers: Iterable[str], year: str) -> str:
    """That these lead providers' partnerships fix an academic year, and who changes it."""
    names = " and ".join(dict.fromkeys(lead_providers))
    return (
        f"{names} confirmed that your school works with them in {year}. To change the programme or"
        f" the lead provider of that year, contact {names}"
    )


@dataclass(frozen=True)
class YearPlan:
    """What a choice for a school's year changes in the records.

    `following`: training that waits for the former lead provider and will wait for the new one.
    `staying`: training that goes on waiting for the former one, as no new one is known. `deleted`:
    training that waits for a partnership, which this programme has none of.
    """

    year: SchoolYear
    programme: TrainingProgramme
    lead_provider: LeadProvider | None
    following: tuple[TrainingPeriod, ...] = ()
    staying: tuple[TrainingPeriod, ...] = ()
    deleted: tuple[TrainingPeriod, ...] = ()

    @property
    def key(self) -> str:
        """A text that differs when the year or what changes with it has changed."""
        rows = (self.following, self.staying, self.deleted)
        ids = "/".join(",".join(str(row.pk) for row in kind) for kind in rows)
        return f"{self.year.programme}/{self.year.lead_provider_id}/{ids}"


def plan_year(
    year: SchoolYear, programme: TrainingProgramme, lead_provider: LeadProvider | None, day: date
) -> YearPlan:
    """What changes if the school trains by this programme, with this provider if it knows which.

    `day` is today. Raises RefusedChange when the school cannot change the year so.
    """
    if reason := why_fixed(year, day):
        raise RefusedChange(reason)
    plan = YearPlan(year, programme, lead_provider)
    waiting = TrainingPeriod.objects.filter(
        school=year.school_id, cohort=year.cohort_id, partnership__isnull=True
    )
    rows = tuple(waiting.select_related("teacher", "lead_provider").order_by("started_on", "pk"))
    if programme != SchoolYear.Programme.PROVIDER_LED:
        return replace(plan, lead_provider=None, deleted=rows)
    if lead_provider and lead_provider not in providers_in(year.cohort):
        raise RefusedChange(f"{lead_provider} does not train teachers in {year.cohort}")
    former = tuple(
        row
        for row in rows
        if year.lead_provider_id not in (None, getattr(lead_provider, "pk", None))
        and row.lead_provider_id == year.lead_provider_id
        and not row.is_over(day)
    )
    return replace(plan, following=former) if lead_provider else replace(plan, staying=former)


def set_year(
    school: School,
    start_year: int,
    programme: TrainingProgramme,
    lead_provider: LeadProvider | None,
    *,
    seen: str,
    by: str,
    now: datetime,
) -> SchoolYear:
    """Record how a school trains in an academic year, with what `plan_year` says.

    `seen` is the `YearPlan.key` of what the page showed; `by` is a kind and an id for the logs
    ("user 12"). Raises RefusedChange in words for the user.
    """
    with transaction.atomic(), pghistory.context(by=by):
        cohort = Cohort.objects.get(start_year=start_year)
        year = lock_school_year(school.pk, cohort.pk)
        plan = plan_year(year, programme, lead_provider, london_day(now))
        if plan.key != seen:
            raise RefusedChange(CHANGED_SINCE)
        for period in plan.deleted:
            period.delete()
        if lead_provider is not None:
            for period in plan.following:
                period.lead_provider = lead_provider
                period.save()
        year.programme, year.lead_provider = plan.programme, plan.lead_provider
        year.save(update_fields=["programme", "lead_provider"])
        return year


def training_in_words(period: TrainingPeriod) -> str:
    """A training period in a list: the person, the provider, and the first day."""
    since = in_words(period.started_on)
    return f"{period.teacher.name}’s training with {period.lead_provider} from {since}"
