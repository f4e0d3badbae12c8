"""The service, the floor and stock, each under gunicorn with two workers, and what they cost."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
from django.db import connection

WORKERS = 2
AT_ONCE = 4  # requests, where several are sent at once
SERVICE, FLOOR, STOCK, KEPT = "service", "floor", "stock", "stock, connection kept"
_PROJECT = Path(__file__).resolve().parents[1]
_WSGI = {
    SERVICE: ("config.wsgi", {}),
    FLOOR: ("benchmarks.compared.floor", {}),
    STOCK: ("benchmarks.compared.stock.wsgi", {}),
    KEPT: ("benchmarks.compared.stock.wsgi", {"BENCHMARK_KEEP": "600"}),
}


@dataclass(frozen=True)
class Request:
    """What is sent; the answer must have the status."""

    path: str
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    method: str = "GET"
    body: bytes | None = None
    status: int = 200


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port

    def send(self, request: Request) -> bytes:
        """The body of the answer, over a connection of its own.

        Written to the socket at once, and read until the server closes it (as HTTP/1.0 has it): an
        HTTP library would take as much of the two cores as the floor does.
        """
        body = request.body or b""
        headers = {"Host": "127.0.0.1", "Content-Length": len(body), **request.headers}
        lines = [f"{request.method} {request.path} HTTP/1.0"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        received = bytearray()
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as client:
            client.sendall("\r\n".join([*lines, "", ""]).encode() + body)
            while piece := client.recv(262_144):
                received += piece
        head, _, answer = bytes(received).partition(b"\r\n\r\n")
        status = int(head[9:12] or 0)  # after "HTTP/1.0 "
        if status != request.status:
            raise RuntimeError(f"{status} for {request.path}: {head.decode()} {answer[:300]!r}")
        return answer

    def send_at_once(self, requests: Iterable[Request]) -> None:
        """Send these, AT_ONCE at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.send, requests))

    def cpu(self) -> float:
        """Seconds of CPU that its workers have used."""
        return sum(_seconds(worker.pid) for worker in psutil.Process(self.process.pid).children())


class Postgres:
    """The server's processes for our database, where they are on this machine."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), current_database()")
            self.own, self.database = cursor.fetchone()
        try:
            backend = psutil.Process(self.own)
            local = "postgres" in " ".join(backend.cmdline())
            self.postmaster = backend.parent() if local else None
        except psutil.NoSuchProcess:
            self.postmaster = None

    def cpu(self) -> float:
        """Seconds of CPU of the backends of others, those gone included; nan when elsewhere."""
        if self.postmaster is None:
            return float("nan")
        times = self.postmaster.cpu_times()
        gone = times.children_user + times.children_system
        return gone + sum(
            _seconds(each.pid) for each in self.postmaster.children() if self._is_ours(each)
        )

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.pid != self.own and self.database in " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            return False


def _seconds(pid: int) -> float:
    """To the nanosecond on Linux; to the hundredth of a second elsewhere."""
    with contextlib.suppress(OSError, psutil.NoSuchProcess):
        tasks = Path(f"/proc/{pid}/task")
        if tasks.exists():
            return (
                sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir())
                / 1e9
            )
        times = psutil.Process(pid).cpu_times()
        return times.user + times.system
    return 0.0


def database_url() -> str:
    """The address of the database that this process is connected to."""
    where = connection.settings_dict
    user, password, host = (
        quote(where[key] or "", safe="") for key in ("USER", "PASSWORD", "HOST")
    )
    port = f":{where['PORT']}" if where["PORT"] else ""
    return f"postgresql://{user}:{password}@{host}{port}/{where['NAME']}"


def environment(templates: Path) -> dict[str, str]:
    """What the servers' processes are told: the settings of the demo, and our database."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "ENVIRONMENT": "demo",
        "BENCHMARK_TEMPLATES": str(templates),
    }


@contextlib.contextmanager
def serving(what: str, templates: Path, workers: int = WORKERS) -> Iterator[Server]:
    """Run it until the block ends."""
    wsgi, more = _WSGI[what]
    with socket.create_server(("127.0.0.1", 0), backlog=256) as port:
        # Should the benchmark be killed, the server ends with it (where there is setpriv).
        setpriv = shutil.which("setpriv")
        with_us = (setpriv, "--pdeathsig=KILL", "--") if setpriv else ()
        log = templates / f"{what}-{port.getsockname()[1]}.log"
        process = subprocess.Popen(
            [*with_us, sys.executable, "-m", "gunicorn", f"--workers={workers}", "--preload",
             "--timeout=300", "--log-level=error", "--no-control-socket",
             f"--bind=fd://{port.fileno()}", wsgi],
            cwd=_PROJECT,
            env=environment(templates) | more,
            stderr=log.open("wb"),
            pass_fds=(port.fileno(),),
            start_new_session=True,
        )  # fmt: skip
        server = Server(process, port.getsockname()[1])
        try:
            _wait_for_workers(process, log, workers)
            yield server
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for_workers(process: subprocess.Popen, log: Path, number: int) -> None:
    """Return once all are there: they are copies of a process that has imported everything."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended: {log.read_text()}")
        if len(psutil.Process(process.pid).children()) == number:
            return
        time.sleep(0.05)
    raise RuntimeError("gunicorn has no workers after half a minute")
