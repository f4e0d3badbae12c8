"""`manage.py import_delivery_partners FILE [--commit]`."""

from core.management.import_command import ImportCommand
from declarations.imports import import_delivery_partners


class Command(ImportCommand):
    """Imports which delivery partners work with which lead provider, in which cohort."""

    help = "Imports delivery partners from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_delivery_partners)
