"""The files of an embedded server, and its address, which follows from them."""

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "mentor_training"
USER = "postgres"
# The supervisor writes this to its output when its server accepts connections.
READY = b"ready\n"

_SOCKET = ".s.PGSQL.5432"
# A socket's address holds 107 bytes on Linux and 103 on macOS.
_LONGEST_SOCKET_PATH = 103


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot be used. The message tells the user why."""


@dataclass(frozen=True)
class ServerFiles:
    """The files of the embedded server that keeps its state in the folder `state`."""

    state: Path

    @classmethod
    def of(cls, state: Path) -> "ServerFiles":
        """The files of a state folder: the same for every path that leads to the folder."""
        return cls(state.resolve())

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.state / "data"

    @property
    def start_lock(self) -> Path:
        """Locked by the one process that is starting a supervisor."""
        return self.state / "start.lock"

    @property
    def share_lock(self) -> Path:
        """Locked, shared, by each user of the server; exclusively by a supervisor that stops it."""
        return self.state / "share.lock"

    @property
    def alive_lock(self) -> Path:
        """Locked by the supervisor from just before it starts until it ends."""
        return self.state / "alive.lock"

    @property
    def log(self) -> Path:
        """The output of the supervisor and its server since the supervisor started."""
        return self.state / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket, which follows from the state's path alone.

        A path that is too long for a socket, or has a comma, which libpq takes for the end of a
        host name, gets a short folder under /tmp.
        """
        folder = self.state / "run"
        if len(os.fsencode(folder / _SOCKET)) <= _LONGEST_SOCKET_PATH and "," not in str(folder):
            return folder
        digest = hashlib.sha256(os.fsencode(self.state)).hexdigest()[:12]
        # Every account may write to /tmp: `create` makes sure that the folder is this account's.
        return Path(f"/tmp/mentor-training-{os.geteuid()}-{digest}")  # noqa: S108

    @property
    def socket_lock(self) -> Path:
        """The lock file that the server makes next to its socket."""
        return self.sockets / f"{_SOCKET}.lock"

    def url(self, database: str) -> str:
        """The address of one of the server's databases."""
        return f"postgresql://{USER}@{quote(str(self.sockets), safe='')}/{database}"

    def create(self) -> None:
        """Make the folders, which only this account can open.

        Raises EmbeddedPostgresError if one of them is another account's, or is no folder.
        """
        self.state.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.state, self.sockets):
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
                raise EmbeddedPostgresError(
                    f"{folder} is not a folder of this account's own:"
                    " use the account that made it, or remove it"
                )
            if stat.S_IMODE(found.st_mode) != 0o700:
                folder.chmod(0o700)


def database_url(state: Path) -> str:
    """The address of the service's database in the server of this state folder. Starts nothing."""
    return ServerFiles.of(state).url(DATABASE)
