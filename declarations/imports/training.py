"""The import of training: a mentor's or an ECT's training by a lead provider, for a cohort.

The training lies within one of the person's times at the school. It is of the school's partnership
with the lead provider in that cohort, or waits where there is none yet.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO, cast

from core.bounds import check_day
from core.cells import day_of, id_of, line_of, moment_of, number_of, one_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.periods import london_day
from core.refusals import RefusedChange
from core.staging import Column, Columns, Stage, staging
from declarations.imports.look_ups import find_cohort, find_delivery_partner, find_lead_provider
from declarations.models.partnership import TrainingProgramme
from declarations.models.training_period import (
    Course,
    DeferralReason,
    TrainingEndReason,
    WithdrawalReason,
)
from declarations.states import State
from declarations.transitions import make_declared_eligible
from schools.imports.look_ups import find_school, find_teacher
from schools.models import Teacher
from schools.trn import trn_in_file

MENTOR, ECT = "mentor", "ect"
_COURSES = {MENTOR: Course.MENTOR, ECT: Course.ECT}
_TIMES = {MENTOR: "schools_mentoratschool", ECT: "schools_ectatschool"}
COLUMNS = Columns(
    (
        Column("trn", "text", trn_in_file),
        Column("role", "text", one_of((MENTOR, ECT))),
        Column("urn", "integer", number_of),
        Column("lead_provider", "text", line_of(200)),
        Column("cohort", "integer", number_of),
        Column("started_on", "date", day_of),
        Column("last_day", "date", day_of, required=False),
        Column("delivery_partner", "text", line_of(200), required=False),
        Column("partnership_id", "uuid", id_of, required=False),
        Column("training_record_id", "uuid", id_of, required=False),
        Column("end_reason", "text", one_of(TrainingEndReason.values), required=False),
        Column("withdrawn_at", "timestamptz", moment_of, required=False),
        Column(
            "withdrawn_reason",
            "text",
            one_of(WithdrawalReason.values),
            required=False,
        ),
        Column("deferred_at", "timestamptz", moment_of, required=False),
        Column("deferred_reason", "text", one_of(DeferralReason.values), required=False),
    )
)
_STOPS = ("withdrawn", "deferred")


def import_training(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import the training of a CSV with COLUMNS; without `commit` it is a dry run.

    `by` is a kind and an id for the history. Fills in the report. Raises RefusedFile, also for more
    than `at_most` rows, and then nothing is written.
    """
    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(
            file,
            on_progress,
            at_most,
            lambda values: _check(values, now),
            teacher_id="bigint",
            school_id="bigint",
            provider_id="bigint",
            cohort_id="bigint",
            person_id="bigint",
            partner_id="bigint",
            of_partnership="bigint",
            period="daterange",
        )
        stage.lock("declarations_schoolyear", "declarations_trainingperiod")
        _look_up(stage)
        _judge(stage)
        stage.tell()
        _make_eligible(stage, by, now)
        stage.execute(_INSERT)


def _check(values: Mapping[str, Any], now: datetime) -> None:
    """Raise RefusedChange when the values of one row do not fit each other, or now."""
    today: date = london_day(now)
    for name in ("started_on", "last_day"):
        if values[name]:
            check_day(f"{name}: It", values[name], today)
    last_day = values["last_day"]
    if last_day and last_day < values["started_on"]:
        raise RefusedChange("last_day: It is before started_on")
    if values["end_reason"] and not last_day:
        raise RefusedChange("last_day: It is empty, and end_reason is not")
    if values["withdrawn_at"] and values["deferred_at"]:
        raise RefusedChange("deferred_at: Training is withdrawn or deferred, not both")
    for what in _STOPS:
        moment, why = values[f"{what}_at"], values[f"{what}_reason"]
        if bool(moment) != bool(why):
            raise RefusedChange(f"{what}_at: Enter it together with {what}_reason, or neither")
        if moment and moment > now:
            raise RefusedChange(f"{what}_at: It is in the future")
        if moment:
            check_day(f"{what}_at: It", london_day(moment), today)
        if moment and not last_day:
            raise RefusedChange(f"last_day: It is empty, and {what}_at is not")
    if values["training_record_id"] and values["role"] != MENTOR:
        raise RefusedChange("training_record_id: It is for mentors only")


def _look_up(stage: Stage) -> None:
    """Find the rows that each row of the file names, and refuse it where there is none."""
    find_teacher(stage)
    find_school(stage)
    find_lead_provider(stage)
    find_cohort(stage)
    find_delivery_partner(stage)
    stage.execute("UPDATE staged SET period = daterange(started_on, last_day + 1)")
    for role, table in _TIMES.items():
        stage.look_up(
            "person_id",
            table,
            f"""staged.role = '{role}' AND found.teacher_id = staged.teacher_id
            AND found.school_id = staged.school_id AND found.period @> staged.period""",
        )
    stage.refuse(
        "started_on: The person is not in this role at this school on all these days.",
        "person_id IS NULL",
    )
    _look_up_partnerships(stage)


