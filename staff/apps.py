from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "DfE staff"

    def ready(self) -> None:
        """Keep groups and logs after every migration, when the last app with models is migrated."""
        from staff.groups import keep_groups
        from staff.history import protect_logs

        last = apps.get_app_config("mentors")
        post_migrate.connect(keep_groups, sender=last, dispatch_uid="groups")
        post_migrate.connect(protect_logs, sender=last, dispatch_uid="append-only")
