"""What staff read beside "active" of a user; the database does not change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_searchable_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="is_active",
            field=models.BooleanField(
                default=True,
                help_text="Take this away to keep the user out.",
                verbose_name="active",
            ),
        ),
        migrations.AlterField(
            model_name="userevent",
            name="is_active",
            field=models.BooleanField(
                default=True,
                help_text="Take this away to keep the user out.",
                verbose_name="active",
            ),
        ),
    ]
