"""The overview: mentors, ECTs, declarations and schools in numbers, counted once an hour."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, When
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.postgresql.deadlines import NATIONAL, waiting
from declarations.models import Cohort, Declaration, SchoolYear
from declarations.partnerships import ELIGIBLE_STATUSES
from declarations.states import State
from declarations.year_choices import SEPTEMBER, changeable_years
from mentors.people.ect_training import with_category
from mentors.status.policies import policy_in_force
from schools.models import ECTAtSchool, School
from staff.figures import Figure, FigureRow, FigureTable, figure_of, file_of, mentors_by_status

_AN_HOUR = 3600
# The names of the fields are in the key: a release that changes them reads nothing that an earlier
# release kept.
_KEY = "-".join(("overview", *Figure._fields, *FigureTable._fields, *FigureRow._fields))
_ENGLAND, _REGION = "England", "Region of the school"

Figures = dict[str, Figure]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The figures, at most an hour old; with `csv`, one of them as a file.

    Admin serves this view, so that only staff with a second factor reach it.
    """
    if not request.user.has_perm("schools.view_school"):
        raise PermissionDenied
    figures, counted_at = _kept()
    if name := request.GET.get("csv"):
        if name not in figures:
            raise Http404
        return file_of(figures[name], f"{name}-{timezone.localtime(counted_at):%Y-%m-%d-%H%M}")
    context = {"title": "Overview", "figures": figures, "counted_at": counted_at}
    shared = admin.site.each_context(request)
    return TemplateResponse(request, "admin/overview.html", shared | context)


def _kept() -> tuple[Figures, datetime]:
    """The figures, and when they were counted."""
    kept = cache.get(_KEY)
    if kept is None:
        now = timezone.now()
        kept = count_all(timezone.localdate(now)), now
        cache.set(_KEY, kept, _AN_HOUR)
    return kept


def count_all(day: date) -> Figures:
    """The figures of this day by the name of their file, each by one query."""
    with waiting(NATIONAL):
        policy = policy_in_force(day)
        return {
            "mentors": mentors_by_status("Mentors by status of mentor training", policy, day),
            "ects-without-mentor": _ects_without_mentor(day),
            "declarations": _declarations(),
            "schools-without-year": _schools_without_year(day),
        }


def _ects_without_mentor(day: date) -> Figure:
    began = "teacher__induction_started_on"
    before_september = When(**{f"{began}__month__lt": SEPTEMBER}, then=1)
    alone = with_category(ECTAtSchool.objects.on(day), day).filter(without_mentor=True)
    rows = (
        alone.order_by()
        .annotate(year=ExtractYear(began) - Case(before_september, default=0))
        .values_list("school__region", "year")
        .annotate(number=Count("pk"))
    )
    return figure_of(
        "ECTs without a mentor",
        {None: "ECTs without a mentor"},
        (_ENGLAND, _REGION, "Academic year in which induction began"),
        ((_ENGLAND, region, _in_words(year), None, number) for region, year, number in rows),
    )


def _declarations() -> Figure:
    rows = (
        Declaration.objects.order_by()
        .values_list(
            "partnership__school__region", "cohort__start_year", "lead_provider__name", "state"
        )
        .annotate(number=Count("pk"))
    )
    return figure_of(
        "Declarations by state",
        {str(state): state.label for state in State},
        (_ENGLAND, "Lead provider", "Academic year", _REGION),
        (
            (_ENGLAND, provider, _in_words(year), region, state, number)
            for region, year, provider, state, number in rows
        ),
    )


def _schools_without_year(day: date) -> Figure:
    """The open schools, and how many of them have not decided how they train in a year.

    The years are those for which schools may now tell us, if DfE has made the year's cohort.
    """
    years = changeable_years(day)
    opened = Cohort.objects.filter(start_year__in=years).order_by("start_year")
    untold = {f"untold_{year}": Count("pk", filter=~Exists(_told(year))) for year in years}
    rows = list(
        School.objects.filter(status__in=ELIGIBLE_STATUSES)
        .exclude(closed_on__lte=day)
        .order_by()
        .annotate(opened=ArraySubquery(opened.values("start_year")))
        .values_list("region", "opened")
        .annotate(number=Count("pk"), **untold)
    )
    asked = rows[0][1] if rows else []

    def numbers() -> Iterator[tuple[str, str, int, int]]:
        for region, _, *numbers in rows:
            for column, number in zip((0, *years), numbers, strict=True):
                yield _ENGLAND, region, column, number

    columns = {year: f"Have not told us about {_in_words(year)}" for year in asked}
    return figure_of(
        "Schools that have not told us how they train teachers",
        {0: "Open schools"} | columns,
        (_ENGLAND, _REGION),
        numbers(),
    )


def _told(year: int) -> QuerySet[SchoolYear]:
    of_year = SchoolYear.objects.filter(school=OuterRef("pk"), cohort__start_year=year)
    return of_year.exclude(programme=SchoolYear.Programme.NOT_DECIDED)


def _in_words(start_year: int) -> str:
    return str(Cohort(start_year=start_year))
