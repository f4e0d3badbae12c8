from django.apps import AppConfig
from pghistory.apps import PGHistoryConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Emails and the audit log"
    default = True

    def ready(self) -> None:
        from core import notify  # noqa: F401  (registers the check of its settings)


class HistoryConfig(PGHistoryConfig):
    """The library that keeps the history of all records, by a name that staff understand."""

    verbose_name = "History"
