"""How the rows of a file name a lead provider, a delivery partner and a cohort."""

from core.staging import Stage


def find_cohort(stage: Stage) -> None:
    """Set `cohort_id` by `cohort`, the year in which it starts; an unknown one is refused."""
    stage.look_up(
        "cohort_id",
        "declarations_cohort",
        "found.start_year = staged.cohort",
        of="cohort",
        reason="There is no such cohort. Enter the year in which it starts, or add it in admin.",
    )


def find_lead_provider(stage: Stage) -> None:
    """Set `provider_id` by `lead_provider`; an unknown name is refused."""
    stage.look_up(
        "provider_id",
        "declarations_leadprovider",
        "found.name = staged.lead_provider",
        of="lead_provider",
        reason="No lead provider has this name.",
    )


def find_delivery_partner(stage: Stage, reason: str = "No delivery partner has this name.") -> None:
    """Set `partner_id` by `delivery_partner`; an unknown name is refused if there is a reason."""
    stage.look_up(
        "partner_id",
        "declarations_deliverypartner",
        "found.name = staged.delivery_partner",
        of="delivery_partner",
        reason=reason,
    )
