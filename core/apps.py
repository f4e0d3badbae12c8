from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Emails and the audit log"

    def ready(self) -> None:
        from core import checks  # noqa: F401  (registers them)
