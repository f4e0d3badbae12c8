"""`manage.py import_school_years FILE [--commit]`."""

from core.management.import_command import ImportCommand
from declarations.imports import import_school_years


class Command(ImportCommand):
    """Imports schools' academic years and their partnerships."""

    help = "Imports school years from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_school_years)
