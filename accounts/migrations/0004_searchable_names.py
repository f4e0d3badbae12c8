"""Names are sorted, and found, by their searchable text: a column of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sessions_of_users_and_newest_invitation"),
        ("core", "0003_searchable"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="dfesigninidentity",
            options={
                "ordering": ("user__searchable_name",),
                "verbose_name": "DfE Sign-in identity",
                "verbose_name_plural": "DfE Sign-in identities",
            },
        ),
        migrations.AlterModelOptions(
            name="user",
            options={"ordering": ("searchable_name", "email")},
        ),
        migrations.AddField(
            model_name="user",
            name="searchable_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("name"), function="searchable", output_field=models.TextField()
                ),
                output_field=models.TextField(),
            ),
        ),
    ]
