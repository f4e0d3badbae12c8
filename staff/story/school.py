"""What belongs to a school, what is still open at a closed one, and the school's story."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import F, Model, Q

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from core.history_words import History
from core.periods import PeriodQuerySet
from declarations.models import SchoolPartnership, SchoolYear, TrainingPeriod
from mentors.models import Mentorship
from schools.models import (
    ECTAtSchool,
    InductionTutor,
    MentorAtSchool,
    RoleModel,
    School,
    SchoolSuccession,
)
from staff import steps
from staff.notes import lines_of_notes
from staff.steps import Section, days_of
from staff.story.lines import StoryLine, in_order, lines_of_history

# The most rows of a kind that the page shows, as a school may have 300 mentors. The list has all.
SHOWN = 20


def sections_of(school: School, day: date) -> list[Section]:
    """What belongs to the school on this day, each kind under its heading."""
    tutors = _TUTORS.all(school=school.pk, at_most=SHOWN + 1)
    waiting = _WAITING.all(school=school.pk, day=day, at_most=SHOWN + 1)
    return [
        *(_still_open(school, day) if school.is_closed(day) else ()),
        _years(school),
        _cut("Induction tutors", InductionTutor, tutors, school, _tutor),
        _cut("Training that waits for a partnership", TrainingPeriod, waiting, school),
        _people("Mentors", MentorAtSchool, school, day),
        _people("ECTs", ECTAtSchool, school, day),
        _register(school),
    ]


def story_of_school(school: School) -> list[StoryLine]:
    """What happened to the school itself, the earliest first.

    What happened to its people is in the story of each teacher.
    """
    notes = lines_of_notes(school.staff_notes.all())
    return in_order(chain(_days(school), _history(school), notes))


# --- What belongs to it ---


def _still_open(school: School, day: date) -> list[Section]:
    """The rows that go on although the school is closed: a section for each kind."""
    kinds: tuple[tuple[str, type[Model], PeriodQuerySet], ...] = (
        ("induction tutors", InductionTutor, _tutors(school)),
        ("times of mentors", MentorAtSchool, _times(MentorAtSchool, school)),
        ("times of ECTs", ECTAtSchool, _times(ECTAtSchool, school)),
        ("mentorships", Mentorship, _mentorships(school)),
        ("training", TrainingPeriod, _training(school)),
    )
    sections = []
    for name, model, rows in kinds:
        found = list(rows.not_over(day)[: SHOWN + 1])
        sections.append(_cut(f"Still open at this closed school: {name}", model, found, school))
    return sections


def _cut(
    heading: str,
    model: type[Model],
    found: list[Any],
    school: School,
    line: Callable[[Any], steps.ReviewLine] = steps.line_about,
) -> Section:
    """A section of the first SHOWN rows, with a link to the list of all if there are more.

    `found` has one row more than SHOWN if there are more.
    """
    lines = tuple(map(line, found[:SHOWN]))
    return Section(heading, lines, model if len(found) > SHOWN else None, str(school.urn))


def _tutors(school: Any) -> PeriodQuerySet:
    rows = InductionTutor.objects.filter(school=school).select_related("user", "school")
    return rows.order_by(F("finished_on").desc(nulls_first=True), "user__searchable_name", "pk")


def _tutor(tutor: InductionTutor) -> steps.ReviewLine:
    days = days_of(tutor.started_on, tutor.last_day)
    return steps.ReviewLine(f"{tutor.shown_name}, {days}, by {tutor.get_source_display()}", tutor)


def _times(role: RoleModel, school: Any) -> PeriodQuerySet:
    """The times of a role at the school: those that go on first, then those that ended last."""
    rows: Any = role._default_manager.filter(school=school).select_related("teacher", "school")
    return rows.order_by(F("finished_on").desc(nulls_first=True), "teacher__searchable_name", "pk")


def _mentorships(school: School) -> PeriodQuerySet:
    rows = Mentorship.objects.filter(school=school)
    return rows.select_related("mentor__teacher", "ect__teacher").order_by("started_on", "pk")


def _training(school: Any) -> PeriodQuerySet:
    rows = TrainingPeriod.objects.filter(school=school)
    return rows.select_related("teacher", "lead_provider").order_by("started_on", "pk")


_SCHOOL: Any = Slot("school")
_TUTORS = CompiledQuery(lambda: _tutors(_SCHOOL))
_WAITING = CompiledQuery(lambda: _training(_SCHOOL).filter(partnership=None).not_over(DAY))
_TIMES: dict[RoleModel, CompiledQuery] = {
    role: CompiledQuery(partial(_times, role, _SCHOOL)) for role in (MentorAtSchool, ECTAtSchool)
}


def _people(heading: str, role: RoleModel, school: School, day: date) -> Section:
    found = _TIMES[role].all(school=school.pk, at_most=SHOWN + 1)
    paired = _paired_with(role, [time.pk for time in found], day)
    lines = []
    for time in found[:SHOWN]:
        others = ", ".join(paired[time.pk])
        verb = "mentors" if role is MentorAtSchool else "has the mentor"
        more = f"; today {verb} {others}" if others else ""
        text = f"{time.teacher}, {days_of(time.started_on, time.last_day)}{more}"
        lines.append(steps.ReviewLine(text, time.teacher))
    cut = role if len(found) > SHOWN else None
    return Section(heading, tuple(lines), cut, str(school.urn))


def _pairs(mine: str, other: str) -> Any:
    rows = Mentorship.objects.on(DAY).filter(any_of(mine, "times"))
    rows = rows.order_by(f"{other}_teacher__searchable_name", "pk")
    return rows.values_list(mine, f"{other}_teacher__name")


_PAIRS: dict[RoleModel, CompiledQuery] = {
    MentorAtSchool: CompiledQuery(partial(_pairs, "mentor", "ect")),
    ECTAtSchool: CompiledQuery(partial(_pairs, "ect", "mentor")),
}


def _paired_with(role: RoleModel, times: list[int], day: date) -> dict[int, list[str]]:
    """The names of the people in a mentorship with each of these on this day, by the time's id."""
    names = defaultdict(list)
    for time, name in _PAIRS[role].all(times=times, day=day):
        names[time].append(name)
    return names


