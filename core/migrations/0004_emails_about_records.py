from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_searchable")]

    operations = [
        migrations.AddField(
            model_name="outgoingemail",
            name="about",
            field=models.UUIDField(
                db_index=True,
                editable=False,
                help_text=(
                    "The public id of the record that it tells of, if that may be taken back."
                ),
                null=True,
            ),
        ),
    ]
