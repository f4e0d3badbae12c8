"""A provider reports a partnership, and corrects one: every refusal, and what follows."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from declarations.claims import RefusedCall
from declarations.models import SchoolPartnership, SchoolYear, TrainingPeriod
from declarations.partnerships import (
    PartnershipClaim,
    correct_partnership,
    report_partnership,
)
from schools.models import School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_waiting,
)
from tests.declarations.trained import BY, declare, make_trained, provider

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MISSING = (None, "", {}, {"a": 1}, [], ["x"])
US, PARTNER = "Ambition Institute", "Selby Teaching School Hub"

COHORT = {
    "missing": "Enter a '#/cohort'.",
    "unknown": "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
    "to come": "You cannot create a partnership for a future cohort.",
    "closed": "You cannot create this partnership as the cohort is closed.",
}
SCHOOL = {
    "missing": "Enter a '#/school_id'.",
    "unknown": "The '#/school_id' you have entered is invalid. Check school details and try again. "
    "Contact the DfE for support if you are unable to find the '#/school_id'.",
    "ineligible": "The school you have entered is currently ineligible for DfE funding. Contact "
    "the school for more information.",
    "theirs": "You are already in a confirmed partnership with this school for the entered cohort.",
    "school-led": "This school has only registered school-led participants. Contact the school for "
    "more information.",
}
PARTNERS = {
    "missing": "Enter a '#/delivery_partner_id'.",
    "unknown": "The '#/delivery_partner_id' you have entered is invalid. Check delivery partner "
    "details and try again.",
    "not with you": "The entered delivery partner is not recognised to be working in partnership "
    "with you for the given cohort. Contact the DfE for more information.",
    "there": "We are unable to process this request. You are already confirmed to be in "
    "partnership with the entered delivery partner. Contact the DfE for support.",
}


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def pair():
    return make_pair(US, PARTNER, 2025)


@pytest.fixture
def good(school, pair):
    """What reports the pair's partnership with the school in 2025."""
    return {
        "cohort": "2025",
        "school_id": str(school.public_id),
        "delivery_partner_id": str(pair.delivery_partner.public_id),
    }


def report(claim: dict, by: str = US, now: datetime = NOW) -> SchoolPartnership:
    return report_partnership(provider(by), PartnershipClaim(**claim), by=BY, now=now)


