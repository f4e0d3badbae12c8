"""What tests of real processes need: to start them, to find what they left, to wait with an end."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[2]
GIVE_UP = 60  # seconds: far longer than anything takes


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Look often; fail, naming what was awaited, when it does not come."""
    give_up = time.monotonic() + GIVE_UP
    while not true():
        assert time.monotonic() < give_up, f"waited in vain until {what}"
        time.sleep(0.01)


class Process(subprocess.Popen):
    """A process that is killed when its block ends: else the block would wait for its end."""

    def __exit__(self, *raised: object) -> None:
        self.kill()
        super().__exit__(*raised)


def start_python(*arguments: str, **environment: str) -> Process:
    """Start Python in the project, in a session of its own, as a terminal would."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ENVIRONMENT")}
    return Process(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=inherited | {"PYTHONPATH": str(PROJECT)} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def printed(script: str, environment: str) -> list[str]:
    """The lines that a script prints under the settings of an environment, without a database."""
    variables = {
        "ENVIRONMENT": environment,
        "SECRET_KEY": "only-to-run-a-script, " * 3,
        "ALLOWED_HOSTS": "service.example",
        "DATABASE_URL": "postgresql://nobody@database.example/nothing",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=os.environ | variables,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


def holder(state: Path) -> Process:
    """A process that uses the embedded server of this state until its input ends."""
    return start_python("-m", "tests.config.hold_the_server", str(state))


def is_up(process: Process) -> bool:
    """Wait for the holder to say that it has the server; False when it says anything else."""
    assert process.stdout is not None
    return process.stdout.readline() == "up\n"


def finish(process: Process) -> int:
    """Let a holder end in its own time; return its exit code."""
    assert process.stdin is not None
    process.stdin.close()
    return process.wait(GIVE_UP)


def kill_all(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


def processes_of(state: Path) -> list[psutil.Process]:
    """Every living process that has to do with this state folder. The dead may be unreaped yet."""
    return [process for process in psutil.process_iter() if _has_to_do_with(state, process)]


def postmasters(state: Path) -> list[psutil.Process]:
    return [p for p in processes_of(state) if _command(p)[1:2] == ["-D"]]


def supervisors(state: Path) -> list[psutil.Process]:
    return [p for p in processes_of(state) if "config.embedded_postgres.supervisor" in _command(p)]


def nothing_left_of(state: Path) -> bool:
    return not processes_of(state)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _has_to_do_with(state: Path, process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and (
            str(state) in " ".join(process.cmdline())
            or process.cwd().startswith(str(state))
            or process.environ().get("STATE_DIR") == str(state)
        )
    except psutil.Error:
        return False  # ended while we looked, or none of ours