def _look_up_partnerships(stage: Stage) -> None:
    """Find the partnership of each row; without one the training waits."""
    theirs = """partnership.school_id = staged.school_id
        AND partnership.lead_provider_id = staged.provider_id
        AND partnership.cohort_id = staged.cohort_id
        AND (staged.partner_id IS NULL OR partnership.delivery_partner_id = staged.partner_id)
        AND (staged.partnership_id IS NULL OR partnership.public_id = staged.partnership_id)"""
    stage.look_up(
        "of_partnership",
        f"""(
            SELECT staged.line, min(partnership.id) AS id
            FROM staged JOIN declarations_schoolpartnership AS partnership ON {theirs}
            GROUP BY staged.line HAVING count(*) = 1
        )""",
        "found.line = staged.line",
    )
    stage.refuse(
        "lead_provider: The school has several partnerships with it in this cohort. Fill in"
        " delivery_partner.",
        "of_partnership IS NULL AND EXISTS"
        f" (SELECT FROM declarations_schoolpartnership AS partnership WHERE {theirs})",
    )
    for name in ("delivery_partner", "partnership_id"):
        stage.refuse(
            f"{name}: The school has no such partnership with this lead provider in this cohort."
            " Import school years first.",
            f"of_partnership IS NULL AND {name} IS NOT NULL",
        )
    stage.refuse(
        "cohort: The school has no partnership with this lead provider, and its year is not"
        " provider-led, so the training cannot wait for one. Import school years first.",
        """of_partnership IS NULL AND NOT EXISTS (SELECT FROM declarations_schoolyear AS year
        WHERE year.school_id = staged.school_id AND year.cohort_id = staged.cohort_id
            AND year.programme = %(provider_led)s)""",
        provider_led=TrainingProgramme.PROVIDER_LED,
    )
    stage.refuse(
        "withdrawn_at, deferred_at: A provider stops no training that waits for its partnership.",
        "of_partnership IS NULL AND coalesce(withdrawn_at, deferred_at) IS NOT NULL",
    )


def _judge(stage: Stage) -> None:
    """Know what is recorded, and refuse what would overlap or denies an id."""
    stage.refuse(
        "training_record_id: Another one is recorded for the person with this TRN.",
        "EXISTS (SELECT FROM schools_teacher AS teacher WHERE teacher.id = teacher_id"
        " AND teacher.mentor_training_record_id <> training_record_id)",
    )
    same_person = f"""recorded.teacher_id = staged.teacher_id
        AND recorded.course_identifier = CASE staged.role WHEN '{MENTOR}' THEN '{_COURSES[MENTOR]}'
            ELSE '{_COURSES[ECT]}' END
        AND coalesce(recorded.mentor_id, recorded.ect_id) = staged.person_id"""
    stopped = " AND ".join(
        f"(staged.{what}_at IS NULL OR recorded.{what}_at = staged.{what}_at"
        f" AND recorded.{what}_reason = staged.{what}_reason)"
        for what in _STOPS
    )
    stage.know(
        f"""EXISTS (SELECT FROM declarations_trainingperiod AS recorded WHERE {same_person}
        AND recorded.lead_provider_id = staged.provider_id
        AND recorded.cohort_id = staged.cohort_id AND recorded.started_on = staged.started_on
        AND (staged.last_day IS NULL OR recorded.finished_on = staged.last_day + 1)
        AND (staged.of_partnership IS NULL OR recorded.partnership_id = staged.of_partnership)
        AND (staged.end_reason IS NULL OR recorded.end_reason = staged.end_reason)
        AND {stopped})"""
    )
    stage.refuse(
        "started_on: Other training of this person is recorded at that time.",
        "EXISTS (SELECT FROM declarations_trainingperiod AS recorded"
        f" WHERE {same_person} AND recorded.period && staged.period)",
    )
    stage.refuse_pairs(
        "started_on: This person has other training at that time by line {line}.",
        "other.person_id = staged.person_id AND other.role = staged.role"
        " AND other.period && staged.period",
    )


# Each mentor of the file who was held eligible from no day is so from their first day of training
# in it. What comes out is those with a submitted declaration.
_MAKE_ELIGIBLE = f"""
    WITH eligible AS (
        UPDATE schools_teacher AS teacher SET mentor_funding_eligible_from = first.started_on
        FROM (
            SELECT teacher_id, min(started_on) AS started_on FROM staged WHERE role = '{MENTOR}'
            GROUP BY teacher_id
        ) AS first
        WHERE teacher.id = first.teacher_id AND teacher.mentor_funding_eligible_from IS NULL
        RETURNING teacher.id
    )
    SELECT id FROM eligible WHERE id IN (
        SELECT teacher_id FROM declarations_declaration WHERE state = '{State.SUBMITTED}'
    )
"""


def _make_eligible(stage: Stage, by: str, now: datetime) -> None:
    """Training makes a mentor eligible for funding, as where a school chooses it."""
    stage.execute(_MAKE_ELIGIBLE)
    declared = [teacher_id for (teacher_id,) in stage.cursor.fetchall()]
    for teacher in Teacher.objects.filter(pk__in=declared):
        since = cast(date, teacher.mentor_funding_eligible_from)
        make_declared_eligible(teacher, since, by=by, now=now)


_INSERT = f"""
    INSERT INTO declarations_trainingperiod (public_id, mentor_id, ect_id, teacher_id, school_id,
        lead_provider_id, cohort_id, partnership_id, started_on, finished_on, end_reason,
        withdrawn_at, withdrawn_reason, deferred_at, deferred_reason)
    SELECT gen_random_uuid(), CASE role WHEN '{MENTOR}' THEN person_id END,
        CASE role WHEN '{ECT}' THEN person_id END, teacher_id, school_id, provider_id, cohort_id,
        of_partnership, started_on, last_day + 1, coalesce(end_reason, ''), withdrawn_at,
        coalesce(withdrawn_reason, ''), deferred_at, coalesce(deferred_reason, '')
    FROM staged ORDER BY line
"""
