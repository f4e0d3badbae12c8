"""Refuses to start a service that could not serve, in one line: `python -m config.start_checks`.

gunicorn.conf.py runs it before the first worker. A database that does not answer is no reason: the
service then says so on its pages, and goes on when the database does.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connection

from config.environment import Environment

_OLDEST = 18


def problem() -> str:
    """What keeps the service from serving; "" if nothing does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return str(error)
    from django.conf import settings

    from config.health import static_files_are_there

    if settings.ENVIRONMENT is Environment.BUILD:
        return "ENVIRONMENT is build, which makes files and serves nothing"
    if not static_files_are_there():
        return "the static files are missing. Run: manage.py collectstatic --noinput"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10_000
    except (DatabaseError, InterfaceError):
        return ""
    if version < _OLDEST:
        return f"PostgreSQL {version} is too old. The service needs {_OLDEST} or later"
    return ""


if __name__ == "__main__":
    if said := problem():
        sys.exit(f"Cannot start: {said}")
