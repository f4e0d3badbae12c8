"""The database that every test database is copied from: migrated once, kept until it is out of date.

Migrating takes half a minute of a busy machine, copying a fifth of a second.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

# One for each checkout, so that two on one server do not take each other's.
NAME = f"template_mentor_training_{hashlib.md5(str(settings.BASE_DIR).encode()).hexdigest()[:8]}"


def template_database() -> str:
    """Return the name of a migrated database; make it where the migrations are new or changed.

    A worker waits while another makes it. Its digest is written last, so that one whose making was
    broken off is made again.
    """
    wanted = _digest()
    with connection._nodb_cursor() as cursor:
        # Given back when the connection closes, which it does at the end of the block.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [NAME])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [NAME],
        )
        if cursor.fetchone() != (wanted,):
            _make()
            cursor.execute(f"COMMENT ON DATABASE {NAME} IS '{wanted}'")
    return NAME


def _make() -> None:
    before, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    connection.settings_dict["TEST"] = test | {"NAME": NAME}
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["TEST"] = test
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before


def _digest() -> str:
    """What the database is made of: all apps' migrations, and the code of ours that they use."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    files += sorted(Path(settings.BASE_DIR, "core").glob("*.py"))
    return hashlib.md5(b"".join(file.read_bytes() for file in files)).hexdigest()
