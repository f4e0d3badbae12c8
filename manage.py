#!/usr/bin/env python
"""Runs a management command, with the embedded PostgreSQL started when no DATABASE_URL is given."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.database import ensure_database
from config.embedded_postgres import EmbeddedPostgresError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        ensure_database()
        execute_from_command_line(sys.argv)
    except EmbeddedPostgresError as error:
        sys.exit(f"PostgreSQL cannot be had: {error}")
    except ImproperlyConfigured as error:
        sys.exit(f"Cannot start: {error}")
