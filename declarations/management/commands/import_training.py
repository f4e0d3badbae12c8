"""`manage.py import_training FILE [--commit]`."""

from core.management.import_command import ImportCommand
from declarations.imports import import_training


class Command(ImportCommand):
    """Imports the training of mentors and ECTs."""

    help = "Imports training from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_training)
