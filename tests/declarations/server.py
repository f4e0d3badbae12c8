"""The service as it runs: gunicorn with several processes, on the test's database, over HTTP."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from tests.config.processes import wait_until
from tests.declarations.client import GOOD_TYPE, PATH, submission

_PROJECT = Path(__file__).resolve().parents[2]


class Server:
    """A running service, and requests to it over a new connection each."""

    port = 0  # any that is free; after a start, the one it has

    def __init__(
        self, workers: int, threads: int, environment: dict[str, str], options: tuple[str, ...] = ()
    ) -> None:
        self.options = [f"--workers={workers}", f"--threads={threads}", *options]
        self.environment = (
            os.environ | {"DATABASE_URL": database_url(), "ENVIRONMENT": "test"} | environment
        )
        self.start()

    def start(self, takes_callers_at_once: bool = True) -> None:
        """Start it, at the port that it had before; callers wait until it is ready, or fail."""
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wait_until(self._has_bound, "the processes of before had let go of the port")
        if takes_callers_at_once:
            self.listener.listen(256)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        # Should the tests be killed, the service ends with them (where there is setpriv, on Linux).
        setpriv = shutil.which("setpriv")
        with_us = (setpriv, "--pdeathsig=KILL", "--") if setpriv else ()
        file = self.listener.fileno()
        self.process = subprocess.Popen(
            [*with_us, sys.executable, "-m", "gunicorn", *self.options, "--log-level=error",
             "--preload", f"--bind=fd://{file}", "config.wsgi"],
            cwd=_PROJECT,
            env=self.environment,
            pass_fds=(file,),
            start_new_session=True,
        )  # fmt: skip

    def _has_bound(self) -> bool:
        try:
            self.listener.bind(("127.0.0.1", self.port))
        except OSError:
            return False
        return True

    def send(
        self, secret: str, method: str = "GET", path: str = PATH, body: Any = None, **headers: str
    ) -> tuple[int, Any]:
        """The status and the JSON of an answer, whose type must be the contract's."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        return self._answer(method, path, data, _headers(secret) | headers)

    def send_chunks(self, secret: str, chunks: list[bytes]) -> tuple[int, Any]:
        """Submit a body in chunks, whose length is not said."""
        headers = _headers(secret) | {"Transfer-Encoding": "chunked"}
        return self._answer("POST", PATH, iter(chunks), headers, encode_chunked=True)

    def send_broken(self, secret: str, chunks: bytes) -> tuple[int, Any]:
        """Submit a body said to be in chunks, of these bytes and no more."""
        with contextlib.closing(self.connect()) as client:
            client.request(
                "POST", PATH, headers=_headers(secret) | {"Transfer-Encoding": "chunked"}
            )
            client.send(chunks)
            client.sock.shutdown(socket.SHUT_WR)
            return self._read(client)

    def _answer(self, *request: Any, **how: Any) -> tuple[int, Any]:
        with contextlib.closing(self.connect()) as client:
            client.request(*request, **how)
            return self._read(client)

    def _read(self, client: http.client.HTTPConnection) -> tuple[int, Any]:
        with client.getresponse() as response:
            text = response.read()
        assert response.headers["Content-Type"] == GOOD_TYPE
        return response.status, json.loads(text)

    def submit(self, secret: str, **attributes: object) -> tuple[int, Any]:
        return self.send(secret, "POST", body=submission(**attributes))

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def kill(self) -> None:
        """End all its processes at once, as by SIGKILL they cannot help it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        # Else who is still in the queue of this process's copy would wait for an answer.
        self.listener.close()


@contextlib.contextmanager
def serving(
    workers: int = 4, threads: int = 4, options: tuple[str, ...] = (), **environment: str
) -> Iterator[Server]:
    """Run the service on the database of the test; it has stopped when the block ends."""
    server = Server(workers, threads, environment, options)
    try:
        yield server
    finally:
        server.kill()


def _headers(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}


def database_url() -> str:
    """The address of the database that this process is connected to."""
    where = connection.settings_dict
    user, password, host = (
        quote(where[key] or "", safe="") for key in ("USER", "PASSWORD", "HOST")
    )
    port = f":{where['PORT']}" if where["PORT"] else ""
    return f"postgresql://{user}:{password}@{host}{port}/{where['NAME']}"
