"""The night's notice of induction tutors moves partnerships too, as schools' migration has it."""

from django.db import migrations

from core.updated_at import touches

_TUTOR, _PARTNERSHIP = "schools_inductiontutor", "declarations_schoolpartnership"
_SHOWN = ("user_id", "school_id", "named_as", "started_on", "finished_on")


def _touched_by(*columns: str) -> migrations.RunSQL:
    where = f"{_PARTNERSHIP}.school_id = changed.school_id"
    (operation,) = touches(_TUTOR, _PARTNERSHIP, where, of=columns, on=("UPDATE",))
    return operation


_BEFORE = _touched_by(*_SHOWN)


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0017_stamped_once"),
        ("schools", "0018_tutors_noticed_by_day"),
    ]

    operations = [
        migrations.RunSQL(_BEFORE.reverse_sql, _BEFORE.sql),
        _touched_by(*_SHOWN, "noticed_on"),
    ]
