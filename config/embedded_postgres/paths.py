"""Where one embedded server keeps its files, and the address that follows from that."""

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "mentor_training"
USER = "postgres"
# What a keeper writes to its output when its server takes connections.
READY = b"ready\n"

_SOCKET = ".s.PGSQL.5432"
# A socket's address holds 107 bytes on Linux and 103 on macOS.
_LONGEST_SOCKET_PATH = 103


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot be had; the message says why, for a person."""


@dataclass(frozen=True)
class Place:
    """The files of the embedded server whose state is kept in the folder `state`."""

    state: Path

    @classmethod
    def of(cls, state: Path) -> "Place":
        """The place for a state folder, the same whichever way the folder is named."""
        return cls(state.resolve())

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.state / "data"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that is starting a keeper."""
        return self.state / "start.lock"

    @property
    def share_lock(self) -> Path:
        """Held shared by every user of the server, and alone by a keeper that stops it."""
        return self.state / "share.lock"

    @property
    def alive_lock(self) -> Path:
        """Held by the keeper, from before its birth to its death."""
        return self.state / "alive.lock"

    @property
    def log(self) -> Path:
        """What the keeper and the server had to say since the keeper started."""
        return self.state / "keeper.log"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: computed from the path alone, so all agree on it.

        libpq reads a comma in it as the end of a host's name.
        """
        folder = self.state / "run"
        if len(os.fsencode(folder / _SOCKET)) <= _LONGEST_SOCKET_PATH and "," not in str(folder):
            return folder
        digest = hashlib.sha256(os.fsencode(self.state)).hexdigest()[:12]
        # Where anyone may write: `create` sees to it that the folder is this account's alone.
        return Path(f"/tmp/mentor-training-{os.geteuid()}-{digest}")  # noqa: S108

    @property
    def socket_lock(self) -> Path:
        """The lock file that the server puts beside its socket."""
        return self.sockets / f"{_SOCKET}.lock"

    def url(self, database: str) -> str:
        """The address of one of the server's databases."""
        return f"postgresql://{USER}@{quote(str(self.sockets), safe='')}/{database}"

    def create(self) -> None:
        """Make the state's folders, for this account alone.

        Raises EmbeddedPostgresError when something of another account is in the way.
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
    """The address of the service's database, for psycopg and Django. Starts nothing.

    `state` is the folder that `ensure` is given.
    """
    return Place.of(state).url(DATABASE)
