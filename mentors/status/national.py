"""How many mentors have which status, over all schools: `training_status` again, in SQL.

tests/mentors/test_national.py compares both. A mentor counts once, also at several schools: where
they started last. Only statuses are counted: the dates and terms beneath them are not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from django.db import connection

from core.postgresql.deadlines import NATIONAL, waiting
from declarations.completion import EARLY_ROLL_OUT_COMPLETED_ON
from declarations.models import Course, Declaration, RecordedCompletion
from declarations.states import COUNTING_STATES
from mentors.status.policies import Policy
from mentors.status.training_status import Status

SAMPLE = 10

# What is read where the page has no Status row.
NOTHING = ""
_WORDS = {status.name: status for status in Status} | {NOTHING: None}


class StatusChange(NamedTuple):
    """A mentor's status under one policy, and under another; None if the page has no Status row."""

    before: Status | None
    after: Status | None


@dataclass(frozen=True)
class Readings:
    """How many mentors have which status before and after, nationally and at sample schools."""

    nationally: dict[StatusChange, int]
    sample: dict[str, dict[StatusChange, int]]

    @property
    def mentors(self) -> int:
        """All mentors at schools on the day."""
        return sum(self.nationally.values())


class Grouping(Enum):
    """A grouping of mentors by a column of `counted`.

    `words` is its heading, and `none` the name of the group of mentors who have no value in it.
    """

    NATIONALLY = ("'England'", "England", "")
    YEAR = ("year", "Academic year of the first pairing", "Never paired")
    PROVIDER = ("provider", "Lead provider of their latest mentor training", "No mentor training")
    REGION = ("region", "Region of the school", "Not known")

    def __init__(self, column: str, words: str, none: str) -> None:
        self.column = column
        self.words = words
        self.none = none


@dataclass(frozen=True)
class MentorGroup:
    """How many mentors of a group, such as one lead provider's, have which status."""

    name: str
    statuses: dict[Status | None, int]

    @property
    def mentors(self) -> int:
        """All mentors of the group."""
        return sum(self.statuses.values())


def compare(before: Policy, after: Policy, day: date) -> Readings:
    """How many mentors at schools on this day have which status under both policies, in one query.

    The sample is at most ten schools where the status of a mentor differs, the same ones each time.
    """
    sql = f"""
        {_counted(before, after)}, changed AS (
            SELECT school_id FROM here JOIN counted USING (teacher_id)
            JOIN schools_school AS school ON school.id = school_id
            WHERE before <> after GROUP BY school_id, public_id ORDER BY public_id LIMIT {SAMPLE}
        )
        SELECT '', before, after, count(*) FROM counted GROUP BY before, after
        UNION ALL
        SELECT school.name || ' (' || school.urn || ')', before, after, count(*)
        FROM changed JOIN schools_school AS school ON school.id = school_id
            JOIN here USING (school_id) JOIN counted USING (teacher_id)
        GROUP BY school.id, before, after ORDER BY 1, 2, 3
    """  # noqa: S608
    nationally: dict[StatusChange, int] = {}
    sample: dict[str, dict[StatusChange, int]] = {}
    for school, was, will_be, number in _rows(sql, day):
        of = sample.setdefault(school, {}) if school else nationally
        of[StatusChange(_WORDS[was], _WORDS[will_be])] = number
    return Readings(nationally, sample)


def count(
    policy: Policy, day: date, by: Iterable[Grouping] = Grouping
) -> dict[Grouping, list[MentorGroup]]:
    """How many mentors at schools on this day have which status under this policy, by grouping."""
    groupings = list(by)
    sql = " UNION ALL ".join(
        f"SELECT '{each.name}', coalesce(nullif({each.column}, ''), '{each.none}'), after,"  # noqa: S608
        " count(*) FROM counted GROUP BY 1, 2, 3"
        for each in groupings
    )
    found: dict[Grouping, dict[str, Counter[Status | None]]] = {each: {} for each in groupings}
    for grouping, name, status, number in _rows(f"{_counted(policy, policy, _GROUPS)} {sql}", day):
        of_group = found[Grouping[grouping]].setdefault(name, Counter())
        of_group[_WORDS[status]] += number
    return {
        grouping: [MentorGroup(name, dict(statuses)) for name, statuses in sorted(groups.items())]
        for grouping, groups in found.items()
    }


