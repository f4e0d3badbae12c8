"""The import of who works with whom, of school years, and of training."""

from datetime import UTC, date, datetime
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command

from declarations.imports import (
    import_delivery_partners,
    import_school_years,
    import_training,
)
from declarations.models import (
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from declarations.states import State
from schools.models import School, Teacher
from tests.builders import make_cohort, make_ect, make_mentor, make_school, make_teacher
from tests.declarations.trained import declare
from tests.declarations.uploading import check_and_import, found, member, send
from tests.importing import file_of, imported, reason

pytestmark = pytest.mark.django_db
ID = "1f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10"
OTHER_ID = "2f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10"
PAIR = {"lead_provider": "Ambition Institute", "delivery_partner": "Selby Hub", "cohort": "2024"}
YEAR = PAIR | {"urn": "140001", "programme": "provider_led"}
OWN = {"urn": "140001", "cohort": "2024", "programme": "school_led"}
TRAINING = {
    "trn": "0012345",
    "role": "mentor",
    "urn": "140001",
    "lead_provider": "Ambition Institute",
    "cohort": "2024",
    "started_on": "2024-09-01",
    "last_day": "",
}
STOPPED = {
    "last_day": "2024-12-31",
    "deferred_at": "2025-01-01T00:00:00Z",
    "deferred_reason": "other",
}


@pytest.fixture(autouse=True)
def people():
    """A mentor and an ECT at a school, two lead providers and two cohorts."""
    school = make_school(urn=140001)
    make_school("Second School", urn=140002)
    make_mentor(make_teacher(trn="0012345"), school, started_on=date(2023, 9, 1))
    make_ect(
        make_teacher(trn="2000001"),
        school,
        started_on=date(2024, 9, 1),
        finished_on=date(2026, 9, 1),
    )
    for name in ("Ambition Institute", "Teach First"):
        LeadProvider.objects.create(name=name)
    for year in (2024, 2025):
        make_cohort(year)


def bring_in(*years: dict) -> None:
    """Import who works with whom and the years of these rows."""
    pairs = [{name: year[name] for name in PAIR} for year in years]
    assert imported(import_delivery_partners, *pairs).refused == 0
    assert imported(import_school_years, *years).refused == 0


class TestDeliveryPartners:
    def test_pairs_come_with_their_delivery_partners_and_their_ids(self):
        rows = (PAIR | {"delivery_partner_id": ID}, PAIR | {"cohort": "2025"})
        assert imported(import_delivery_partners, *rows, commit=False)[:3] == (2, 0, 0)
        assert not DeliveryPartner.objects.exists()
        assert imported(import_delivery_partners, *rows)[:3] == (2, 0, 0)
        assert DeliveryPartner.objects.get().public_id == UUID(ID)
        assert LeadProviderDeliveryPartnership.objects.count() == 2
        assert imported(import_delivery_partners, *rows)[:3] == (0, 2, 0)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"lead_provider": "Nobody"}, "lead_provider: No lead provider has this name."),
            ({"cohort": "2031"}, "cohort: There is no such cohort."),
            ({"delivery_partner": ""}, "delivery_partner: It is empty."),
            ({"delivery_partner_id": OTHER_ID}, "delivery_partner_id: It is another delivery"),
            (
                {"delivery_partner": "Leeds Hub", "delivery_partner_id": ID},
                "delivery_partner_id: It is another delivery partner's",
            ),
        ],
    )
    def test_a_row_that_is_refused(self, changed, why):
        imported(import_delivery_partners, PAIR | {"cohort": "2025", "delivery_partner_id": ID})
        assert reason(import_delivery_partners, PAIR | changed).startswith(why)

    def test_rows_that_deny_each_other(self):
        rows = (
            PAIR | {"delivery_partner_id": ID},
            PAIR | {"cohort": "2025", "delivery_partner_id": OTHER_ID},
        )
        assert imported(import_delivery_partners, *rows).refused == 2


