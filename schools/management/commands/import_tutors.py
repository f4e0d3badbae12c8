"""`manage.py import_tutors FILE [--commit]`."""

from core.management.import_command import ImportCommand
from schools.imports import import_tutors


class Command(ImportCommand):
    """Imports induction tutors; emails none of them."""

    help = "Imports tutors from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_tutors)