def refused(claim: dict, now: datetime = NOW) -> list[tuple[str, str]]:
    with pytest.raises(RefusedCall) as refusal:
        report(claim, now=now)
    return [tuple(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize("value", MISSING)
@pytest.mark.parametrize(
    ("attribute", "words"),
    [("cohort", COHORT), ("school_id", SCHOOL), ("delivery_partner_id", PARTNERS)],
)
def test_what_is_missing_is_asked_for(good, attribute, words, value):
    assert (attribute, words["missing"]) in refused(good | {attribute: value})


def test_all_that_is_missing_is_told_at_once():
    assert refused({}) == [
        ("cohort", COHORT["missing"]),
        ("school_id", SCHOOL["missing"]),
        ("delivery_partner_id", PARTNERS["missing"]),
    ]


@pytest.mark.parametrize("value", ["2031", 2031, "25", "x", True, 2025.5, "٢٠٢٥", "2025 ", -2025])
def test_an_unknown_cohort_and_with_it_the_partner(good, value):
    assert refused(good | {"cohort": value}) == [
        ("cohort", COHORT["unknown"]),
        ("delivery_partner_id", PARTNERS["not with you"]),
    ]


@pytest.mark.parametrize(
    ("now", "seen"), [("2025-05-31T22:59:59Z", True), ("2025-05-31T23:00:00Z", False)]
)
def test_a_cohort_begins_on_1_june_in_london(good, now, seen):
    now = datetime.fromisoformat(now)
    if seen:
        assert refused(good, now) == [("cohort", COHORT["to come"])]
    else:
        assert report(good, now=now)


def test_a_closed_cohort(good):
    cohort = make_cohort(2025)
    cohort.closed_for_payment = True
    cohort.save()
    assert refused(good) == [("cohort", COHORT["closed"])]


@pytest.mark.parametrize("value", ["5b04ddcb-ae15-4839-b7b2-27109decb119", "x", 1, True])
def test_an_unknown_school(good, value):
    assert refused(good | {"school_id": value}) == [("school_id", SCHOOL["unknown"])]


@pytest.mark.parametrize("status", School.Status)
def test_open_schools_are_eligible(good, school, status):
    School.objects.filter(pk=school.pk).update(status=status)
    if status in (School.Status.OPEN, School.Status.PROPOSED_TO_CLOSE):
        assert report(good)
    else:
        assert refused(good) == [("school_id", SCHOOL["ineligible"])]


@pytest.mark.parametrize(("closed_on", "closed"), [(NOW.date(), True), (date(2030, 1, 1), False)])
def test_a_school_is_closed_from_its_closing_day_on_whatever_its_status(
    good, school, closed_on, closed
):
    School.objects.filter(pk=school.pk).update(closed_on=closed_on)
    if closed:
        assert refused(good) == [("school_id", SCHOOL["ineligible"])]
    else:
        assert report(good)


def test_theirs_already_whatever_the_partner(good, school):
    make_partnership(school, 2025, US, "Another Hub")
    assert refused(good) == [("school_id", SCHOOL["theirs"])]


def test_another_provider_s_partnership_or_one_of_another_year_is_no_obstacle(good, school):
    make_partnership(school, 2025, "Teach First")
    make_partnership(school, 2024, US)
    assert report(good).cohort.start_year == 2025


def test_a_school_that_delivers_its_own_programme(good, school):
    SchoolYear.objects.create(school=school, cohort=make_cohort(2025), programme="school_led")
    assert refused(good) == [("school_id", SCHOOL["school-led"])]


@pytest.mark.parametrize("value", ["5b04ddcb-ae15-4839-b7b2-27109decb119", "x", 1])
def test_an_unknown_partner(good, value):
    wanted = [("delivery_partner_id", PARTNERS["unknown"])]
    assert refused(good | {"delivery_partner_id": value}) == wanted


def test_a_partner_who_works_with_another_provider_or_in_another_year(good):
    for other in (make_pair("Teach First", "Hub 1", 2025), make_pair(US, "Hub 2", 2024)):
        claim = good | {"delivery_partner_id": str(other.delivery_partner.public_id)}
        assert refused(claim) == [("delivery_partner_id", PARTNERS["not with you"])]


def test_a_refusal_leaves_nothing(good, school):
    refused(good | {"delivery_partner_id": "x"})
    assert not SchoolYear.objects.filter(school=school).exists()


@pytest.mark.parametrize("programme", [None, "not_decided", "provider_led"])
@pytest.mark.parametrize("cohort", ["2025", 2025])
def test_it_makes_the_partnership_and_the_year_is_provider_led(good, school, programme, cohort):
    if programme:
        SchoolYear.objects.create(school=school, cohort=make_cohort(2025), programme=programme)
    partnership = report(good | {"cohort": cohort})
    assert partnership.school_year.programme == SchoolYear.Programme.PROVIDER_LED
    assert (partnership.school, partnership.lead_provider) == (school, provider(US))
    assert partnership.delivery_partner.name == PARTNER
    assert SchoolYear.objects.get(school=school) == partnership.school_year


def test_what_waits_for_it_is_in_it_and_nothing_else(good, school):
    mentor, ect = make_mentor(school=school), make_ect(school=school)
    ours = [
        make_waiting(mentor, US, 2025, started_on=date(2022, 9, 1), finished_on=date(2023, 9, 1)),
        make_waiting(mentor, US, 2025, started_on=date(2026, 9, 1)),
        make_waiting(ect, US, 2025),
    ]
    others = [
        make_waiting(make_mentor(school=school), "Teach First", 2025),
        make_waiting(make_mentor(school=school), US, 2024),
        make_waiting(make_mentor(), US, 2025),
    ]
    days = list(TrainingPeriod.objects.order_by("pk").values_list("started_on", "finished_on"))
    partnership = report(good)
    taken_in = set(TrainingPeriod.objects.filter(partnership=partnership))
    assert taken_in == set(ours)
    assert all(TrainingPeriod.objects.get(pk=each.pk).waits for each in others)
    now = list(TrainingPeriod.objects.order_by("pk").values_list("started_on", "finished_on"))
    assert now == days


# --- Corrections ---


def correct(partnership: SchoolPartnership, named: object, by: str = US) -> SchoolPartnership:
    return correct_partnership(provider(by), partnership.public_id, named, by=BY)


def refused_correction(partnership: SchoolPartnership, named: object) -> list[tuple[str, str]]:
    with pytest.raises(RefusedCall) as refusal:
        correct(partnership, named)
    return [tuple(problem) for problem in refusal.value.problems]


def test_a_correction_names_a_partner_who_works_with_the_provider(school):
    partnership = make_partnership(school, 2025, US, PARTNER)
    other = make_pair("Teach First", "Hub 1", 2025).delivery_partner
    for value in MISSING:
        words = PARTNERS["missing"]
        assert refused_correction(partnership, value) == [("delivery_partner_id", words)]
    for value, words in (("x", "unknown"), (str(other.public_id), "not with you")):
        wanted = [("delivery_partner_id", PARTNERS[words])]
        assert refused_correction(partnership, value) == wanted


def test_a_correction_to_a_partner_that_is_there_is_refused_the_same_one_too(school):
    partnership = make_partnership(school, 2025, US, PARTNER)
    second = make_partnership(school, 2025, US, "Another Hub")
    for there in (partnership, second):
        named = str(there.delivery_partner.public_id)
        assert refused_correction(partnership, named) == [
            ("delivery_partner_id", PARTNERS["there"])
        ]


def test_only_its_own_partnership_can_be_corrected(school):
    partnership = make_partnership(school, 2025, "Teach First")
    for by, wanted in ((US, partnership.public_id), ("Teach First", uuid4())):
        with pytest.raises(SchoolPartnership.DoesNotExist):
            correct_partnership(provider(by), wanted, "x", by=BY)


def test_training_shows_the_corrected_partner_and_declarations_keep_theirs():
    training = make_trained(2023)
    declaration = declare(training)
    corrected = make_pair(US, "Another Hub", 2023).delivery_partner
    correct(training.partnership, str(corrected.public_id))
    training.refresh_from_db()
    declaration.refresh_from_db()
    assert training.partnership.delivery_partner == corrected
    assert declaration.delivery_partner.name == PARTNER