class TestSchoolYears:
    def test_years_come_with_partnerships_and_the_ids_that_providers_hold(self):
        imported(import_delivery_partners, PAIR, PAIR | {"lead_provider": "Teach First"})
        rows = (
            YEAR | {"partnership_id": ID, "school_id": OTHER_ID, "appropriate_body": "Hub AB"},
            YEAR | {"lead_provider": "Teach First"},
            {"urn": "140002", "cohort": "2024", "programme": "school_led"},
        )
        assert imported(import_school_years, *rows, commit=False)[:3] == (3, 0, 0)
        assert not SchoolYear.objects.exists()
        assert imported(import_school_years, *rows)[:3] == (3, 0, 0)
        school = School.objects.get(urn=140001)
        year = school.school_years.get()
        assert (school.public_id, year.appropriate_body) == (UUID(OTHER_ID), "Hub AB")
        partnerships = year.partnerships.order_by("lead_provider__name")
        assert [each.lead_provider.name for each in partnerships] == [
            "Ambition Institute",
            "Teach First",
        ]
        assert partnerships[0].public_id == UUID(ID)
        assert imported(import_school_years, *rows)[:3] == (0, 3, 0)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"urn": "999998"}, "urn: No school has this URN."),
            ({"programme": "own"}, "programme: It must be provider_led or school_led or not_"),
            ({"programme": "school_led"}, "programme: It must be provider_led here."),
            ({"delivery_partner": ""}, "lead_provider: Enter it together with delivery_partner"),
            (
                {"lead_provider": "", "delivery_partner": "", "partnership_id": ID},
                "lead_provider: It is empty, and partnership_id is not.",
            ),
            ({"lead_provider": "Teach First"}, "delivery_partner: It does not work with this"),
            ({"delivery_partner": "Unknown Hub"}, "delivery_partner: No delivery partner has"),
            ({"school_id": OTHER_ID}, "school_id: The school has another id, which providers"),
            ({"partnership_id": OTHER_ID}, "partnership_id: Another one is recorded for this"),
            ({"appropriate_body": "Other"}, "appropriate_body: Another one is recorded for this"),
            (
                {"urn": "140002", "partnership_id": ID},
                "partnership_id: It is another",
            ),
        ],
    )
    def test_a_row_that_is_refused(self, changed, why):
        bring_in(YEAR | {"partnership_id": ID, "appropriate_body": "Hub AB"})
        assert reason(import_school_years, YEAR | changed).startswith(why)

    def test_rows_that_deny_each_other(self):
        imported(import_delivery_partners, PAIR)
        same_year = {"urn": "140001", "cohort": "2024", "programme": "not_decided"}
        assert imported(import_school_years, YEAR, same_year).reasons == {
            2: "programme: Line 3 says something else of this year.",
            3: "programme: Line 2 says something else of this year.",
        }
        assert not SchoolYear.objects.exists()

    def test_waiting_training_begins_in_a_partnership_that_is_imported(self):
        year = {"urn": "140001", "cohort": "2024", "programme": "provider_led"}
        assert imported(import_school_years, year).added == 1
        assert imported(import_training, TRAINING).added == 1
        assert TrainingPeriod.objects.get().waits
        bring_in(YEAR)
        assert TrainingPeriod.objects.get().partnership == SchoolPartnership.objects.get()
        assert imported(import_training, TRAINING)[:3] == (0, 1, 0)


