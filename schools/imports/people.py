"""The import of people: teachers, their induction, and their times at schools as mentors and ECTs.

A row is a person's time at a school, or a person alone. What it says of the person must be what is
recorded of them, or not be recorded yet. The rules are those of schools/joining.py, asked of all
rows at once; what they refuse is not changed to fit.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from core.bounds import YOUNGEST, check_date_of_birth, check_day
from core.cells import address_of, day_of, id_of, number_of, one_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.periods import london_day, years_after
from core.refusals import RefusedChange
from core.staging import Column, Columns, Stage, staging
from schools.details import checked_name
from schools.imports.look_ups import find_school
from schools.models.school import SchoolStatus
from schools.trn import trn_in_file

MENTOR, ECT = "mentor", "ect"
_TABLES = {MENTOR: "schools_mentoratschool", ECT: "schools_ectatschool"}
COLUMNS = Columns(
    (
        Column("trn", "text", trn_in_file),
        Column("name", "text", checked_name),
        Column("date_of_birth", "date", day_of),
        Column("role", "text", one_of((MENTOR, ECT)), required=False),
        Column("urn", "integer", number_of, required=False),
        Column("email", "text", address_of, required=False),
        Column("started_on", "date", day_of, required=False),
        Column("last_day", "date", day_of, required=False),
        Column("induction_started_on", "date", day_of, required=False),
        Column("induction_last_day", "date", day_of, required=False),
        Column("mentor_funding_eligible_from", "date", day_of, required=False),
        Column("participant_id", "uuid", id_of, required=False),
        Column("training_record_id", "uuid", id_of, required=False),
    )
)
# A person's columns that may be filled in later, with those of Teacher.
_LATER = ("induction_started_on", "induction_last_day", "mentor_funding_eligible_from")
_IDS = {"participant_id": "participant_id", "training_record_id": "mentor_training_record_id"}
_TIME = ("urn", "email", "started_on")


def import_people(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import the people of a CSV with COLUMNS; without `commit` it is a dry run.

    `by` is a kind and an id for the history. Fills in the report, and emails no person. Raises
    RefusedFile, also for more than `at_most` rows, and then nothing is written.
    """
    today = london_day(now)
    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(
            file,
            on_progress,
            at_most,
            lambda values: _check(values, today),
            teacher_id="bigint",
            school_id="bigint",
            time_id="bigint",
            period="daterange",
            induction="daterange",
            fills="boolean NOT NULL DEFAULT false",
        )
        stage.lock("schools_teacher", *_TABLES.values())
        _compare(stage)
        _judge_people(stage)
        _judge_times(stage, today)
        stage.tell()
        _write(stage)


def _check(values: Mapping[str, Any], today: date) -> None:
    """Raise RefusedChange when the values of one row do not fit each other, or today."""
    try:
        check_date_of_birth(values["date_of_birth"], today)
    except RefusedChange as refusal:
        raise RefusedChange(f"date_of_birth: {refusal}") from None
    role = values["role"]
    for name in (*_TIME, "last_day"):
        if role is None and values[name]:
            raise RefusedChange(f"role: Enter {MENTOR} or {ECT}, or leave {name} empty too")
        if role and name in _TIME and not values[name]:
            raise RefusedChange(f"{name}: It is empty")
    if role == ECT and not values["induction_started_on"]:
        raise RefusedChange("induction_started_on: It is empty, and every ECT has one")
    if values["induction_last_day"] and not values["induction_started_on"]:
        raise RefusedChange("induction_started_on: It is empty, and induction_last_day is not")
    of_age = years_after(values["date_of_birth"], YOUNGEST)
    for first, last in (
        ("started_on", "last_day"),
        ("induction_started_on", "induction_last_day"),
    ):
        for name in (first, last):
            if values[name]:
                check_day(f"{name}: It", values[name], today)
                if values[name] < of_age:
                    raise RefusedChange(f"{name}: It is before they were {YOUNGEST}")
        if values[last] and values[last] < values[first]:
            raise RefusedChange(f"{last}: It is before {first}")