class _Groups(NamedTuple):
    """SQL for the further columns of `counted`, by which mentors are grouped."""

    columns: str = ""
    joins: str = ""


_GROUPS = _Groups(
    """, trained.name AS provider, school.region,
        extract(year FROM paired.started_on - interval '8 months')::integer || ' to '
        || extract(year FROM paired.started_on + interval '4 months')::integer AS year""",
    """JOIN schools_school AS school ON school.id = mentor.school_id
        LEFT JOIN trained USING (teacher_id)""",
)


def _counted(before: Policy, after: Policy, groups: _Groups = _Groups()) -> str:  # noqa: B008
    """The CTE `counted`: a row for each mentor, with both statuses, and the columns of `groups`."""
    counting = ", ".join(f"'{state}'" for state in COUNTING_STATES)
    final, mentor = Declaration.Type.COMPLETED, Course.MENTOR
    kinds = RecordedCompletion.Kind
    return f"""
        WITH here AS (
            SELECT teacher_id, school_id, started_on, id FROM schools_mentoratschool
            WHERE started_on <= %(day)s AND (finished_on IS NULL OR finished_on > %(day)s)
        ), completed AS (
            SELECT teacher_id FROM declarations_declaration
            WHERE declaration_type = '{final}' AND course_identifier = '{mentor}'
                AND state IN ({counting})
                AND (declaration_date AT TIME ZONE 'Europe/London')::date <= %(day)s
            UNION
            SELECT teacher_id FROM declarations_recordedcompletion
            WHERE kind = '{kinds.EARLY_ROLL_OUT}' AND %(day)s >= '{EARLY_ROLL_OUT_COMPLETED_ON}'
        ), not_completed AS (
            SELECT teacher_id FROM declarations_recordedcompletion
            WHERE kind = '{kinds.STARTED_NOT_COMPLETED}'
        ), paired AS (
            SELECT mentor_teacher_id AS teacher_id, min(started_on) AS started_on
            FROM mentors_mentorship WHERE started_on <= %(day)s GROUP BY mentor_teacher_id
        ), trained AS (
            SELECT DISTINCT ON (teacher_id) teacher_id, provider.name
            FROM declarations_trainingperiod AS training
            JOIN declarations_leadprovider AS provider ON provider.id = lead_provider_id
            WHERE mentor_id IS NOT NULL ORDER BY teacher_id, started_on DESC, training.id DESC
        ), counted AS MATERIALIZED (
            SELECT mentor.teacher_id, {_status(before)} AS before, {_status(after)} AS after
                {groups.columns}
            FROM (
                SELECT DISTINCT ON (teacher_id) teacher_id, school_id FROM here
                ORDER BY teacher_id, started_on DESC, id DESC
            ) AS mentor
            LEFT JOIN completed USING (teacher_id)
            LEFT JOIN not_completed USING (teacher_id)
            LEFT JOIN paired USING (teacher_id)
            {groups.joins}
        )
    """  # noqa: S608


def _status(policy: Policy) -> str:
    """SQL for the name of a mentor's status under a policy; its value is NOTHING for none."""
    completed = f"WHEN completed.teacher_id IS NOT NULL THEN '{Status.TRAINING_COMPLETED.name}'"
    if not policy.shows_every_status:
        return f"CASE {completed} ELSE '{NOTHING}' END"
    not_completed = "not_completed.teacher_id IS NOT NULL"
    if policy.months_to_complete is not None:
        # Where the month is too short this is its last day, as in `last_day_to_complete`.
        last_day = f"paired.started_on + interval '{policy.months_to_complete} months'"
        not_completed += f" OR {last_day} < %(day)s"
    return f"""CASE {completed}
        WHEN {not_completed} THEN '{Status.TRAINING_NOT_COMPLETED.name}'
        WHEN paired.teacher_id IS NOT NULL THEN '{Status.TRAINING.name}'
        ELSE '{Status.NOT_YET_STARTED.name}' END"""


def _rows(sql: str, day: date) -> Iterator[tuple[Any, ...]]:
    with waiting(NATIONAL), connection.cursor() as cursor:
        cursor.execute(sql, {"day": day})
        yield from cursor.fetchall()