_PARTNERSHIPS = CompiledQuery(
    lambda: (
        SchoolPartnership.objects.filter(school_year__school=_SCHOOL)
        .select_related("lead_provider", "delivery_partner")
        .order_by("lead_provider__name", "pk")
    )
)
_YEARS = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(school=_SCHOOL)
        .select_related("cohort", "lead_provider")
        .order_by("-cohort__start_year")
    )
)


def _years(school: School) -> Section:
    """The academic years, the latest first, each followed by its partnerships."""
    partnerships = defaultdict(list)
    for partnership in _PARTNERSHIPS.all(school=school.pk):
        partnerships[partnership.school_year_id].append(partnership)
    lines = []
    for year in _YEARS.all(school=school.pk):
        year.school = school  # for the year's name
        lines.append(_year(year))
        lines += [
            steps.ReviewLine(
                f"{year.cohort}: partnership of {each.lead_provider} with {each.delivery_partner}",
                each,
            )
            for each in partnerships[year.pk]
        ]
    return Section("Academic years and partnerships", tuple(lines))


def _year(year: SchoolYear) -> steps.ReviewLine:
    text = f"{year.cohort}: {year.get_programme_display()}"
    if year.lead_provider:
        text += f"; the school chose {year.lead_provider}"
    if year.appropriate_body:
        text += f"; appropriate body {year.appropriate_body}"
    return steps.ReviewLine(text, year)


_LINKS = CompiledQuery(
    lambda: SchoolSuccession.objects.filter(
        Q(school=_SCHOOL) | Q(successor=_SCHOOL)
    ).select_related("school", "successor")
)


def _register(school: School) -> Section:
    """The links of the register: which schools took over from this one, and from which it did."""
    lines = [
        steps.ReviewLine(f"{link.successor} took over from this school", link.successor)
        if link.school_id == school.pk
        else steps.ReviewLine(f"This school took over from {link.school}", link.school)
        for link in _LINKS.all(school=school.pk)
    ]
    return Section("Links of the register", tuple(lines))


# --- Its story ---


def _days(school: School) -> Iterator[StoryLine]:
    if school.opened_on:
        yield StoryLine(school.opened_on, "The school opened, as the register says")
    if school.closed_on:
        yield StoryLine(school.closed_on, "The school closed, as the register says")


_HISTORY = History(
    {
        School: Q(pgh_obj_id=_SCHOOL),
        SchoolYear: Q(school_id=_SCHOOL),
        SchoolPartnership: Q(school_id=_SCHOOL),
        InductionTutor: Q(school_id=_SCHOOL),
        SchoolSuccession: Q(school_id=_SCHOOL) | Q(successor_id=_SCHOOL),
    }
)


def _history(school: School) -> Iterator[StoryLine]:
    return lines_of_history(_HISTORY.told(school=school.pk))
