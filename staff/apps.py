from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "DfE staff"

    def ready(self) -> None:
        """Have groups reset and logs protected after each migration, once all models are there."""
        from staff.groups import keep_groups
        from staff.history import protect_logs

        last = apps.get_app_config("mentors")  # no app with models is migrated after it
        post_migrate.connect(keep_groups, sender=last, dispatch_uid="groups")
        post_migrate.connect(protect_logs, sender=last, dispatch_uid="append-only")
