"""Imports of files by DfE staff: training, declarations, and completions recorded elsewhere.

Each import judges every row, and writes all good ones in one transaction or, in a dry run, none.
docs/importing-people.md and docs/declarations-for-staff.md tell an operator how.
"""

from core.csv_files import RefusedFile, RefusedRow, Report
from declarations.imports.completions import import_completions
from declarations.imports.declarations import import_declarations
from declarations.imports.delivery_partners import import_delivery_partners
from declarations.imports.school_years import import_school_years
from declarations.imports.training import import_training

__all__ = [
    "RefusedFile",
    "RefusedRow",
    "Report",
    "import_completions",
    "import_declarations",
    "import_delivery_partners",
    "import_school_years",
    "import_training",
]
