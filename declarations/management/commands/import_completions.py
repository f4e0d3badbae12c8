"""`manage.py import_completions FILE [--commit]`."""

from declarations.imports import import_completions
from declarations.management.import_command import ImportCommand


class Command(ImportCommand):
    """Early roll-out completions, and mentors who started and did not complete."""

    help = "Imports recorded completions from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_completions)
