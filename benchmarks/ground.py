"""What the benchmarks stand on: the suite's settings, and a database of their own.

Imported first, so that it comes before Django's settings. A benchmark's models are imported in its
functions, once Django is set up.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["ENVIRONMENT"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.test.utils import setup_databases, teardown_databases

from config.database import ensure_database


def set_up() -> None:
    """Have the database run, and Django set up."""
    ensure_database()
    django.setup()


@contextmanager
def own_database() -> Iterator[None]:
    """An empty, migrated database of this run's own, gone at the end."""
    set_up()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
