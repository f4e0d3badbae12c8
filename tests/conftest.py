"""What every test has."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import override_settings
from hypothesis import settings as examples

from tests.core.worker import WorkerAfterRequests
from tests.databases import Rows, all_rows, copy_in, rows_of_demo, start_again, template_database
from tests.declarations.kept import kept_by_triggers, kept_if_found_anew

# Waits up to five seconds for each.
HANG_UP = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


# What tests of any example try: few in the suite, many by `make fuzz`.
examples.register_profile("few", max_examples=2, deadline=None)
examples.register_profile("many", max_examples=500, deadline=None)
examples.load_profile("few")


# Files and folders with the longest tests, of which some take half a minute.
LONGEST = (
    "benchmarks/",
    "browser/",
    "config/",
    "access/test_query_counts.py",
    "staff/test_wrong_posts.py",
    "core/test_audit_log.py",
    "schools/test_gias_interrupted.py",
    "declarations/test_api_document.py",
)
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin first, so that no core waits for one of them at the end."""
    items.sort(key=lambda item: not item.path.relative_to(HERE).as_posix().startswith(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A hash that costs nothing: it is Django's to choose a good one, and slow by design."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker
) -> None:
    """The tests' database is a copy of one that is migrated already.

    A commit need not outlive a crash of the server, and no query is long enough to be compiled.
    """
    options = connection.settings_dict["OPTIONS"]
    options["options"] += " -c synchronous_commit=off -c jit=off"
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session", autouse=True)
def nobody_connected_when_the_database_goes(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Hangs up, after the last test, on threads of the server that have not seen it is over."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(HANG_UP)


@pytest.fixture(scope="session", autouse=True)
def database_as_migrated_after_real_writes(django_db_setup, django_db_blocker) -> Iterator[None]:
    """After a test whose writes are real the database is as migrated, with an empty cache.

    Django's own flush leaves the cache's table, by which rate limits would go on counting, and
    makes all permissions and groups anew.
    """
    with django_db_blocker.unblock():
        migrated = all_rows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: start_again(migrated))
        yield


@pytest.fixture(scope="session")
def demo_rows(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Rows:
    """The rows of the demo data; they are in no test's database yet."""
    with django_db_blocker.unblock():
        return rows_of_demo()


@pytest.fixture
def demo(demo_rows: Rows, db: None) -> None:
    """The demo data is loaded."""
    copy_in(demo_rows)


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker) -> Iterator[Callable[[Callable], Any]]:
    """Builds what all tests of a module have, once; it is undone after the last of them.

    Each test writes in a savepoint below it. For modules in which every test has what is built, as
    its rows are there from then on, and no test writes in earnest or closes the connection.
    """
    undone_at_the_end = transaction.atomic()
    with django_db_blocker.unblock():
        undone_at_the_end.__enter__()

    def build(what: Callable) -> Any:
        with django_db_blocker.unblock():
            built = what()
            connection.check_constraints()
        return built

    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        undone_at_the_end.__exit__(None, None, None)


@pytest.fixture
def kept_as_found_anew(db: None) -> Iterator[None]:
    """Whatever the test does, the triggers leave the rows that they would find anew."""
    yield
    if not connection.needs_rollback:
        assert kept_by_triggers() == kept_if_found_anew()


@pytest.fixture(autouse=True)
def worker_after_requests() -> Iterator[WorkerAfterRequests]:
    """Emails leave by a queue: after each request a worker has run, as it would within a second."""
    worker = WorkerAfterRequests()
    worker.connect()
    yield worker
    worker.disconnect()
