"""`manage.py import_people FILE [--commit]`."""

from core.management.import_command import ImportCommand
from schools.imports import import_people


class Command(ImportCommand):
    """Imports people: teachers with their induction, and their times at schools."""

    help = "Imports people from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_people)
