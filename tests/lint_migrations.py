"""Refuses migrations that the running release could not live with.

During a release the new schema serves the old code for a while (docs/runbook.md).
"""

import os
import sys

import django

from config.database import BASE_DIR, ensure_database

# Written before the first deployment: no earlier release has to live with them.
FIRST = [
    "0001_extensions_cache_history",
    "0002_keys",
    "0002_code_of_each_browser",
    "0003_sessions_of_users_and_newest_invitation",
    "0003_induction_belongs_to_the_teacher",
    "0003_mentoring_ends_with_induction",
    "0004_records_of_training",
    "0006_keys_of_records",
    "0010_lead_provider_contact",
    "0011_providers_lists",
    "0013_region",
    "0015_notes_of_staff",
    "0005_who_looked",
    "0006_content_of_emails",
]
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
