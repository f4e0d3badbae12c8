"""Files that DfE staff bring in: declarations, and completions recorded outside declarations.

Each import checks every row and then writes all good ones in one transaction or, as a dry run,
none. docs/declarations-for-staff.md tells an operator how.
"""

from core.csv_files import RefusedFile, RefusedRow, Report
from declarations.imports.completions import import_completions
from declarations.imports.declarations import import_declarations

__all__ = ["RefusedFile", "RefusedRow", "Report", "import_completions", "import_declarations"]
