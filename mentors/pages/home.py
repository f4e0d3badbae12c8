"""The Home page of a school: its induction tutors, numbers of people, and academic years."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

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


def school_home(school: School, day: date) -> SchoolHome:
    """The Home page of this school on this day, in five queries."""
    tutors = {tutor.user_id: tutor.shown_name for tutor in tutors_at(school, day)}
    ordered = SchoolPartnership.objects.select_related(
        "lead_provider", "delivery_partner"
    ).order_by("lead_provider__name", "delivery_partner__name")
    years = (
        SchoolYear.objects.filter(school=school)
        .select_related("cohort")
        .prefetch_related(Prefetch("partnerships", ordered))
        .order_by("-cohort__start_year")
    )
    return SchoolHome(
        tutors=tuple(tutors.values()),
        mentors=count_mentors(school, day),
        ects=count_ects(school, day),
        years=tuple(map(_year, years)),
    )


def _year(year: SchoolYear) -> AcademicYear:
    partnerships = tuple(
        TrainedBy(partnership.lead_provider.name, partnership.delivery_partner.name)
        for partnership in year.partnerships.all()
    )
    if year.programme == SchoolYear.Programme.PROVIDER_LED and not partnerships:
        partnerships = (TrainedBy(NOT_REPORTED, NOT_REPORTED),)
    return AcademicYear(
        name=str(year.cohort),
        start_year=year.cohort.start_year,
        programme=year.get_programme_display(),
        appropriate_body=year.appropriate_body,
        trained_by=partnerships,
    )
