"""The import of schools' academic years: the programme, the appropriate body, and partnerships.

A row is a year, with one of its partnerships if it has any: a year with two of them has two rows.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from core.cells import id_of, line_of, number_of, one_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.refusals import RefusedChange
from core.staging import Column, Columns, Stage, staging
from declarations.imports.look_ups import find_cohort, find_delivery_partner, find_lead_provider
from declarations.models.partnership import TrainingProgramme
from schools.imports.look_ups import find_school

COLUMNS = Columns(
    (
        Column("urn", "integer", number_of),
        Column("cohort", "integer", number_of),
        Column("programme", "text", one_of(TrainingProgramme.values)),
        Column("appropriate_body", "text", line_of(200), required=False),
        Column("lead_provider", "text", line_of(200), required=False),
        Column("delivery_partner", "text", line_of(200), required=False),
        Column("partnership_id", "uuid", id_of, required=False),
        Column("school_id", "uuid", id_of, required=False),
    )
)


def import_school_years(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import the years and partnerships of a CSV with COLUMNS; without `commit` it is a dry run.

    Training that waits for a partnership of the file becomes training in it. `by` is a kind and an
    id for the history. Fills in the report. Raises RefusedFile, also for more than `at_most` rows,
    and then nothing is written.
    """
    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(
            file,
            on_progress,
            at_most,
            _check,
            school_pk="bigint",
            cohort_id="bigint",
            year_pk="bigint",
            provider_id="bigint",
            partner_id="bigint",
        )
        stage.lock("declarations_schoolyear", "declarations_schoolpartnership")
        find_school(stage, "school_pk")
        find_cohort(stage)
        find_lead_provider(stage)
        find_delivery_partner(stage)
        _find_years(stage)
        _judge(stage)
        stage.tell()
        _write(stage)


def _check(values: Mapping[str, Any]) -> None:
    """Raise RefusedChange when the values of one row do not fit each other."""
    provider, partner = values["lead_provider"], values["delivery_partner"]
    if bool(provider) != bool(partner):
        raise RefusedChange("lead_provider: Enter it together with delivery_partner, or neither")
    if provider and values["programme"] != TrainingProgramme.PROVIDER_LED:
        raise RefusedChange(f"programme: It must be {TrainingProgramme.PROVIDER_LED} here")
    if values["partnership_id"] and not provider:
        raise RefusedChange("lead_provider: It is empty, and partnership_id is not")


def _find_years(stage: Stage) -> None:
    stage.look_up(
        "year_pk",
        "declarations_schoolyear",
        "found.school_id = staged.school_pk AND found.cohort_id = staged.cohort_id",
    )


_PARTNERSHIP = """SELECT FROM declarations_schoolpartnership AS partnership
    WHERE partnership.school_year_id = year_pk AND partnership.lead_provider_id = provider_id
        AND partnership.delivery_partner_id = partner_id"""


def _judge(stage: Stage) -> None:
    """Know what is recorded, and refuse what denies it or another row."""
    stage.know(
        f"""EXISTS (SELECT FROM declarations_schoolyear AS year WHERE year.id = year_pk
            AND year.programme = staged.programme
            AND coalesce(year.appropriate_body = staged.appropriate_body, true))
        AND (provider_id IS NULL OR EXISTS ({_PARTNERSHIP}
            AND coalesce(partnership.public_id = staged.partnership_id, true)))
        AND EXISTS (SELECT FROM schools_school AS school WHERE school.id = school_pk
            AND coalesce(school.public_id = staged.school_id, true))"""
    )
    for name in ("programme", "appropriate_body"):
        stage.refuse(
            f"{name}: Another one is recorded for this year. Change it in admin.",
            "EXISTS (SELECT FROM declarations_schoolyear AS year WHERE year.id = year_pk"
            f" AND year.{name} <> staged.{name})",
        )
        stage.refuse_pairs(
            f"{name}: Line {{line}} says something else of this year.",
            "other.urn = staged.urn AND other.cohort = staged.cohort"
            f" AND other.{name} <> staged.{name}",
        )
    stage.refuse(
        "delivery_partner: It does not work with this lead provider in this cohort. Import delivery"
        " partners first.",
        """provider_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM declarations_leadproviderdeliverypartnership AS pair
            WHERE pair.lead_provider_id = provider_id AND pair.delivery_partner_id = partner_id
                AND pair.cohort_id = staged.cohort_id)""",
    )
    _judge_ids(stage)


