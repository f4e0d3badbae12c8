"""Partnerships of schools: a lead provider reports one, or corrects its delivery partner.

The tables of refusals are the provider contract's, in its order and words
(docs/lead-provider-api.md, "Partnerships").
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

import pghistory
from django.db import transaction

from core.periods import london_day
from core.text import read_uuid
from declarations import cohort_rules
from declarations.claims import ContractRow, is_missing, refuse_by
from declarations.locks import (
    give_up_after_two_seconds,
    lock_school_year,
    lock_teachers_of_training,
)
from declarations.models import (
    Cohort,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    SchoolPartnership,
    SchoolYear,
)
from declarations.school_years import open_partnership
from schools.models import School

# The schools with which a partnership may be made.
ELIGIBLE_STATUSES = (School.Status.OPEN, School.Status.PROPOSED_TO_CLOSE)


@dataclass(frozen=True)
class PartnershipClaim:
    """The contract's attributes of a partnership; each may be any value that JSON can hold."""

    cohort: object = None
    school_id: object = None
    delivery_partner_id: object = None


def report_partnership(
    provider: LeadProvider, claim: PartnershipClaim, *, by: str, now: datetime
) -> SchoolPartnership:
    """Make the partnership that a provider reports, and take in the training that waits for it.

    A year that is undecided or absent becomes provider-led. `by` is a kind and an id ("token 3").
    Raises RefusedCall in the contract's words, and OperationalError when another transaction holds
    the school's year for more than two seconds. Of two equal reports at once the second is refused.
    """
    with transaction.atomic(), pghistory.context(by=by):
        give_up_after_two_seconds()
        report = _Report(provider, claim, now)
        year = report.locked_year
        refuse_by(_REPORT, report)
        assert year is not None  # noqa: S101 - no row of the table applied
        assert report.partner is not None  # noqa: S101
        return open_partnership(year, provider, report.partner)


def correct_partnership(
    provider: LeadProvider, partnership_id: UUID, delivery_partner_id: object, *, by: str
) -> SchoolPartnership:
    """Give a partnership of this provider another delivery partner: a correction.

    `partnership_id` is the public id, `delivery_partner_id` as it was sent. Declarations keep their
    partner. Raises SchoolPartnership.DoesNotExist when the provider has none with this id, and
    RefusedCall and OperationalError as `report_partnership` does.
    """
    with transaction.atomic(), pghistory.context(by=by):
        give_up_after_two_seconds()
        partnership = SchoolPartnership.objects.select_related("cohort").get(
            lead_provider=provider, public_id=partnership_id
        )
        lock_school_year(partnership.school_id, partnership.cohort_id)
        # The teachers' declarations are moved.
        lock_teachers_of_training(partnership.training_periods.all())
        # Raises DoesNotExist if it has been deleted meanwhile.
        partnership.refresh_from_db(fields=["delivery_partner"])
        correction = _Correction(partnership, delivery_partner_id)
        refuse_by(_CORRECTION, correction)
        assert correction.partner is not None  # noqa: S101 - no row of the table applied
        partnership.delivery_partner = correction.partner
        partnership.save(update_fields=["delivery_partner"])
    return partnership


class _NamesPartner:
    """The conditions on the delivery partner that a call names."""

    named: object
    provider_id: int
    cohort: Cohort | None

    @cached_property
    def partner(self) -> DeliveryPartner | None:
        public_id = read_uuid(self.named)
        return DeliveryPartner.objects.filter(public_id=public_id).first() if public_id else None

    def partner_missing(self) -> bool:
        return is_missing(self.named)

    def partner_unknown(self) -> bool:
        return self.partner is None

    def works_with_another(self) -> bool:
        pairs = LeadProviderDeliveryPartnership.objects.filter(
            lead_provider=self.provider_id, delivery_partner=self.partner, cohort=self.cohort
        )
        return not (self.cohort and pairs.exists())


