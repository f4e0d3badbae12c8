"""Files that DfE staff bring in: declarations, and completions recorded outside declarations.

Each import checks every row and then writes all good ones in one transaction or, as a dry run,
none. docs/declarations-for-staff.md tells an operator how.
"""

from declarations.imports.completions import import_completions
from declarations.imports.declared import import_declarations
from declarations.imports.files import RefusedFile, RefusedRow, Report

__all__ = ["RefusedFile", "RefusedRow", "Report", "import_completions", "import_declarations"]