class TestTraining:
    @pytest.mark.parametrize("held", [None, date(2023, 9, 1)])
    def test_a_mentor_is_eligible_from_its_first_day_unless_dfe_holds_a_day(self, held):
        Teacher.objects.update(mentor_funding_eligible_from=held)
        bring_in(YEAR)
        ended = TRAINING | {"last_day": "2025-08-31"}
        ect = ended | {"trn": "2000001", "role": "ect"}
        imported(import_training, TRAINING | {"started_on": "2025-09-01"}, ended, ect)
        days = Teacher.objects.order_by("trn").values_list(
            "mentor_funding_eligible_from", flat=True
        )
        assert list(days) == [held or date(2024, 9, 1), held]

    @pytest.mark.parametrize(
        ("held", "state"), [(None, State.ELIGIBLE), (date(2023, 9, 1), State.SUBMITTED)]
    )
    def test_it_makes_eligible_what_was_declared_since_of_the_newly_eligible(self, held, state):
        bring_in(YEAR)
        imported(import_training, TRAINING | {"started_on": "2025-01-01"})
        Teacher.objects.update(mentor_funding_eligible_from=None)
        declared = declare(TrainingPeriod.objects.get(), declaration_date="2025-03-01T10:00:00Z")
        Teacher.objects.update(mentor_funding_eligible_from=held)
        imported(import_training, TRAINING | {"last_day": "2024-12-31"})
        declared.refresh_from_db()
        assert declared.state == state

    def test_training_comes_with_partnership_days_and_how_it_ended(self):
        bring_in(YEAR, YEAR | {"cohort": "2025", "lead_provider": "Teach First"})
        Teacher.objects.filter(trn="0012345").update(mentor_training_record_id=OTHER_ID)
        rows = (
            TRAINING
            | {
                "cohort": "2025",
                "lead_provider": "Teach First",
                "started_on": "1/9/2025",
                "training_record_id": OTHER_ID,
            },
            TRAINING
            | {
                "trn": "12345",
                "delivery_partner": "Selby Hub",
                "last_day": "2025-08-31",
                "withdrawn_at": "2025-08-31T10:00:00Z",
                "withdrawn_reason": "moved-school",
            },
            TRAINING | {"trn": "2000001", "role": "ect", "last_day": "2026-08-31"},
        )
        assert imported(import_training, *rows, commit=False)[:3] == (3, 0, 0)
        assert not TrainingPeriod.objects.exists()
        assert imported(import_training, *rows)[:3] == (3, 0, 0)
        first, second = TrainingPeriod.objects.filter(mentor__isnull=False).order_by("started_on")
        assert first.withdrawn_at == datetime(2025, 8, 31, 10, tzinfo=UTC)
        assert (first.partnership.cohort.start_year, first.finished_on) == (2024, date(2025, 9, 1))
        assert (second.lead_provider.name, second.finished_on) == ("Teach First", None)
        assert first.events.get().pgh_context.metadata["by"] == "user 1"
        assert imported(import_training, *rows)[:3] == (0, 3, 0)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"trn": "9999999"}, "trn: No teacher has this TRN."),
            ({"role": "tutor"}, "role: It must be mentor or ect."),
            ({"lead_provider": "Nobody"}, "lead_provider: No lead provider has this name."),
            ({"cohort": "2025"}, "cohort: The school has no partnership with this lead provider"),
            ({"started_on": "2023-08-31"}, "started_on: The person is not in this role at this"),
            ({"role": "ect"}, "started_on: The person is not in this role at this"),
            ({"urn": "140002"}, "started_on: The person is not in this role at this school on"),
            ({"last_day": "2024-08-31"}, "last_day: It is before started_on."),
            ({"delivery_partner": "Unknown"}, "delivery_partner: No delivery partner has"),
            ({"partnership_id": OTHER_ID}, "partnership_id: The school has no such partnership"),
            ({"training_record_id": OTHER_ID}, "training_record_id: Another one is recorded"),
            ({"end_reason": "completed"}, "last_day: It is empty, and end_reason is not."),
            ({"withdrawn_at": "2025-01-01"}, "withdrawn_at: Enter a moment with its offset"),
            # PostgreSQL would keep it, in the year before the first one, and no page could read it.
            ({"withdrawn_at": "0001-01-01T00:00:00+14:00"}, "withdrawn_at: Enter a moment with"),
            (
                {"deferred_at": "2010-08-31T10:00:00Z", "deferred_reason": "other"},
                "deferred_at: It must be on or after 1 September 2010.",
            ),
            ({"withdrawn_reason": "other"}, "withdrawn_at: Enter it together with"),
            (
                {"deferred_at": "2025-01-01T00:00:00Z", "deferred_reason": "other"},
                "last_day: It is empty, and deferred_at is not.",
            ),
            (
                STOPPED | {"withdrawn_at": "2025-01-01T00:00:00Z", "withdrawn_reason": "other"},
                "deferred_at: Training is withdrawn or deferred, not both.",
            ),
            (
                STOPPED | {"deferred_at": "2100-01-01T00:00:00Z"},
                "deferred_at: It is in the future.",
            ),
            (
                {"role": "ect", "training_record_id": ID},
                "training_record_id: It is for mentors only.",
            ),
        ],
    )
    def test_a_row_that_is_refused(self, changed, why):
        bring_in(YEAR)
        assert reason(import_training, TRAINING | changed).startswith(why)
        assert not TrainingPeriod.objects.exists()

    def test_one_provider_with_two_partners_is_asked_about(self):
        bring_in(YEAR, YEAR | {"delivery_partner": "Leeds Hub"})
        assert reason(import_training, TRAINING).startswith("lead_provider: The school has several")
        named = TRAINING | {"delivery_partner": "Leeds Hub"}
        assert imported(import_training, named).added == 1
        assert TrainingPeriod.objects.get().partnership.delivery_partner.name == "Leeds Hub"

    def test_training_does_not_overlap(self):
        bring_in(YEAR, YEAR | {"lead_provider": "Teach First"})
        other = TRAINING | {"lead_provider": "Teach First", "started_on": "2025-09-01"}
        assert imported(import_training, TRAINING, other).reasons == {
            2: "started_on: This person has other training at that time by line 3.",
            3: "started_on: This person has other training at that time by line 2.",
        }
        assert imported(import_training, TRAINING).added == 1
        assert reason(import_training, other) == (
            "started_on: Other training of this person is recorded at that time."
        )


@pytest.mark.parametrize(
    ("name", "model", "row"),
    [
        ("delivery_partners", "leadproviderdeliverypartnership", PAIR),
        (
            "school_years",
            "schoolyear",
            {"urn": "140001", "cohort": "2024", "programme": "school_led"},
        ),
        ("training", "trainingperiod", TRAINING),
    ],
)
def test_each_is_a_command_and_an_upload(client, tmp_path, name, model, row):
    if name == "training":
        bring_in(YEAR)
    content = file_of(row).getvalue()
    member(client, superuser=True)
    address = f"/admin/declarations/{model}/upload/"
    assert found(check_and_import(client, address, content)).counts == (1, 0, 0)
    (tmp_path / "f.csv").write_bytes(content)
    out = StringIO()
    call_command(f"import_{name}", str(tmp_path / "f.csv"), "--commit", stdout=out)
    assert out.getvalue() == "f.csv: 0 added, 1 there already, 0 refused\n"
    assert found(send(client, address, content)).counts == (0, 1, 0)
