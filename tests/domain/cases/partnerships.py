"""A school's academic years and partnerships."""

from tests.domain.refusals import Case
from tests.domain.rows import both, delete, insert, pair, update
from tests.domain.valid_rows import DECLARATION, PARTNERSHIP

_WHO = [
    Case(
        "declarations_leadprovider_name_key",
        insert("leadprovider", name="Provider 1", email=""),
        insert("leadprovider", name="Provider 3", email=""),
    ),
    Case(
        "leadprovider_name",
        insert("leadprovider", name="", email=""),
        insert("leadprovider", name="P", email=""),
    ),
    Case(
        "declarations_deliverypartner_name_key",
        insert("deliverypartner", name="Partner 1"),
        insert("deliverypartner", name="Partner 2"),
    ),
    Case(
        "declarations_deliverypartner_public_id_key",
        insert("deliverypartner", public_id=DECLARATION),
        insert("deliverypartner"),
    ),
    Case(
        "deliverypartner_name",
        insert("deliverypartner", name=""),
        insert("deliverypartner", name="P"),
    ),
    Case(
        "declarations_cohort_start_year_key",
        insert("cohort", start_year=2023),
        insert("cohort", start_year=2024),
    ),
    Case("cohort_start_year", insert("cohort", start_year=2019), insert("cohort", start_year=2020)),
    Case("cohort_start_year", insert("cohort", start_year=2101), insert("cohort", start_year=2100)),
]

_YEAR = [
    Case("schoolyear_once", insert("schoolyear", cohort_id=1), insert("schoolyear", cohort_id=2)),
    Case(
        "schoolyear_once",
        update("schoolyear", 3, cohort_id=1),
        update("schoolyear", 3, school_id=2),
    ),
    Case(
        "schoolyear_programme",
        insert("schoolyear", programme="core_induction"),
        insert("schoolyear", programme="not_decided"),
    ),
    Case(
        "schoolyear_lead_provider",
        insert("schoolyear", programme="not_decided", lead_provider_id=1),
        insert("schoolyear", programme="provider_led", lead_provider_id=1),
    ),
]

_IN_THE_SCHOOL_LED_YEAR = insert("schoolpartnership", school_year_id=3, cohort_id=2)
_ANOTHER_PARTNER = insert("deliverypartner", id=2)

_PAIR = [
    Case(
        "leadproviderdeliverypartnership_once",
        pair(cohort_id=1),
        pair(cohort_id=2),
    ),
    Case(
        "schoolpartnership_of_providers_who_work_together",
        both(_ANOTHER_PARTNER, insert("schoolpartnership", delivery_partner_id=2)),
        both(
            _ANOTHER_PARTNER,
            pair(lead_provider_id=2, delivery_partner_id=2, cohort_id=1),
            insert("schoolpartnership", delivery_partner_id=2),
        ),
    ),
    # One that is in use stays.
    Case(
        "schoolpartnership_of_providers_who_work_together",
        delete("leadproviderdeliverypartnership", 1),
        delete("leadproviderdeliverypartnership", 3),
    ),
    Case(
        "schoolpartnership_of_providers_who_work_together",
        both(insert("cohort", id=9), update("leadproviderdeliverypartnership", 1, cohort_id=9)),
        both(insert("cohort", id=9), update("leadproviderdeliverypartnership", 3, cohort_id=9)),
    ),
]

_PARTNERSHIP = [
    Case(
        "declarations_schoolpartnership_public_id_key",
        insert("schoolpartnership", public_id=PARTNERSHIP),
        both(insert("schoolpartnership"), update("schoolpartnership", 99, public_id=DECLARATION)),
    ),
    Case(
        "schoolpartnership_once",
        insert("schoolpartnership", lead_provider_id=1),
        both(
            _ANOTHER_PARTNER,
            pair(delivery_partner_id=2, cohort_id=1),
            insert("schoolpartnership", lead_provider_id=1, delivery_partner_id=2),
        ),
    ),
    Case(
        "schoolpartnership_of_provider_led_year",
        _IN_THE_SCHOOL_LED_YEAR,
        both(update("schoolyear", 3, programme="provider_led"), _IN_THE_SCHOOL_LED_YEAR),
    ),
    Case(
        "schoolpartnership_of_provider_led_year",
        both(update("schoolyear", 3, programme="not_decided"), _IN_THE_SCHOOL_LED_YEAR),
        insert("schoolpartnership", school_year_id=1),
    ),
    *(
        # The year is changed away when it has a partnership already.
        Case(
            "schoolpartnership_of_provider_led_year",
            update("schoolyear", 2, programme=programme),
            both(
                "DELETE FROM declarations_schoolpartnership WHERE id = 2",
                update("schoolyear", 2, programme=programme),
            ),
        )
        for programme in ("school_led", "not_decided")
    ),
    Case(
        "schoolpartnership_of_provider_led_year",
        insert("schoolpartnership", school_id=2),
        insert("schoolpartnership", school_id=1),
    ),
    Case(
        # The year is moved to another school when it has a partnership already.
        "schoolpartnership_of_provider_led_year",
        both(insert("school", id=9), update("schoolyear", 2, school_id=9)),
        both(insert("school", id=9), update("schoolyear", 3, school_id=9)),
    ),
    Case(
        "schoolpartnership_cohort_of_school_year",
        insert("schoolpartnership", cohort_id=2),
        insert("schoolpartnership", cohort_id=1),
    ),
    Case(
        # DfE changed the cohort of the year.
        "schoolpartnership_cohort_of_school_year",
        both(update("schoolyear", 2, cohort_id=2), update("schoolpartnership", 2, cohort_id=1)),
        both(update("schoolyear", 2, cohort_id=2), update("schoolpartnership", 2, cohort_id=2)),
    ),
]

CASES = [*_WHO, *_YEAR, *_PAIR, *_PARTNERSHIP]
