"""The indexes of lead providers' lists of schools and participants."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0007_successors_of_schools")]

    operations = [
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["created_at", "public_id"], name="school_oldest"),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["created_at", "participant_id"], name="teacher_oldest"),
        ),
    ]