def _compare(stage: Stage) -> None:
    """Find the teacher, the school and the recorded time of each row, and know what is there."""
    _read_former_ids(stage)
    stage.look_up("teacher_id", "schools_teacher", "found.trn = staged.trn")
    find_school(stage)
    # What one row says of a person's induction holds for all rows about them.
    stage.execute(
        """
        UPDATE staged SET
            induction = CASE WHEN said.started_on < coalesce(said.finished_on, 'infinity')
                THEN daterange(said.started_on, said.finished_on) END,
            period = CASE WHEN role IS NOT NULL THEN daterange(staged.started_on, last_day + 1) END
        FROM (
            SELECT staged.trn, min(staged.induction_started_on) AS started_on,
                coalesce(min(teacher.induction_finished_on), min(induction_last_day) + 1)
                    AS finished_on
            FROM staged LEFT JOIN schools_teacher AS teacher ON teacher.id = teacher_id
            GROUP BY staged.trn
        ) AS said
        WHERE said.trn = staged.trn
        """
    )
    for role, table in _TABLES.items():
        stage.look_up(
            "time_id",
            table,
            f"""staged.role = '{role}' AND found.teacher_id = staged.teacher_id
            AND found.school_id = staged.school_id AND found.started_on = staged.started_on
            AND found.email = staged.email
            AND (staged.last_day IS NULL OR found.finished_on = staged.last_day + 1)""",
        )


def _read_former_ids(stage: Stage) -> None:
    """Read the TRN and the ids of a record that was merged as those of the record that stays."""
    for name, field in {"trn": "trn", **_IDS}.items():
        stage.execute(
            f"""
            UPDATE staged SET {name} = teacher.{field}
            FROM schools_teachermerge AS merged
            JOIN schools_teacher AS teacher ON teacher.id = merged.teacher_id
            WHERE merged.{field} = staged.{name}
            """
        )


def _judge_people(stage: Stage) -> None:
    """Refuse rows that say of a person what is not so, or what other rows deny."""
    stage.execute(
        f"""
        UPDATE staged SET fills = true FROM schools_teacher AS teacher
        WHERE teacher.id = teacher_id AND ({
            " OR ".join(
                f"staged.{name} IS NOT NULL AND {_recorded(name)} IS NULL" for name in _LATER
            )
        })
        """
    )
    stage.know(
        "teacher_id IS NOT NULL AND NOT fills AND (role IS NULL OR time_id IS NOT NULL)"
        f" AND NOT EXISTS (SELECT FROM schools_teacher AS teacher WHERE teacher.id = teacher_id AND"
        f" ({' OR '.join(map(_differs, ('date_of_birth', *_LATER, *_IDS)))}))"
    )
    for name in ("date_of_birth", *_LATER, *_IDS):
        stage.refuse(
            f"{name}: Another one is recorded for the person with this TRN.",
            "EXISTS (SELECT FROM schools_teacher AS teacher"
            f" WHERE teacher.id = teacher_id AND {_differs(name)})",
        )
    stage.refuse_pairs(
        "Line {line} has the same TRN, and says something else of the person.",
        "other.trn = staged.trn AND ("
        + " OR ".join(
            f"other.{name} <> staged.{name}" for name in ("date_of_birth", *_LATER, *_IDS)
        )
        + " OR (staged.teacher_id IS NULL AND other.name <> staged.name))",
    )
    for name, field in _IDS.items():
        stage.refuse_pairs(
            f"{name}: Line {{line}} gives it to another TRN.",
            f"other.{name} = staged.{name} AND other.trn <> staged.trn",
        )
        stage.refuse(
            f"{name}: It is another person's.",
            f"EXISTS (SELECT FROM schools_teacher AS teacher WHERE teacher.{field} = staged.{name}"
            " AND teacher.trn <> staged.trn)",
        )
    stage.refuse(
        "induction_last_day: It is not recorded yet. Record it on the teacher's page in admin,"
        " where it ends their mentorships too.",
        """induction_last_day IS NOT NULL AND EXISTS (SELECT FROM schools_teacher AS teacher
        JOIN schools_ectatschool AS ect ON ect.teacher_id = teacher.id
        WHERE teacher.id = staged.teacher_id AND teacher.induction_finished_on IS NULL)""",
    )


def _recorded(name: str) -> str:
    """SQL for what is recorded of the teacher under the name of a column of the file."""
    if name == "induction_last_day":
        return "(teacher.induction_finished_on - 1)"
    return f"teacher.{_IDS.get(name, name)}"


def _differs(name: str) -> str:
    return f"coalesce({_recorded(name)} <> staged.{name}, false)"


