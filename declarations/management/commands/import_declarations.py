"""`manage.py import_declarations FILE [--commit]`."""

from core.management.import_command import ImportCommand
from declarations.imports import import_declarations


class Command(ImportCommand):
    """Imports declarations of any providers, judged as if the provider submitted them now."""

    help = "Imports declarations from a CSV. See docs/declarations-for-staff.md."
    import_file = staticmethod(import_declarations)
