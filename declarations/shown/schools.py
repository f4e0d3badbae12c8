"""Schools in a cohort as a provider reads them.

Source: docs/lead-provider-api.md, "Schools".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, FilteredRelation, Max, Q, QuerySet
from django.db.models.functions import Greatest

from core.periods import london_day
from declarations.models import Cohort, LeadProvider, SchoolPartnership, SchoolYear, TrainingPeriod
from declarations.models.partnership import TrainingProgramme
from schools.models import InductionTutor, School

_UNDECIDED = SchoolYear.Programme.NOT_DECIDED


@dataclass(frozen=True)
class SchoolInCohort:
    """A school, and what a provider reads of it in a cohort.

    `in_partnership`: with any provider. `is_interested`: a person is or was registered there for
    training with this provider. `tutor` is the tutor in office of a school that is interested, if
    it has one.
    """

    school: School
    updated_at: datetime
    in_partnership: bool
    programme: TrainingProgramme
    is_interested: bool
    tutor: InductionTutor | None


def with_last_change(schools: QuerySet[School], cohort: Cohort) -> QuerySet[School]:
    """These schools with `changed_at`, when what providers read of them in a cohort changed."""
    year = FilteredRelation("school_years", condition=Q(school_years__cohort=cohort))
    # PostgreSQL's greatest() passes over the null of a school without the year.
    return schools.annotate(year=year, changed_at=Greatest(F("updated_at"), F("year__updated_at")))


def changed_since(moment: datetime, cohort: Cohort) -> Q:
    """The condition that what providers read of a school in a cohort changed at or after this."""
    of_school = School.objects.filter(updated_at__gte=moment).order_by().values("pk")
    of_year = SchoolYear.objects.filter(updated_at__gte=moment, cohort=cohort).order_by()
    return Q(pk__in=of_school.union(of_year.values("school")))


def read_schools(
    school_ids: Sequence[int], cohort: Cohort, provider: LeadProvider, day: date
) -> list[SchoolInCohort]:
    """These schools in a cohort, in this order, in five queries; `day` is that of the tutors."""
    schools = School.objects.in_bulk(school_ids)
    years = {
        year.school_id: year
        for year in SchoolYear.objects.filter(school__in=school_ids, cohort=cohort).order_by()
    }
    in_partnership = set(
        SchoolPartnership.objects.filter(school_year__in=list(years.values()))
        .order_by()
        .values_list("school_id", flat=True)
    )
    interested = set(
        TrainingPeriod.objects.filter(school__in=school_ids, cohort=cohort, lead_provider=provider)
        .order_by()
        .values_list("school_id", flat=True)
        .distinct()
    )
    tutors = tutors_in_office(interested, day)

    def read(school: School) -> SchoolInCohort:
        year = years.get(school.pk)
        return SchoolInCohort(
            school,
            updated_at=max(school.updated_at, year.updated_at) if year else school.updated_at,
            in_partnership=school.pk in in_partnership,
            programme=SchoolYear.Programme(year.programme) if year else _UNDECIDED,
            is_interested=school.pk in interested,
            tutor=tutors.get(school.pk),
        )

    return [read(schools[pk]) for pk in school_ids if pk in schools]


def notice_tutors(now: datetime) -> None:
    """Stamp as changed the schools, and their partnerships, that have another tutor as of today.

    A tutor's first day is today, or the last day was yesterday; or on a day since this was last
    done. The service does it nightly.
    """
    today = london_day(now)
    last = InductionTutor.objects.aggregate(day=Max("noticed_on"))["day"]
    days = days_to_notice(last, today)
    changed = Q(started_on__range=days) | Q(finished_on__range=days)
    unnoticed = InductionTutor.objects.filter(changed).exclude(noticed_on=today)
    unnoticed.update(noticed_on=today)


def days_to_notice(last: date | None, today: date) -> tuple[date, date]:
    """The days, both included, for a nightly task that was last done on a day; None is never."""
    since = min(last or today, today - timedelta(days=1))
    return since + timedelta(days=1), today


def tutors_in_office(school_ids: Collection[int], day: date) -> dict[int, InductionTutor]:
    """The induction tutor of each school on this day, by its id: of several, the one named last."""
    tutors = InductionTutor.objects.on(day).filter(school__in=school_ids).select_related("user")
    named_last = tutors.order_by("school_id", "-started_on", "-pk").distinct("school_id")
    return {tutor.school_id: tutor for tutor in named_last}
