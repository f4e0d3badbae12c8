"""`manage.py import_declarations FILE [--commit]`."""

from declarations.imports import import_declarations
from declarations.management.import_command import ImportCommand


class Command(ImportCommand):
    """Declarations of any providers, judged as if they submitted them now."""

    help = "Imports declarations from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_declarations)
