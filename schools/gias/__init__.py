"""The import of the public register of schools: GIAS's "establishment fields" CSV.

`load` reads the file (`encoding.py`, `records.py`), checks each row (`rows.py`) and brings the
schools into line with it (`loading.py`). docs/importing-schools.md tells an operator how.
"""

from schools.gias.loading import Report, load
from schools.gias.refusals import RefusedFileError, RefusedRow

__all__ = ["RefusedFileError", "RefusedRow", "Report", "load"]
