"""A PostgreSQL of the proof's own, on a small disk of its own: to be killed, and to be filled."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, connections

from config.database import BASE_DIR
from config.embedded_postgres import server
from config.embedded_postgres.paths import DATABASE, USER, ServerFiles
from tests.config.processes import GIVE_UP
from tests.databases import template_database
from tests.declarations.server import database_url

APPLICATION = "application"
"""The role of docs/deploying.md, as which the service connects."""

_DISK = "512m"
_SETTINGS = "max_wal_size = 48MB\nmin_wal_size = 32MB\n"


class Postgres:
    """A server with a migrated database, which this thread's connection uses while it is open."""

    def __init__(self, folder: Path, disk_is_its_own: bool) -> None:
        self.folder, self.disk_is_its_own = folder, disk_is_its_own
        self._files = ServerFiles.of(folder)
        self._log = (folder / "log").open("wb")
        self._files.create()
        server.make_data_directory(self._files, self._log)
        with (self._files.data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        self.start()

    @property
    def sockets(self) -> Path:
        """The folder of its socket."""
        return self._files.sockets

    def url(self, user: str = USER, database: str = DATABASE) -> str:
        """Its address, for a role."""
        return self._files.url(database).replace(f"//{USER}@", f"//{user}@")

    def start(self) -> None:
        """Start it, and wait until it is ready: after a kill, when it has recovered."""
        stale = server.pid_on_file(self._files)
        give_up = time.monotonic() + GIVE_UP
        self.process = server.start(self._files, self._log, stale)
        while not server.is_ready(self._files, self.process.pid):
            assert time.monotonic() < give_up, "PostgreSQL did not start"
            if self.process.poll() is not None:  # processes of the one before were still there
                self.process = server.start(self._files, self._log, stale)
            time.sleep(0.01)

    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End it at once, as by SIGKILL it can write nothing more."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it, if it runs."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(GIVE_UP)
        self._log.close()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def fill_with_a_migrated_database(self) -> None:
        """Copy the one here from which the tests' are copied."""
        programs = server.binaries()
        subprocess.run(
            [programs / "createdb", "-h", self.sockets, "-U", USER, DATABASE], check=True
        )
        migrated = f"{database_url().rpartition('/')[0]}/{template_database()}"
        dump = subprocess.run([programs / "pg_dump", migrated], check=True, stdout=subprocess.PIPE)
        subprocess.run(
            [programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", self.url()],
            input=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def grant(self) -> None:
        """Make the role of the application, as docs/deploying.md says."""
        page = (BASE_DIR / "docs/deploying.md").read_text()
        grants = re.search(r"```sql\n(GRANT.*?)```", page, re.DOTALL)[1]
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {APPLICATION} LOGIN")
            cursor.execute(re.sub(r"\bROLE owner\b", f"ROLE {USER}", grants))


@contextlib.contextmanager
def own_postgres() -> Iterator[Postgres]:
    """Run it, and have this thread's connection lead to it, until the block ends."""
    with small_disk() as (folder, disk_is_its_own):
        postgres = Postgres(folder, disk_is_its_own)
        try:
            postgres.fill_with_a_migrated_database()
            of_the_tests = connections["default"]
            here = {"HOST": str(postgres.sockets), "PORT": "", "USER": USER, "NAME": DATABASE}
            connections["default"] = type(of_the_tests)(of_the_tests.settings_dict | here)
            try:
                postgres.grant()
                yield postgres
            finally:
                connection.close()
                connections["default"] = of_the_tests
        finally:
            postgres.stop()


@contextlib.contextmanager
def small_disk() -> Iterator[tuple[Path, bool]]:
    """A folder, and whether it is a disk of its own: only root can mount one."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        mounted = not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_DISK},mode=755", "none", made],
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode
        try:
            yield folder, mounted
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", made], check=True)


@contextlib.contextmanager
def full(postgres: Postgres) -> Iterator[None]:
    """Leave not one byte on its disk, until the block ends."""
    assert postgres.disk_is_its_own
    ballast = postgres.folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(1_048_576)):
            pass
    try:
        assert not os.statvfs(postgres.folder).f_bavail
        yield
    finally:
        ballast.unlink()
