from django.apps import AppConfig
from pghistory.apps import PGHistoryConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Emails and the audit log"
    default = True

    def ready(self) -> None:
        from core import checks  # noqa: F401  (registers them)


class HistoryConfig(PGHistoryConfig):
    """The library that keeps the history of all records, by a name that staff understand."""

    verbose_name = "History"
