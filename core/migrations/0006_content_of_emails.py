"""What an email says while it waits is its content, in the database too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_who_looked"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outgoingemail",
            name="outgoingemail_kept_while_it_waits",
        ),
        migrations.RenameField(
            model_name="outgoingemail",
            old_name="letter",
            new_name="content",
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at", None),
                        ("state", "waiting"),
                        models.Q(("content", ""), _negated=True),
                    ),
                    models.Q(
                        ("content", ""),
                        ("finished_at__isnull", False),
                        ("state__in", ["sent", "given_up"]),
                    ),
                    _connector="OR",
                ),
                name="outgoingemail_kept_while_it_waits",
            ),
        ),
    ]
