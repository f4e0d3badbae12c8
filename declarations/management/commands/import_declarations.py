"""`manage.py import_declarations FILE [--commit]`."""

from declarations.imports import import_declarations
from declarations.management.import_command import ImportCommand


class Command(ImportCommand):
    """Imports declarations of any providers, judged as if the provider submitted them now."""

    help = "Imports declarations from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_declarations)
