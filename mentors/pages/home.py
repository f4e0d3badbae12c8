"""The Home page of a school, and the page on which a tutor of several chooses one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.compiled_queries import CompiledQuery, Slot, any_of
from declarations.models import SchoolPartnership, SchoolYear
from declarations.year_choices import changeable_years, fixed_in_words, schools_to_ask
from mentors.pages.ects import ECTCounts, ECTsShown, count_ects
from mentors.pages.mentors import MentorNumbers, TrainingFilter, count_mentors, training_filters
from mentors.people.training import TrainedBy
from mentors.people.training_words import NOT_REPORTED
from mentors.status.policies import Policy
from schools.closing import why_no_joining
from schools.models import School
from schools.tutors import tutors_at


@dataclass(frozen=True)
class AcademicYear:
    """The school's arrangements for a year. `trained_by` is empty unless it is provider-led.

    `can_be_changed`: whether the tutor may change programme and lead provider on the day. `fixed`
    says why not, when only a partnership stands in the way.
    """

    name: str
    start_year: int
    programme: str
    appropriate_body: str
    trained_by: tuple[TrainedBy, ...]
    can_be_changed: bool
    fixed: str


@dataclass(frozen=True)
class SchoolHome:
    """The data of the page. `tutors` are names, A to Z; `years` start with the newest.

    `asked_about`: the start of the academic year for which we ask how the school trains, if any.
    `mentors` has the numbers in each situation of mentor training where the policy shows them.
    """

    tutors: tuple[str, ...]
    mentors: MentorNumbers
    ects: ECTCounts
    years: tuple[AcademicYear, ...]
    asked_about: int | None


_YEARS = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(any_of("school", "schools"))
        .select_related("cohort", "lead_provider")
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


def school_home(school: School, policy: Policy, day: date) -> SchoolHome:
    """The Home page of this school on this day under this policy."""
    tutors = {tutor.user_id: tutor.shown_name for tutor in tutors_at(school, day)}
    trained_by: dict[int, list[TrainedBy]] = defaultdict(list)
    for year_id, *names in _PARTNERSHIPS.all(school=school.pk):
        trained_by[year_id].append(TrainedBy(*names))
    years = _YEARS.all(schools=[school.pk])
    is_closed = bool(why_no_joining(school, day))
    situations = training_filters(policy) if policy.shows_every_status else []
    return SchoolHome(
        tutors=tuple(tutors.values()),
        mentors=count_mentors([school.pk], policy, day, situations)[school.pk],
        ects=count_ects([school.pk], day)[school.pk],
        years=tuple(
            _year(
                year,
                tuple(trained_by[year.pk]),
                is_open=not is_closed and year.cohort.start_year in changeable_years(day),
            )
            for year in years
        ),
        asked_about=_asked([school], years, day).get(school.pk),
    )


def _asked(schools: Iterable[School], years: Iterable[SchoolYear], day: date) -> dict[int, int]:
    """The academic year that we ask each school about, by its id; others are left out."""
    of_each: dict[int, list[SchoolYear]] = {
        school.pk: [] for school in schools if not why_no_joining(school, day)
    }
    for year in years:
        if year.school_id in of_each:
            of_each[year.school_id].append(year)
    return schools_to_ask(of_each, day)


def _year(year: SchoolYear, partners: tuple[TrainedBy, ...], *, is_open: bool) -> AcademicYear:
    trained_by, name = partners, str(year.cohort)
    if year.programme == SchoolYear.Programme.PROVIDER_LED and not partners:
        chosen = year.lead_provider
        lead_provider = f"{chosen}, who has yet to confirm it" if chosen else NOT_REPORTED
        trained_by = (TrainedBy(lead_provider, NOT_REPORTED),)
    is_fixed = is_open and bool(partners)
    return AcademicYear(
        name=name,
        start_year=year.cohort.start_year,
        programme=year.get_programme_display(),
        appropriate_body=year.appropriate_body,
        trained_by=trained_by,
        can_be_changed=is_open and not partners,
        fixed=fixed_in_words((each.lead_provider for each in partners), name) if is_fixed else "",
    )


@dataclass(frozen=True)
class SchoolToChoose:
    """One of a tutor's several schools, with what is to be done there.

    `asked_about` is the same as in SchoolHome.
    """

    school: School
    mentors: int
    without_mentor: int
    time_ends_this_term: int
    asked_about: int | None


def schools_to_choose(
    schools: Sequence[School], policy: Policy, day: date
) -> tuple[SchoolToChoose, ...]:
    """Each of these schools with its numbers on this day; as many queries for one as for fifty."""
    ids = [school.pk for school in schools]
    ends = TrainingFilter.ENDS_THIS_TERM
    situations = [ends] if ends in training_filters(policy) else []
    mentors, ects = count_mentors(ids, policy, day, situations), count_ects(ids, day)
    asked = _asked(schools, _YEARS.all(schools=ids), day)
    return tuple(
        SchoolToChoose(
            school,
            mentors=mentors[school.pk].here,
            without_mentor=ects[school.pk][ECTsShown.WITHOUT_MENTOR],
            time_ends_this_term=mentors[school.pk].training.get(ends, 0),
            asked_about=asked.get(school.pk),
        )
        for school in schools
    )
