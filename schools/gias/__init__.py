"""The import of the public register of schools: GIAS's "establishment fields" CSV.

`load` reads the file, makes a school of each row (`rows.py`) and brings the table of schools into
line with it (`loading.py`); `load_links` reads which schools took over (`links.py`).
docs/importing-schools.md tells an operator how.
"""

from schools.gias.links import Linked, load_links
from schools.gias.loading import Loaded, load

__all__ = ["Linked", "Loaded", "load", "load_links"]
