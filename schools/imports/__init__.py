"""Imports of files by DfE staff: people with their times at schools, and induction tutors.

Each import judges every row, and writes all good ones in one transaction or, in a dry run, none.
docs/importing-people.md tells an operator how.
"""

from schools.imports.people import import_people
from schools.imports.tutors import import_tutors

__all__ = ["import_people", "import_tutors"]
