#!/usr/bin/env python
"""Runs a management command, with the embedded PostgreSQL started when no DATABASE_URL is given."""

import os
import sys

from django.core.management import execute_from_command_line

from config.database import ensure_database

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_database()
    execute_from_command_line(sys.argv)
