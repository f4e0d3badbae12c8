"""A school decides how it trains in an academic year, and what waits follows."""

from datetime import UTC, date, datetime

import pytest

from core.refusals import RefusedChange
from declarations.models import LeadProvider, SchoolYear, TrainingPeriod
from declarations.year_choices import (
    changeable_years,
    plan_year,
    providers_in,
    providers_of,
    school_year,
    schools_to_ask,
    set_year,
    why_fixed,
)
from schools.models import School
from tests.builders import (
    make_cohort,
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_waiting,
)

pytestmark = pytest.mark.django_db

NOW, TODAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), date(2026, 3, 2)
US, THEM = "Ambition Institute", "Teach First"
Programme = SchoolYear.Programme


@pytest.fixture
def school() -> School:
    for name in (US, THEM):
        make_pair(name, "A hub", 2025)
    return make_school()


def provider(name: str | None) -> LeadProvider | None:
    return LeadProvider.objects.get(name=name) if name else None


def decide(
    school: School,
    programme: str = Programme.PROVIDER_LED,
    name: str | None = None,
    year: int = 2025,
    seen: str | None = None,
) -> SchoolYear:
    choice = (Programme(programme), provider(name))
    if seen is None:
        seen = plan_year(school_year(school, year), *choice, TODAY).key
    return set_year(school, year, *choice, seen=seen, by="user 1", now=NOW)


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 8, 31), (2025, 2026)),
        (date(2026, 9, 1), (2026, 2027)),
        (date(2027, 5, 31), (2026, 2027)),
    ],
)
def test_the_present_and_the_coming_year_can_be_changed(day, years):
    assert changeable_years(day) == years


@pytest.mark.parametrize(
    ("day", "programme", "asked"),
    [
        (date(2026, 5, 31), None, None),
        (date(2026, 6, 1), None, 2026),
        (date(2026, 6, 1), "not_decided", 2026),
        (date(2026, 6, 1), "school_led", None),
        (date(2026, 11, 26), None, 2026),
        (date(2027, 6, 1), None, None),  # DfE has not opened 2027
    ],
)
def test_the_coming_year_is_asked_for_from_1_june(school, day, programme, asked):
    years = [SchoolYear(school=school, cohort=make_cohort(2025), programme="provider_led")]
    cohort = make_cohort(2026)
    if programme:
        years.append(SchoolYear(school=school, cohort=cohort, programme=programme))
    assert schools_to_ask({school.pk: years}, day).get(school.pk) == asked


def test_the_providers_of_a_year_are_those_with_a_delivery_partner_in_it(school):
    make_pair("Best Practice Network", "A hub", 2024)
    make_pair(US, "Another hub", 2025)
    assert [each.name for each in providers_in(make_cohort(2025))] == [US, THEM]


def test_partnerships_go_before_the_provider_that_the_school_chose(school):
    year = decide(school, name=THEM)
    assert [each.name for each in providers_of(year)] == [THEM]
    make_partnership(school, 2025, US)
    assert [each.name for each in providers_of(year)] == [US]
    assert why_fixed(year, TODAY) == (
        f"{US} confirmed that your school works with them in 2025 to 2026. To change the programme"
        f" or the lead provider of that year, contact {US}"
    )
    with pytest.raises(RefusedChange, match=f"contact {US}"):
        decide(school, Programme.SCHOOL_LED, seen="")


def test_an_earlier_year_cannot_be_changed(school):
    make_cohort(2024)
    with pytest.raises(RefusedChange, match="2024 to 2025 can no longer be changed here"):
        decide(school, Programme.SCHOOL_LED, year=2024)


def test_a_provider_of_another_year_is_refused(school):
    make_pair("Best Practice Network", "A hub", 2024)
    with pytest.raises(RefusedChange, match="does not train teachers in 2025 to 2026"):
        decide(school, name="Best Practice Network")


def test_who_waits_for_the_former_provider_follows(school):
    decide(school, name=US)
    follows, other = (make_waiting(make_mentor(school=school), n, 2025) for n in (US, THEM))
    over = make_waiting(make_mentor(school=school), US, 2025, finished_on=date(2026, 1, 1))
    elsewhere = make_waiting(make_mentor(), US, 2025)
    make_pair("National Institute of Teaching", "A hub", 2025)
    decide(school, name="National Institute of Teaching")
    for period, name in (
        (follows, "National Institute of Teaching"),
        (other, THEM),
        (over, US),
        (elsewhere, US),
    ):
        period.refresh_from_db()
        assert period.lead_provider.name == name


def test_when_no_new_provider_is_known_who_waits_goes_on_waiting(school):
    year = decide(school, name=US)
    period = make_waiting(make_mentor(school=school), US, 2025)
    assert plan_year(year, Programme.PROVIDER_LED, None, TODAY).staying == (period,)
    assert decide(school).lead_provider is None
    period.refresh_from_db()
    assert period.lead_provider.name == US


@pytest.mark.parametrize("programme", [Programme.SCHOOL_LED, Programme.NOT_DECIDED])
def test_without_a_provider_waiting_training_is_deleted(school, programme):
    decide(school, name=US)
    for name in (US, THEM):
        make_waiting(make_mentor(school=school), name, 2025)
    kept = [
        make_waiting(make_mentor(), US, 2025),
        make_waiting(make_mentor(school=school), US, 2024),
    ]
    year = decide(school, programme, THEM)
    assert (year.programme, year.lead_provider) == (programme, None)
    assert set(TrainingPeriod.objects.all()) == set(kept)


def test_what_came_since_the_page_was_shown_is_refused(school):
    year = decide(school, name=US)
    seen = plan_year(year, Programme.SCHOOL_LED, None, TODAY).key
    make_waiting(make_mentor(school=school), US, 2025)
    with pytest.raises(RefusedChange, match="have changed"):
        decide(school, Programme.SCHOOL_LED, seen=seen)
    assert TrainingPeriod.objects.exists()
