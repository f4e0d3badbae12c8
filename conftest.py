"""Starts what the suite runs on, before Django reads its settings."""

import os

import django

os.environ["ENVIRONMENT"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from config.database import ensure_database

ensure_database()
django.setup()
