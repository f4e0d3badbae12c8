from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RenameField("signincode", "account", "browser"),
        migrations.AlterField(
            model_name="signincode",
            name="browser",
            field=models.CharField(
                help_text="A keyed hash of the browser and the address.",
                max_length=64,
                unique=True,
            ),
        ),
    ]
