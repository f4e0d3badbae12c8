"""The role of the application, as docs/deploying.md makes it, may do what pages do and no more."""

import re
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from config.database import BASE_DIR
from tests.builders import make_school

ROLE = "application_for_this_test"
ESCALATIONS = {
    "switch off a trigger": "ALTER TABLE schools_schoolevent DISABLE TRIGGER ALL",
    "pass by the triggers": "SET LOCAL session_replication_role = replica",
    "empty a table": "TRUNCATE schools_school",
    "drop a table": "DROP TABLE schools_schoolevent",
    "drop a constraint": "ALTER TABLE schools_school DROP CONSTRAINT schools_school_pkey",
    "make a table": "CREATE TABLE mine (id int)",
    "make a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "make a role": "CREATE ROLE mine SUPERUSER",
    "become the owner": "SET LOCAL ROLE postgres",
    "read a file": "SELECT pg_read_file('/etc/passwd')",
    "run a program": "COPY schools_school FROM PROGRAM 'true'",
}


@pytest.fixture
def application(db) -> Iterator[None]:
    """The test's session is the application's."""
    page = (BASE_DIR / "docs/deploying.md").read_text()
    grants = re.search(r"```sql\n(GRANT.*?)```", page, re.DOTALL)[1]
    owner = connection.settings_dict["USER"]
    grants = re.sub(r"\bROLE owner\b", f"ROLE {owner}", grants)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(re.sub(r"\bTO application\b", f"TO {ROLE}", grants))
        # Not SET ROLE: a session that was a superuser's could go back.
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")
        yield
        cursor.execute("RESET SESSION AUTHORIZATION")


def test_it_writes_and_deletes_records(application):
    school = make_school()
    school.name = "Another name"
    school.save()
    school.delete()


@pytest.mark.parametrize("sql", ESCALATIONS.values(), ids=ESCALATIONS)
def test_it_may_not(application, sql: str):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
