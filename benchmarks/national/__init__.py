"""National data at a scale: 1 is England's size, 0.01 a hundredth of it, 4 four times it.

`tables.sql` says which rows there are, `loading.py` puts them into a database.
"""

from benchmarks.national.loading import load

__all__ = ["load"]
