from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "DfE staff"

    def ready(self) -> None:
        """Keep groups and logs after every migration: after that of the last app with models."""
        from staff.append_only import hold_append_only
        from staff.groups import keep_groups

        last = apps.get_app_config("mentors")
        post_migrate.connect(keep_groups, sender=last, dispatch_uid="groups")
        post_migrate.connect(hold_append_only, sender=last, dispatch_uid="append-only")
