"""The import of mentorships: which mentor mentors which ECT at a school, and when.

The rules are those of mentors/pairing/planning.py: both are at the school on every day, an ECT has
one mentor on any day, and mentoring ends with induction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from core.bounds import check_day
from core.cells import day_of, number_of, one_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.periods import london_day
from core.refusals import RefusedChange
from core.staging import Column, Columns, Stage, staging
from mentors.models.mentorship import MentorshipEndReason
from schools.imports.look_ups import find_school, find_teacher
from schools.trn import trn_in_file

COLUMNS = Columns(
    (
        Column("mentor_trn", "text", trn_in_file),
        Column("ect_trn", "text", trn_in_file),
        Column("urn", "integer", number_of),
        Column("started_on", "date", day_of),
        Column("last_day", "date", day_of, required=False),
        Column("end_reason", "text", one_of(MentorshipEndReason.values), required=False),
    )
)


def import_mentorships(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import the mentorships of a CSV with COLUMNS; without `commit` it is a dry run.

    One without a last day gets the end that the records foresee, as in pairing. `by` is a kind and
    an id for the history. Fills in the report, and emails no person. Raises RefusedFile, also for
    more than `at_most` rows, and then nothing is written.
    """
    today = london_day(now)

    def check(values: Mapping[str, Any]) -> None:
        if values["mentor_trn"] == values["ect_trn"]:
            raise RefusedChange("ect_trn: It is the mentor's own")
        for name in ("started_on", "last_day"):
            if values[name]:
                check_day(f"{name}: It", values[name], today)
        if values["last_day"] and values["last_day"] < values["started_on"]:
            raise RefusedChange("last_day: It is before started_on")
        if values["end_reason"] and not values["last_day"]:
            raise RefusedChange("last_day: It is empty, and end_reason is not")

    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(
            file,
            on_progress,
            at_most,
            check,
            mentor_teacher_id="bigint",
            ect_teacher_id="bigint",
            school_id="bigint",
            mentor_id="bigint",
            ect_id="bigint",
            foreseen_end="date",
            foreseen_reason="text",
            period="daterange",
        )
        stage.lock("mentors_mentorship")
        _look_up(stage)
        _judge(stage)
        stage.tell()
        stage.execute(_INSERT)


def _look_up(stage: Stage) -> None:
    """Find both people and the school of each row, and the end that the records foresee."""
    find_teacher(stage, "mentor_trn", "mentor_teacher_id")
    find_teacher(stage, "ect_trn", "ect_teacher_id")
    find_school(stage)
    for role, noun in (("mentor", "a mentor"), ("ect", "an ECT")):
        stage.look_up(
            f"{role}_id",
            f"schools_{role}atschool",
            f"""found.teacher_id = staged.{role}_teacher_id
            AND found.school_id = staged.school_id AND found.period @> staged.started_on""",
        )
        stage.refuse(
            f"{role}_trn: This person is not {noun} at this school on that day.",
            f"{role}_id IS NULL",
        )
    stage.refuse(
        "started_on: The school had closed by that day.",
        "EXISTS (SELECT FROM schools_school AS school"
        " WHERE school.id = school_id AND school.closed_on <= started_on)",
    )
    # The earliest of the three ends; in the order of the reasons where several are on one day.
    stage.execute(
        """
        UPDATE staged SET foreseen_end = foreseen.finished_on, foreseen_reason = foreseen.reason
        FROM (
            SELECT DISTINCT ON (line) line, known_end.*
            FROM staged
            JOIN schools_mentoratschool AS mentor ON mentor.id = mentor_id
            JOIN schools_ectatschool AS ect ON ect.id = ect_id
            JOIN schools_teacher AS teacher ON teacher.id = ect.teacher_id,
            LATERAL (VALUES
                (1, teacher.induction_finished_on, %(induction_completed)s),
                (2, ect.finished_on, %(ect_left)s),
                (3, mentor.finished_on, %(mentor_left)s)
            ) AS known_end (rank, finished_on, reason)
            WHERE known_end.finished_on IS NOT NULL
            ORDER BY line, known_end.finished_on, rank
        ) AS foreseen
        WHERE foreseen.line = staged.line
        """,
        induction_completed=MentorshipEndReason.INDUCTION_COMPLETED.value,
        ect_left=MentorshipEndReason.ECT_LEFT.value,
        mentor_left=MentorshipEndReason.MENTOR_LEFT.value,
    )
    stage.execute(
        """UPDATE staged SET period = daterange(started_on, coalesce(last_day + 1, foreseen_end))
        WHERE foreseen_end IS NULL OR foreseen_end > started_on"""
    )


def _judge(stage: Stage) -> None:
    """Know what is recorded, and refuse what the rules do not allow beside it and other rows."""
    stage.know(
        """EXISTS (SELECT FROM mentors_mentorship AS recorded
        WHERE recorded.mentor_id = staged.mentor_id AND recorded.ect_id = staged.ect_id
            AND recorded.started_on = staged.started_on
            AND (last_day IS NULL OR recorded.finished_on = last_day + 1)
            AND (staged.end_reason IS NULL OR recorded.end_reason = staged.end_reason))"""
    )
    stage.refuse("started_on: The ECT had completed induction by that day.", "period IS NULL")
    stage.refuse(
        "last_day: It is after the last day of one of them at this school, or of induction.",
        "last_day + 1 > foreseen_end",
    )
    stage.refuse(
        "started_on: Another mentorship of this ECT is recorded at that time.",
        "EXISTS (SELECT FROM mentors_mentorship AS recorded"
        " WHERE recorded.ect_id = staged.ect_id AND recorded.period && staged.period)",
    )
    stage.refuse_pairs(
        "started_on: This ECT has a mentor at that time by line {line}.",
        "other.ect_id = staged.ect_id AND other.period && staged.period",
    )


_INSERT = f"""
    INSERT INTO mentors_mentorship (mentor_id, ect_id, mentor_teacher_id, ect_teacher_id, school_id,
        started_on, finished_on, end_reason)
    SELECT mentor_id, ect_id, mentor_teacher_id, ect_teacher_id, school_id, started_on,
        upper(period), CASE
            WHEN upper(period) IS NULL THEN ''
            WHEN end_reason IS NOT NULL THEN end_reason
            WHEN upper(period) = foreseen_end THEN foreseen_reason
            ELSE '{MentorshipEndReason.CHANGED.value}'
        END
    FROM staged ORDER BY line
"""
