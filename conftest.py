"""Starts what the suite runs on, before Django reads its settings."""

import os

os.environ["ENVIRONMENT"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.database import ensure_database  # noqa: E402

ensure_database()