def _judge_ids(stage: Stage) -> None:
    stage.refuse(
        "school_id: The school has another id, which providers know since it has a year here.",
        """EXISTS (SELECT FROM schools_school AS school JOIN declarations_schoolyear AS year
            ON year.school_id = school.id
        WHERE school.id = school_pk AND school.public_id <> staged.school_id)""",
    )
    stage.refuse(
        "school_id: It is another school's.",
        "EXISTS (SELECT FROM schools_school AS school"
        " WHERE school.public_id = staged.school_id AND school.id <> school_pk)",
    )
    stage.refuse_pairs(
        "school_id: Line {line} gives it to another school.",
        "other.school_id = staged.school_id AND other.urn <> staged.urn",
    )
    stage.refuse_pairs(
        "school_id: Line {line} gives this school another one.",
        "other.urn = staged.urn AND other.school_id <> staged.school_id",
    )
    stage.refuse(
        "partnership_id: Another one is recorded for this partnership.",
        f"EXISTS ({_PARTNERSHIP} AND partnership.public_id <> staged.partnership_id)",
    )
    stage.refuse(
        "partnership_id: It is another partnership's.",
        """EXISTS (SELECT FROM declarations_schoolpartnership AS partnership
        WHERE partnership.public_id = staged.partnership_id)
        AND NOT EXISTS (SELECT FROM declarations_schoolpartnership AS partnership
        WHERE partnership.public_id = staged.partnership_id
            AND partnership.school_year_id = year_pk
            AND partnership.lead_provider_id = provider_id
            AND partnership.delivery_partner_id = partner_id)""",
    )
    stage.refuse_pairs(
        "partnership_id: Line {line} gives it to another partnership.",
        "other.partnership_id = staged.partnership_id",
    )
    stage.refuse_pairs(
        "lead_provider: Line {line} has the same partnership.",
        "other.urn = staged.urn AND other.cohort = staged.cohort"
        " AND other.provider_id = staged.provider_id AND other.partner_id = staged.partner_id",
    )


def _write(stage: Stage) -> None:
    """Write the rows that are left, and let waiting training begin in the new partnerships."""
    stage.execute(
        """
        UPDATE schools_school AS school SET public_id = said.school_id
        FROM (SELECT DISTINCT school_pk, school_id FROM staged WHERE school_id IS NOT NULL) AS said
        WHERE school.id = said.school_pk AND school.public_id <> said.school_id
        """
    )
    stage.execute(
        """
        INSERT INTO declarations_schoolyear (school_id, cohort_id, programme, appropriate_body)
        SELECT school_pk, cohort_id, min(programme), coalesce(min(appropriate_body), '')
        FROM staged WHERE year_pk IS NULL GROUP BY school_pk, cohort_id
        """
    )
    _find_years(stage)
    stage.execute(
        f"""
        INSERT INTO declarations_schoolpartnership
            (school_year_id, school_id, cohort_id, lead_provider_id, delivery_partner_id, public_id)
        SELECT year_pk, school_pk, cohort_id, provider_id, partner_id,
            coalesce(partnership_id, gen_random_uuid())
        FROM staged WHERE provider_id IS NOT NULL AND NOT EXISTS ({_PARTNERSHIP}) ORDER BY line
        """
    )
    stage.execute(
        """
        UPDATE declarations_trainingperiod AS training SET partnership_id = new.id
        FROM (
            SELECT DISTINCT ON (partnership.school_id, lead_provider_id, partnership.cohort_id)
                partnership.id, partnership.school_id, lead_provider_id, partnership.cohort_id
            FROM declarations_schoolpartnership AS partnership
            JOIN staged ON year_pk = school_year_id AND provider_id = lead_provider_id
            ORDER BY partnership.school_id, lead_provider_id, partnership.cohort_id, partnership.id
        ) AS new
        WHERE training.partnership_id IS NULL AND training.school_id = new.school_id
            AND training.lead_provider_id = new.lead_provider_id
            AND training.cohort_id = new.cohort_id
        """
    )
