"""`manage.py import_completions FILE [--commit]`."""

from declarations.imports import import_completions
from declarations.management.import_command import ImportCommand


class Command(ImportCommand):
    """Imports early roll-out completions, and training started and not completed."""

    help = "Imports recorded completions from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_completions)
