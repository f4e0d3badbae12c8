"""Starts what the suite runs on, before Django reads its settings."""

import gc
import os

import django

os.environ["ENVIRONMENT"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from config.database import ensure_database

ensure_database()
django.setup()

# What is loaded now stays until the end: looking through it for garbage again and again costs a
# sixteenth of the suite's time.
gc.freeze()
gc.set_threshold(100_000, 20, 100)
