"""PgBouncer in transaction mode before the database, as Debian installs it."""

import contextlib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.embedded_postgres import server
from config.embedded_postgres.paths import DATABASE
from tests.config.processes import wait_until
from tests.reliability.postgres import APPLICATION, Postgres

_INI = """[databases]
* = host={sockets} pool_size=4
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
ignore_startup_parameters = options
"""


@contextlib.contextmanager
def pooled(postgres: Postgres) -> Iterator[str]:
    """Run it until the block ends; gives the address of the database by it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "users").write_text(f'"{APPLICATION}" ""\n')
        ini = _INI.format(sockets=postgres.sockets, port=port, folder=folder)
        (folder / "pgbouncer.ini").write_text(ini)
        command = [*server._privileges(), "pgbouncer", "-q", str(folder / "pgbouncer.ini")]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as bouncer:
            try:
                wait_until(lambda: _listens(port), "it listens")
                yield f"postgresql://{APPLICATION}@127.0.0.1:{port}/{DATABASE}"
            finally:
                bouncer.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
