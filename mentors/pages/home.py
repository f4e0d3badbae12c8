"""The Home page of a school: its induction tutors, numbers of people, and academic years."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from core.compiled_queries import CompiledQuery, Slot
from declarations.models import SchoolPartnership, SchoolYear
from mentors.pages.ects import ECTCounts, count_ects
from mentors.pages.mentors import MentorCounts, count_mentors
from mentors.people.trained_by import NOT_REPORTED, TrainedBy
from schools.models import School
from schools.tutors import tutors_at


@dataclass(frozen=True)
class AcademicYear:
    """The school's arrangements for a year. `trained_by` is empty unless it is provider-led."""

    name: str
    start_year: int
    programme: str
    appropriate_body: str
    trained_by: tuple[TrainedBy, ...]


@dataclass(frozen=True)
class SchoolHome:
    """The data of the page. `tutors` are names, A to Z; `years` start with the newest."""

    tutors: tuple[str, ...]
    mentors: MentorCounts
    ects: ECTCounts
    years: tuple[AcademicYear, ...]


_YEARS = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(school=Slot("school"))
        .select_related("cohort")
        .order_by("-cohort__start_year")
    )
)
_PARTNERSHIPS = CompiledQuery(
    lambda: (
        SchoolPartnership.objects.filter(school=Slot("school"))
        .order_by("lead_provider__name", "delivery_partner__name")
        .values_list("school_year_id", "lead_provider__name", "delivery_partner__name")
    )
)


def school_home(school: School, day: date) -> SchoolHome:
    """The Home page of this school on this day; the number of queries is always the same."""
    tutors = {tutor.user_id: tutor.shown_name for tutor in tutors_at(school, day)}
    trained_by: dict[int, list[TrainedBy]] = defaultdict(list)
    for year_id, *names in _PARTNERSHIPS.all(school=school.pk):
        trained_by[year_id].append(TrainedBy(*names))
    return SchoolHome(
        tutors=tuple(tutors.values()),
        mentors=count_mentors(school, day),
        ects=count_ects(school, day),
        years=tuple(
            _year(year, tuple(trained_by[year.pk])) for year in _YEARS.all(school=school.pk)
        ),
    )


def _year(year: SchoolYear, trained_by: tuple[TrainedBy, ...]) -> AcademicYear:
    if year.programme == SchoolYear.Programme.PROVIDER_LED and not trained_by:
        trained_by = (TrainedBy(NOT_REPORTED, NOT_REPORTED),)
    return AcademicYear(
        name=str(year.cohort),
        start_year=year.cohort.start_year,
        programme=year.get_programme_display(),
        appropriate_body=year.appropriate_body,
        trained_by=trained_by,
    )
