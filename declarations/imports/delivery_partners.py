"""The import of the delivery partners that each lead provider works with in a cohort."""

from datetime import datetime
from typing import BinaryIO

from core.cells import id_of, line_of, number_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.staging import Column, Columns, staging
from declarations.imports.look_ups import find_cohort, find_delivery_partner, find_lead_provider

COLUMNS = Columns(
    (
        Column("lead_provider", "text", line_of(200)),
        Column("delivery_partner", "text", line_of(200)),
        Column("cohort", "integer", number_of),
        Column("delivery_partner_id", "uuid", id_of, required=False),
    )
)


def import_delivery_partners(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Import which two work together from a CSV with COLUMNS; without `commit` it is a dry run.

    A delivery partner without a record is made. `by` is a kind and an id for the history. Fills in
    the report. Raises RefusedFile, also for more than `at_most` rows, and then nothing is written.
    """
    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(
            file,
            on_progress,
            at_most,
            provider_id="bigint",
            partner_id="bigint",
            cohort_id="bigint",
        )
        stage.lock("declarations_deliverypartner", "declarations_leadproviderdeliverypartnership")
        find_lead_provider(stage)
        find_cohort(stage)
        find_delivery_partner(stage, reason="")
        stage.refuse(
            "delivery_partner_id: It is another delivery partner's, or this one has another id.",
            """EXISTS (SELECT FROM declarations_deliverypartner AS partner
            WHERE (partner.id = partner_id) <> (partner.public_id = delivery_partner_id)
                OR partner_id IS NULL AND partner.public_id = delivery_partner_id)""",
        )
        stage.refuse_pairs(
            "delivery_partner_id: Line {line} gives this delivery partner another id.",
            "other.delivery_partner = staged.delivery_partner"
            " AND other.delivery_partner_id <> staged.delivery_partner_id",
        )
        stage.refuse_pairs(
            "delivery_partner_id: Line {line} gives it to another delivery partner.",
            "other.delivery_partner_id = staged.delivery_partner_id"
            " AND other.delivery_partner <> staged.delivery_partner",
        )
        stage.know(
            """EXISTS (SELECT FROM declarations_leadproviderdeliverypartnership AS pair
            WHERE pair.lead_provider_id = provider_id AND pair.delivery_partner_id = partner_id
                AND pair.cohort_id = staged.cohort_id)"""
        )
        # A row with the partner's id and one without say the same of the pair.
        stage.refuse_pairs(
            "delivery_partner: Line {line} has the same two and cohort.",
            """other.provider_id = staged.provider_id AND other.cohort_id = staged.cohort_id
            AND other.delivery_partner = staged.delivery_partner""",
        )
        stage.tell()
        stage.execute(
            """
            INSERT INTO declarations_deliverypartner (name, public_id)
            SELECT delivery_partner, coalesce(any_value(delivery_partner_id), gen_random_uuid())
            FROM staged WHERE partner_id IS NULL GROUP BY delivery_partner
            """
        )
        find_delivery_partner(stage)
        stage.execute(
            """
            INSERT INTO declarations_leadproviderdeliverypartnership
                (lead_provider_id, delivery_partner_id, cohort_id)
            SELECT provider_id, partner_id, cohort_id FROM staged ORDER BY line
            """
        )
