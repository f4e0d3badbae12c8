"""The composite foreign keys that hold copies equal to what they copy.

A partnership is of a provider-led year of its school. A training period is of the same person and
school as the time it lies within, and of a partnership of that school. A declaration is about the
person and by the lead provider of its training period.

The cohort of a school's year has keys of its own down to the declarations, which follow it when DfE
changes it. The keys above refuse to follow: no person, school or lead provider is changed that way.
"""

from django.db import migrations

from core.periods import composite_foreign_key

_PERIOD = "teacher_id, school_id, PERIOD period"


def _cohort_of(child: str, field: str, parent: str = "") -> migrations.RunSQL:
    return composite_foreign_key(
        f"declarations_{child}",
        f"{child}_cohort_of_{field}",
        f"{field}_id, cohort_id",
        f"declarations_{parent or field.replace('_', '')}",
        "id, cohort_id",
        follows=True,
    )


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial"), ("schools", "0002_keys")]

    operations = [
        composite_foreign_key(
            "declarations_schoolpartnership",
            "schoolpartnership_of_provider_led_year",
            "school_year_id, school_id, programme",
            "declarations_schoolyear",
            "id, school_id, programme",
        ),
        composite_foreign_key(
            "declarations_trainingperiod",
            "trainingperiod_within_mentor",
            f"mentor_id, {_PERIOD}",
            "schools_mentoratschool",
            f"id, {_PERIOD}",
        ),
        composite_foreign_key(
            "declarations_trainingperiod",
            "trainingperiod_within_ect",
            f"ect_id, {_PERIOD}",
            "schools_ectatschool",
            f"id, {_PERIOD}",
        ),
        composite_foreign_key(
            "declarations_trainingperiod",
            "trainingperiod_partnership_of_school",
            "partnership_id, school_id, lead_provider_id",
            "declarations_schoolpartnership",
            "id, school_id, lead_provider_id",
        ),
        composite_foreign_key(
            "declarations_declaration",
            "declaration_of_training_period",
            "training_period_id, teacher_id, lead_provider_id",
            "declarations_trainingperiod",
            "id, teacher_id, lead_provider_id",
        ),
        _cohort_of("schoolpartnership", "school_year"),
        _cohort_of("trainingperiod", "partnership", parent="schoolpartnership"),
        _cohort_of("declaration", "training_period"),
    ]
