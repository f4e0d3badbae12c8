"""`manage.py import_mentorships FILE [--commit]`."""

from core.management.import_command import ImportCommand
from mentors.importing import import_mentorships


class Command(ImportCommand):
    """Imports which mentor mentors which ECT at a school, and when."""

    help = "Imports mentorships from a CSV. See docs/importing-people.md."
    import_file = staticmethod(import_mentorships)
