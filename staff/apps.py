from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "DfE staff"

    def ready(self) -> None:
        """Keep the groups after every migration: after that of the last app with models."""
        from staff.groups import keep_groups

        post_migrate.connect(
            keep_groups, sender=apps.get_app_config("mentors"), dispatch_uid="groups"
        )
