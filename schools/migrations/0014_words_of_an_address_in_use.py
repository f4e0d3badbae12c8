"""What is said when another person has an email address; the database does not change."""

import django.contrib.postgres.constraints
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0013_region"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="ectatschool",
            name="ectatschool_email_one_holder",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("email", "="), ("teacher", "<>"), ("period", "&&")],
                name="ectatschool_email_one_holder",
                violation_error_message="Another person has this email address at that time.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="mentoratschool",
            name="mentoratschool_email_one_holder",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("email", "="), ("teacher", "<>"), ("period", "&&")],
                name="mentoratschool_email_one_holder",
                violation_error_message="Another person has this email address at that time.",
            ),
        ),
    ]