def _judge_times(stage: Stage, today: date) -> None:
    """Refuse times that the rules do not allow, beside those recorded and those of other rows."""
    stage.refuse(
        "urn: The school is closed then. Give a last_day on or before the day on which it closes.",
        """EXISTS (
            SELECT FROM schools_school AS school WHERE school.id = school_id AND (
                staged.started_on >= school.closed_on
                OR (school.status = %(closed)s OR school.closed_on <= %(today)s)
                    AND coalesce(last_day, 'infinity') > coalesce(school.closed_on, %(today)s)
            )
        )""",
        closed=SchoolStatus.CLOSED,
        today=today,
    )
    for role, table in _TABLES.items():
        noun, same_school = (
            ("a mentor at this school", " AND {0}.school_id = staged.school_id")
            if role == MENTOR
            else ("an ECT", "")
        )
        overlap = f"staged.role = '{role}' AND {{0}}.period && staged.period"
        stage.refuse(
            f"started_on: This person is recorded as {noun} at that time.",
            f"time_id IS NULL AND EXISTS (SELECT FROM {table} AS time"
            f" WHERE time.teacher_id = staged.teacher_id AND {overlap.format('time')}"
            f"{same_school.format('time')})",
        )
        stage.refuse_pairs(
            f"started_on: This person is {noun} at that time by line {{line}}.",
            f"other.trn = staged.trn AND other.role = staged.role AND {overlap.format('other')}"
            f"{same_school.format('other')}",
        )
        stage.refuse(
            "email: Another person has this address at that time.",
            f"EXISTS (SELECT FROM {table} AS time JOIN schools_teacher AS teacher"
            " ON teacher.id = time.teacher_id WHERE time.email = staged.email"
            f" AND teacher.trn <> staged.trn AND {overlap.format('time')})",
        )
        stage.refuse_pairs(
            "email: Another person has this address at that time by line {line}.",
            "other.email = staged.email AND other.trn <> staged.trn AND other.role = staged.role"
            f" AND {overlap.format('other')}",
        )
    stage.refuse(
        "started_on: An ECT starts at a school before their induction ends.",
        "role = 'ect' AND started_on >= upper(induction)",
    )
    _judge_mentors_who_are_ects(stage)


def _judge_mentors_who_are_ects(stage: Stage) -> None:
    """Refuse a time as a mentor before the end of the person's induction."""
    never = "A mentor's time cannot be during their own induction"
    stage.refuse_pairs(
        f"started_on: {never}: see line {{line}}.",
        """other.trn = staged.trn AND staged.induction && CASE
            WHEN staged.role = 'mentor' THEN staged.period
            WHEN other.role = 'mentor' THEN other.period
        END AND (staged.induction_started_on IS NOT NULL OR other.induction_started_on IS NOT NULL)
        """,
    )
    stage.refuse(
        f"started_on: {never}.",
        """CASE WHEN role = 'mentor' THEN period && induction
            OR EXISTS (SELECT FROM schools_teacher AS teacher WHERE teacher.id = teacher_id
                AND teacher.induction_started_on IS NOT NULL AND period && daterange(
                    teacher.induction_started_on,
                    coalesce(teacher.induction_finished_on, upper(induction))))
        ELSE EXISTS (SELECT FROM schools_mentoratschool AS mentor
            WHERE mentor.teacher_id = staged.teacher_id AND mentor.period && induction) END""",
    )


def _write(stage: Stage) -> None:
    """Write the rows that are left: the people first, then their times."""
    stage.execute(
        """
        INSERT INTO schools_teacher (trn, name, date_of_birth, induction_started_on,
            induction_finished_on, mentor_funding_eligible_from, participant_id,
            mentor_training_record_id)
        SELECT trn, min(name), min(date_of_birth), min(induction_started_on),
            min(induction_last_day) + 1, min(mentor_funding_eligible_from),
            coalesce(any_value(participant_id), gen_random_uuid()),
            coalesce(any_value(training_record_id), gen_random_uuid())
        FROM staged WHERE teacher_id IS NULL GROUP BY trn
        """
    )
    stage.execute(
        """
        UPDATE schools_teacher AS teacher SET
            induction_started_on = coalesce(teacher.induction_started_on, said.started_on),
            induction_finished_on = coalesce(teacher.induction_finished_on, said.last_day + 1),
            mentor_funding_eligible_from
                = coalesce(teacher.mentor_funding_eligible_from, said.eligible_from)
        FROM (
            SELECT teacher_id, min(induction_started_on) AS started_on,
                min(induction_last_day) AS last_day,
                min(mentor_funding_eligible_from) AS eligible_from
            FROM staged WHERE fills GROUP BY teacher_id
        ) AS said
        WHERE teacher.id = said.teacher_id
        """
    )
    stage.look_up(
        "teacher_id", "schools_teacher", "staged.teacher_id IS NULL AND found.trn = staged.trn"
    )
    for role, table in _TABLES.items():
        stage.execute(
            f"""
            INSERT INTO {table}
                (public_id, teacher_id, school_id, email, started_on, finished_on)
            SELECT gen_random_uuid(), teacher_id, school_id, email, started_on, last_day + 1
            FROM staged WHERE role = %(role)s AND time_id IS NULL ORDER BY line
            """,
            role=role,
        )
