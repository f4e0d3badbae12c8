"""Makes the sandbox of a lead provider: 200 invented schools, in each situation in turn."""

from datetime import date
from itertools import count, cycle, islice

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from declarations.cohort_rules import cohort_of
from declarations.models import (
    Cohort,
    CompletionNotice,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from sandbox.school import SandboxSchool
from sandbox.situations import LAST_CLOSED, SITUATIONS
from schools.models import InductionTutor, School, Teacher

SCHOOLS = 200
OTHER_PROVIDER = "Another lead provider of the sandbox"
_FIRST_URN, _FIRST_TRN = 900_001, 5_000_001
_FIRST_COHORT = 2020
_APPOINTED_ON = date(2021, 9, 1)


def is_made(provider: LeadProvider) -> bool:
    """Whether this provider has its sandbox. It has all of it or none."""
    return DeliveryPartner.objects.filter(name=_partner_of(provider)).exists()


def make_sandbox(provider: LeadProvider, today: date, schools: int) -> None:
    """Make so many schools for a provider, with their people, as of today; all or none."""
    with transaction.atomic():
        other, _ = LeadProvider.objects.get_or_create(name=OTHER_PROVIDER)
        partner = DeliveryPartner.objects.create(name=_partner_of(provider))
        cohorts = _cohorts(today)
        LeadProviderDeliveryPartnership.objects.bulk_create(
            LeadProviderDeliveryPartnership(
                lead_provider=each, delivery_partner=partner, cohort=cohort
            )
            for each in (provider, other)
            for cohort in cohorts.values()
        )
        trns = map(str, count(_next(Teacher, "trn", _FIRST_TRN)))
        urns = count(_next(School, "urn", _FIRST_URN))
        for number, (situation, make) in enumerate(islice(cycle(SITUATIONS), schools), 1):
            name = f"Sandbox school {number}: {situation}"
            school = School.objects.create(urn=next(urns), name=name)
            _appoint_tutor(school)
            make(
                SandboxSchool(
                    school,
                    provider,
                    partner,
                    other,
                    cohorts,
                    cohort=cohort_of(today) - 1,
                    today=today,
                    number=number,
                    trns=trns.__next__,
                )
            )
        # No tutor is to be emailed about invented mentors.
        notices = CompletionNotice.objects.filter(declaration__delivery_partner=partner)
        notices.update(told_at=F("noticed_at"))


def _partner_of(provider: LeadProvider) -> str:
    return f"Sandbox hub of {provider}"[:200]


def _cohorts(today: date) -> dict[int, Cohort]:
    return {
        year: Cohort.objects.get_or_create(
            start_year=year, defaults={"closed_for_payment": year <= LAST_CLOSED}
        )[0]
        for year in range(_FIRST_COHORT, cohort_of(today) + 1)
    }


def _next(model: type[School] | type[Teacher], column: str, first: int) -> int:
    """The number after the greatest in the database, or the first one of the sandbox."""
    greatest = model.objects.aggregate(greatest=Max(column))["greatest"]
    return max(int(greatest or 0) + 1, first)


def _appoint_tutor(school: School) -> None:
    user = User.objects.create_user(f"{school.urn}@tutors.sandbox.example", f"Tutor {school.urn}")
    InductionTutor.objects.create(user=user, school=school, started_on=_APPOINTED_ON)
