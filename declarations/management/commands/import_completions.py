"""`manage.py import_completions FILE [--commit]`."""

from core.management.import_command import ImportCommand
from declarations.imports import import_completions


class Command(ImportCommand):
    """Imports early roll-out completions, and training started and not completed."""

    help = "Imports recorded completions from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_completions)
