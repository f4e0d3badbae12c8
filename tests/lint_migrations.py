"""Refuses migrations that the running release could not live with.

During a release the new schema serves the old code for a while (docs/runbook.md).
"""

import os
import sys

import django

from config.database import BASE_DIR, ensure_database

# Written before the first deployment: no earlier release has to live with them.
FIRST = ["0002_extensions_cache_history", "0002_keys", "0003_kept_by_triggers"]
OURS = ["core", "accounts", "schools", "declarations", "mentors", "staff", "demo", "sandbox"]


def main() -> int:
    """Print what is refused, and return 1 if anything is."""
    os.environ.setdefault("ENVIRONMENT", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_database()
    django.setup()
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(BASE_DIR), include_apps=OURS, ignore_name=FIRST, no_cache=True, quiet=["ok", "ignore"]
    )
    linter.lint_all_migrations()
    if linter.has_errors:
        linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
