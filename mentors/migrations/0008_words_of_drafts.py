"""Admin calls the answers of an unfinished journey draft answers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0007_mentorships_at_a_school"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="draftanswers",
            options={
                "ordering": ("-touched_at",),
                "verbose_name": "draft answers",
                "verbose_name_plural": "draft answers",
            },
        ),
    ]
