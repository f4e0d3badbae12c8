"""Imports of files by DfE staff: declarations, and completions recorded outside declarations.

Each import judges every row, and writes all good ones in one transaction or, in a dry run, none.
docs/declarations-for-staff.md tells an operator how.
"""

from core.csv_files import RefusedFile, RefusedRow, Report
from declarations.imports.completions import import_completions
from declarations.imports.declarations import import_declarations

__all__ = ["RefusedFile", "RefusedRow", "Report", "import_completions", "import_declarations"]
