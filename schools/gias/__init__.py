"""The import of the public register of schools: GIAS's "establishment fields" CSV.

`load` reads the file, makes a school of each row (`rows.py`) and brings the table of schools into
line with it (`loading.py`). docs/importing-schools.md tells an operator how.
"""

from schools.gias.loading import Loaded, load

__all__ = ["Loaded", "load"]
