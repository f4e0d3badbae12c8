"""Staff's list of declarations begins with the newest: without an index, 1.5 million are sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0006_end_reason"),
        ("schools", "0002_keys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["created_at", "id"], name="declaration_newest"),
        ),
    ]
