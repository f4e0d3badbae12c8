"""The composite foreign keys that hold copies equal to what they copy.

A partnership is of a provider-led year of its school, and of providers who work together in its
cohort. A training period is of the same person and school as the time it lies within, and of a
partnership of that school and lead provider. A declaration is of the teacher, course and lead provider
of its training period.

The cohort of a school's year has keys of its own down to the declarations, which follow it when DfE
changes it; a declaration's partnership follows its training period's. The keys above refuse to follow:
no person, school or lead provider is changed that way.
"""

from django.db import migrations

from core.periods import composite_foreign_key

_PARTNERSHIP, _TRAINING = "declarations_schoolpartnership", "declarations_trainingperiod"
_DECLARATION = "declarations_declaration"

_OF_PARTNERSHIPS = [
    composite_foreign_key(
        _PARTNERSHIP,
        "schoolpartnership_of_provider_led_year",
        "school_year_id, school_id, programme",
        "declarations_schoolyear",
        "id, school_id, programme",
    ),
    composite_foreign_key(
        _PARTNERSHIP,
        "schoolpartnership_cohort_of_school_year",
        "school_year_id, cohort_id",
        "declarations_schoolyear",
        "id, cohort_id",
        follows=True,
    ),
    composite_foreign_key(
        _PARTNERSHIP,
        "schoolpartnership_of_providers_who_work_together",
        "lead_provider_id, delivery_partner_id, cohort_id",
        "declarations_leadproviderdeliverypartnership",
        "lead_provider_id, delivery_partner_id, cohort_id",
    ),
]

_WITHIN = "teacher_id, school_id, PERIOD period"
_OF_TRAINING_PERIODS = [
    composite_foreign_key(
        _TRAINING,
        "trainingperiod_within_mentor",
        f"mentor_id, {_WITHIN}",
        "schools_mentoratschool",
        f"id, {_WITHIN}",
    ),
    composite_foreign_key(
        _TRAINING,
        "trainingperiod_within_ect",
        f"ect_id, {_WITHIN}",
        "schools_ectatschool",
        f"id, {_WITHIN}",
    ),
    composite_foreign_key(
        _TRAINING,
        "trainingperiod_partnership_of_school",
        "partnership_id, school_id, lead_provider_id",
        _PARTNERSHIP,
        "id, school_id, lead_provider_id",
    ),
    composite_foreign_key(
        _TRAINING,
        "trainingperiod_cohort_of_partnership",
        "partnership_id, cohort_id",
        _PARTNERSHIP,
        "id, cohort_id",
        follows=True,
    ),
]

_OF_DECLARATIONS = [
    composite_foreign_key(
        _DECLARATION,
        "declaration_of_training_period",
        "training_period_id, teacher_id, lead_provider_id, course_identifier",
        _TRAINING,
        "id, teacher_id, lead_provider_id, course_identifier",
    ),
    composite_foreign_key(
        _DECLARATION,
        "declaration_partnership_of_training_period",
        "training_period_id, partnership_id, cohort_id",
        _TRAINING,
        "id, partnership_id, cohort_id",
        follows=True,
    ),
]


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial"), ("schools", "0002_keys")]

    operations = [*_OF_PARTNERSHIPS, *_OF_TRAINING_PERIODS, *_OF_DECLARATIONS]
