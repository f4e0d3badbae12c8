"""The night's notice of induction tutors who begin or are over, which moves what providers read."""

from django.db import migrations, models

from core.updated_at import touches

_TUTOR, _SCHOOL = "schools_inductiontutor", "schools_school"
_SHOWN = ("user_id", "school_id", "named_as", "started_on", "finished_on")


def _touched_by(*columns: str) -> migrations.RunSQL:
    where = f"{_SCHOOL}.id = changed.school_id"
    (operation,) = touches(_TUTOR, _SCHOOL, where, of=columns, on=("UPDATE",))
    return operation


_BEFORE = _touched_by(*_SHOWN)


class Migration(migrations.Migration):
    dependencies = [("schools", "0017_nearest_schools")]

    operations = [
        migrations.AddField(
            model_name="inductiontutor",
            name="noticed_on",
            field=models.DateField(
                editable=False,
                help_text="The day on which the service noticed that this period had begun or was"
                " over.",
                null=True,
            ),
        ),
        migrations.RunSQL(_BEFORE.reverse_sql, _BEFORE.sql),
        _touched_by(*_SHOWN, "noticed_on"),
    ]