class _Report(_NamesPartner):
    """A report of a partnership, with all that it is judged on."""

    def __init__(self, provider: LeadProvider, claim: PartnershipClaim, now: datetime) -> None:
        self.claim, self.named = claim, claim.delivery_partner_id
        self.provider_id, self.today = provider.pk, london_day(now)
        self.cohort = _cohort(claim.cohort)

    @cached_property
    def school(self) -> School | None:
        public_id = read_uuid(self.claim.school_id)
        return School.objects.filter(public_id=public_id).first() if public_id else None

    @cached_property
    def locked_year(self) -> SchoolYear | None:
        """The school's year, locked; None without a known school and cohort."""
        if self.school is None or self.cohort is None:
            return None
        return lock_school_year(self.school.pk, self.cohort.pk)

    def cohort_missing(self) -> bool:
        return is_missing(self.claim.cohort)

    def cohort_unknown(self) -> bool:
        return self.cohort is None

    def cohort_to_come(self) -> bool:
        return bool(self.cohort and cohort_rules.first_day(self.cohort.start_year) > self.today)

    def cohort_closed(self) -> bool:
        return bool(self.cohort and self.cohort.closed_for_payment)

    def school_missing(self) -> bool:
        return is_missing(self.claim.school_id)

    def school_unknown(self) -> bool:
        return self.school is None

    def school_ineligible(self) -> bool:
        if self.school is None:
            return False
        return self.school.status not in ELIGIBLE_STATUSES or self.school.is_closed(self.today)

    def theirs_already(self) -> bool:
        year = self.locked_year
        return bool(year and year.partnerships.filter(lead_provider=self.provider_id).exists())

    def school_led(self) -> bool:
        year = self.locked_year
        return bool(year and year.programme == SchoolYear.Programme.SCHOOL_LED)


class _Correction(_NamesPartner):
    """A correction of a partnership's delivery partner."""

    def __init__(self, partnership: SchoolPartnership, named: object) -> None:
        self.partnership, self.named = partnership, named
        self.provider_id, self.cohort = partnership.lead_provider_id, partnership.cohort

    def there_already(self) -> bool:
        return SchoolPartnership.objects.filter(
            school_year=self.partnership.school_year_id,
            lead_provider=self.provider_id,
            delivery_partner=self.partner,
        ).exists()


def _cohort(named: object) -> Cohort | None:
    """The cohort of a year given as text or as a number."""
    text = str(named) if isinstance(named, str | int) and not isinstance(named, bool) else ""
    if not (text.isascii() and text.isdecimal() and len(text) == len("2026")):
        return None
    return Cohort.objects.filter(start_year=int(text)).first()


_PARTNER_MISSING = ContractRow(
    _NamesPartner.partner_missing, "delivery_partner_id", "Enter a '#/delivery_partner_id'."
)
_PARTNER = (
    ContractRow(
        _NamesPartner.partner_unknown,
        "delivery_partner_id",
        "The '#/delivery_partner_id' you have entered is invalid. Check delivery partner details "
        "and try again.",
    ),
    ContractRow(
        _NamesPartner.works_with_another,
        "delivery_partner_id",
        "The entered delivery partner is not recognised to be working in partnership with you for "
        "the given cohort. Contact the DfE for more information.",
    ),
)
_REPORT = (
    ContractRow(_Report.cohort_missing, "cohort", "Enter a '#/cohort'."),
    ContractRow(_Report.school_missing, "school_id", "Enter a '#/school_id'."),
    _PARTNER_MISSING,
    ContractRow(
        _Report.cohort_unknown,
        "cohort",
        "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
    ),
    ContractRow(
        _Report.cohort_to_come,
        "cohort",
        "You cannot create a partnership for a future cohort.",
    ),
    ContractRow(
        _Report.cohort_closed,
        "cohort",
        "You cannot create this partnership as the cohort is closed.",
    ),
    ContractRow(
        _Report.school_unknown,
        "school_id",
        "The '#/school_id' you have entered is invalid. Check school details and try again. "
        "Contact the DfE for support if you are unable to find the '#/school_id'.",
    ),
    ContractRow(
        _Report.school_ineligible,
        "school_id",
        "The school you have entered is currently ineligible for DfE funding. Contact the school "
        "for more information.",
    ),
    ContractRow(
        _Report.theirs_already,
        "school_id",
        "You are already in a confirmed partnership with this school for the entered cohort.",
    ),
    ContractRow(
        _Report.school_led,
        "school_id",
        "This school has only registered school-led participants. Contact the school for more "
        "information.",
    ),
    *_PARTNER,
)
_CORRECTION = (
    _PARTNER_MISSING,
    *_PARTNER,
    ContractRow(
        _Correction.there_already,
        "delivery_partner_id",
        "We are unable to process this request. You are already confirmed to be in partnership "
        "with the entered delivery partner. Contact the DfE for support.",
    ),
)
