"""What belongs to a school, what is still open at a closed one, and the school's story."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, Model, Q

from core.compiled_queries import Slot
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
from staff.story.lines import Line, in_order, lines_of_history

# A school may have 300 mentors: so many rows of a kind are shown, and the list has all.
SHOWN = 20


def sections_of(school: School, day: date) -> list[Section]:
    """What belongs to the school on this day, each kind under its heading."""
    waiting = _training(school).filter(partnership=None).not_over(day)
    return [
        *(_still_open(school, day) if school.is_closed(day) else ()),
        _years(school),
        _cut("Induction tutors", InductionTutor, _tutors(school), school, _tutor),
        _cut("Training that waits for a partnership", TrainingPeriod, waiting, school),
        _people("Mentors", MentorAtSchool, school, day),
        _people("ECTs", ECTAtSchool, school, day),
        _register(school),
    ]


def story_of_school(school: School) -> list[Line]:
    """What happened to the school itself, the earliest first.

    What happened to its people is in the story of each teacher.
    """
    notes = lines_of_notes(school.staff_notes.all())
    return in_order(chain(_days(school), _history(school), notes))


# --- What belongs to it ---


def _still_open(school: School, day: date) -> list[Section]:
    """What no record has ended, though the school is closed; each kind that there is."""
    kinds: tuple[tuple[str, type[Model], PeriodQuerySet], ...] = (
        ("induction tutors", InductionTutor, _tutors(school)),
        ("times of mentors", MentorAtSchool, _times(MentorAtSchool, school)),
        ("times of ECTs", ECTAtSchool, _times(ECTAtSchool, school)),
        ("mentorships", Mentorship, _mentorships(school)),
        ("training", TrainingPeriod, _training(school)),
    )
    return [
        _cut(f"Still open at this closed school: {name}", model, rows.not_over(day), school)
        for name, model, rows in kinds
    ]


def _cut(
    heading: str,
    model: type[Model],
    rows: PeriodQuerySet,
    school: School,
    line: Callable[[Any], steps.Line] = steps.line_of,
) -> Section:
    """The first rows, and where to find the others if there are any."""
    found = list(rows[: SHOWN + 1])
    lines = tuple(map(line, found[:SHOWN]))
    return Section(heading, lines, model if len(found) > SHOWN else None, str(school.urn))


def _tutors(school: School) -> PeriodQuerySet:
    rows = InductionTutor.objects.filter(school=school).select_related("user", "school")
    return rows.order_by(F("finished_on").desc(nulls_first=True), "user__searchable_name", "pk")


def _tutor(tutor: InductionTutor) -> steps.Line:
    days = days_of(tutor.started_on, tutor.last_day)
    return steps.Line(f"{tutor.shown_name}, {days}, by {tutor.get_source_display()}", tutor)


def _times(role: RoleModel, school: School) -> PeriodQuerySet:
    """The times of a role at the school: those that go on first, then those that ended last."""
    rows: Any = role._default_manager.filter(school=school).select_related("teacher", "school")
    return rows.order_by(F("finished_on").desc(nulls_first=True), "teacher__searchable_name", "pk")


def _mentorships(school: School) -> PeriodQuerySet:
    rows = Mentorship.objects.filter(school=school)
    return rows.select_related("mentor__teacher", "ect__teacher").order_by("started_on", "pk")


def _training(school: School) -> PeriodQuerySet:
    rows = TrainingPeriod.objects.filter(school=school)
    return rows.select_related("teacher", "lead_provider").order_by("started_on", "pk")


def _people(heading: str, role: RoleModel, school: School, day: date) -> Section:
    found = list(_times(role, school)[: SHOWN + 1])
    paired = _paired_with(role, [time.pk for time in found], day)
    lines = []
    for time in found[:SHOWN]:
        others = ", ".join(paired[time.pk])
        verb = "mentors" if role is MentorAtSchool else "has the mentor"
        more = f"; today {verb} {others}" if others else ""
        text = f"{time.teacher}, {days_of(time.started_on, time.last_day)}{more}"
        lines.append(steps.Line(text, time.teacher))
    cut = role if len(found) > SHOWN else None
    return Section(heading, tuple(lines), cut, str(school.urn))


def _paired_with(role: RoleModel, times: Iterable[int], day: date) -> dict[int, list[str]]:
    """The names of the people in a mentorship with each of these on this day, by the time's id."""
    mine, other = ("mentor", "ect") if role is MentorAtSchool else ("ect", "mentor")
    rows = Mentorship.objects.on(day).filter(**{f"{mine}__in": times})
    names = defaultdict(list)
    found = rows.order_by(f"{other}_teacher__searchable_name", "pk")
    for time, name in found.values_list(mine, f"{other}_teacher__name"):
        names[time].append(name)
    return names


def _years(school: School) -> Section:
    """The academic years, the latest first, each followed by its partnerships."""
    partnerships = defaultdict(list)
    rows = SchoolPartnership.objects.filter(school_year__school=school)
    rows = rows.select_related("lead_provider", "delivery_partner")
    for partnership in rows.order_by("lead_provider__name", "pk"):
        partnerships[partnership.school_year_id].append(partnership)
    years = SchoolYear.objects.filter(school=school).select_related("cohort", "lead_provider")
    lines = []
    for year in years.order_by("-cohort__start_year"):
        year.school = school  # for the year's name
        lines.append(_year(year))
        lines += [
            steps.Line(
                f"{year.cohort}: partnership of {each.lead_provider} with {each.delivery_partner}",
                each,
            )
            for each in partnerships[year.pk]
        ]
    return Section("Academic years and partnerships", tuple(lines))


def _year(year: SchoolYear) -> steps.Line:
    text = f"{year.cohort}: {year.get_programme_display()}"
    if year.lead_provider:
        text += f"; the school chose {year.lead_provider}"
    if year.appropriate_body:
        text += f"; appropriate body {year.appropriate_body}"
    return steps.Line(text, year)


def _register(school: School) -> Section:
    """The links of the register: which schools took over from this one, and from which it did."""
    links = SchoolSuccession.objects.filter(Q(school=school) | Q(successor=school))
    lines = [
        steps.Line(f"{link.successor} took over from this school", link.successor)
        if link.school_id == school.pk
        else steps.Line(f"This school took over from {link.school}", link.school)
        for link in links.select_related("school", "successor")
    ]
    return Section("Links of the register", tuple(lines))


# --- Its story ---


def _days(school: School) -> Iterator[Line]:
    if school.opened_on:
        yield Line(school.opened_on, "The school opened, as the register says")
    if school.closed_on:
        yield Line(school.closed_on, "The school closed, as the register says")


_HISTORY = History(
    {
        School: Q(pgh_obj_id=Slot("school")),
        SchoolYear: Q(school_id=Slot("school")),
        SchoolPartnership: Q(school_id=Slot("school")),
        InductionTutor: Q(school_id=Slot("school")),
        SchoolSuccession: Q(school_id=Slot("school")) | Q(successor_id=Slot("school")),
    }
)


def _history(school: School) -> Iterator[Line]:
    return lines_of_history(_HISTORY.told(school=school.pk))
