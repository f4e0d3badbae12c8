"""A backup, restored as docs/runbook.md says, is all there, and the service runs on it."""

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.embedded_postgres.server import binaries
from tests.databases import copy_in
from tests.declarations.server import database_url, serving
from tests.declarations.test_killed import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
RESTORED = "restored_mentor_training"
# What holds the promises of docs/domain.md and docs/data.md, by name: PostgreSQL writes a restored
# expression in other words.
GUARDS = """
    SELECT concat('constraint ', conrelid::regclass, ' ', conname, contype, convalidated)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT concat('trigger ', tgrelid::regclass, ' ', tgname, tgenabled, tgtype)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT concat('index ', tablename, ' ', indexname) FROM pg_indexes
    WHERE schemaname = 'public'
"""


def commands_of_the_runbook() -> list[str]:
    runbook = (Path(settings.BASE_DIR) / "docs/runbook.md").read_text()
    return re.search(r"```sh\n(pg_dump.*?)```", runbook, re.DOTALL)[1].splitlines()


@contextmanager
def restored(folder: Path):
    """Dump the test's database, and restore it into a new one; gives the address of that."""
    here = connection.settings_dict["NAME"]
    url = database_url()
    server = {
        "PGHOST": connection.settings_dict["HOST"],
        "PGUSER": connection.settings_dict["USER"],
    }
    try:
        for command in commands_of_the_runbook():
            command = re.sub(r"\brestored\b", RESTORED, command)
            subprocess.run(
                command,
                shell=True,
                check=True,
                cwd=folder,
                env={"PATH": f"{binaries()}:/usr/bin:/bin", "DATABASE_URL": url} | server,
            )
        yield url.replace(f"/{here}", f"/{RESTORED}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")


def contents(url: str) -> tuple[dict[str, set], set[str]]:
    """Every row of every table, and what guards them."""
    with psycopg.connect(url) as database:
        tables = database.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = {
            table: {row for (row,) in database.execute(f"SELECT t::text FROM {table} t")}
            for (table,) in tables
        }
        return rows, {guard for (guard,) in database.execute(GUARDS)}


def test_a_backup_is_restored_whole_and_the_service_runs_on_it(demo_rows, tmp_path):
    copy_in(demo_rows)
    with restored(tmp_path) as url:
        rows, guards = contents(url)
        rows_before, guards_before = contents(database_url())
        assert rows == rows_before
        assert guards ^ guards_before == set()
        assert len(rows["schools_teacher"]) > 10
        with serving(workers=1, threads=1, DATABASE_URL=url) as server:

            def is_ready() -> bool:
                client = server.connect()
                client.request("GET", "/health")
                response = client.getresponse()
                assert (response.status, response.read()) == (200, b"ok")
                client.close()
                return True

            wait_until(is_ready, "it runs")
