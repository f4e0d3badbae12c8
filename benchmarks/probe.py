"""Answers each case's request in its own process, and looks on: queries, blocks, layers.

`benchmarks/__main__.py` runs it as `python -m benchmarks.probe`, with the cases on its input and
what it saw on its output, both JSON: a process of its own, with the settings of the servers.
"""

import json
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

_PROJECT = Path(__file__).resolve().parents[1]
_EVERY = 0.001  # seconds between two looks at what runs
# The layers, each by the files and functions that mark it; of several on the stack the first here.
_LAYERS = (
    (
        "session and user",
        r"contrib/sessions/backends|signing_in/session_store|contrib/auth/(__init__|.*:get_user)",
    ),
    ("rendering", r"backends/jinja2|/jinja2/|django/template/|django/shortcuts\.py:render"),
    ("finding the person and facts", r"django/db/|/psycopg"),
    ("rules and the rest of the view", r"/(mentors|schools|declarations|staff)/|/ninja/"),
)
_OUTSIDE = "middleware and handling"


def probe(cases: list[dict[str, Any]], environment: dict[str, str], seconds: float) -> list[dict]:
    """What each case's request costs; for those to be looked into, `seconds` long by layer."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.probe"],
        input=json.dumps({"cases": cases, "seconds": seconds}),
        capture_output=True,
        text=True,
        cwd=_PROJECT,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


class _Counted:
    """Counts the statements that any psycopg cursor of this process executes."""

    def __init__(self) -> None:
        self.statements = 0
        for name in ("execute", "executemany", "copy"):
            setattr(psycopg.Cursor, name, self._counting(getattr(psycopg.Cursor, name)))

    def _counting(self, method: Any) -> Any:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.statements += 1
            return method(*args, **kwargs)

        return counted


class _Sampler:
    """Looks every millisecond at which layer runs."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._patterns = [(layer, re.compile(pattern)) for layer, pattern in _LAYERS]
        self._layer_of: dict[str, str | None] = {}

    def __enter__(self) -> "_Sampler":
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
        return self

    def __exit__(self, *raised: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        layers = set()
        while frame is not None:
            code = frame.f_code
            where = f"{code.co_filename}:{code.co_name}"
            if where not in self._layer_of:
                self._layer_of[where] = next(
                    (layer for layer, pattern in self._patterns if pattern.search(where)), None
                )
            layers.add(self._layer_of[where])
            frame = frame.f_back
        self.seen[next((layer for layer, _ in _LAYERS if layer in layers), _OUTSIDE)] += 1

    def shares(self) -> dict[str, float]:
        """Of all looks, the share of each layer."""
        total = self.seen.total() or 1
        return {layer: self.seen[layer] / total for layer in [_OUTSIDE, *(n for n, _ in _LAYERS)]}


def main() -> None:
    import django
    from django.db import connection
    from django.test import Client

    django.setup()
    asked = json.load(sys.stdin)
    counted = _Counted()
    client = Client()
    seen = []
    with psycopg.connect(**_parameters(connection), autocommit=True) as watcher:
        for case in asked["cases"]:
            first, *others = case["requests"]
            _send(client, first, case["status"])  # compiled and connected
            measured = []
            for request in others or [first]:
                before, statements = _blocks(connection, watcher), counted.statements
                _send(client, request, case["status"])
                measured.append(
                    (counted.statements - statements, _blocks(connection, watcher) - before)
                )
            queries, blocks = (sorted(each)[len(each) // 2] for each in zip(*measured, strict=True))
            layers = _layers(client, case, asked["seconds"]) if case["layers"] else {}
            seen.append({"queries": queries, "blocks": blocks, "layers": layers})
    json.dump(seen, sys.stdout)


def _parameters(connection: Any) -> dict[str, Any]:
    wanted = {"dbname", "user", "password", "host", "port"}
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name in wanted}


def _send(client: Any, request: dict[str, Any], status: int) -> None:
    headers = {
        f"HTTP_{name.upper()}" if name != "Content-Type" else "CONTENT_TYPE": value
        for name, value in request["headers"].items()
    }
    client.cookies.clear()
    answer = client.generic(request["method"], request["path"], request["body"] or b"", **headers)
    b"".join(answer)
    if answer.status_code != status:
        raise RuntimeError(f"{answer.status_code} for {request['path']}")


def _blocks(connection: Any, watcher: psycopg.Connection) -> int:
    """Blocks that the process's backend has touched so far, in the cache or not."""
    connection.ensure_connection()
    raw = connection.connection
    pid = raw.info.backend_pid
    with psycopg.RawCursor(raw) as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    row = watcher.execute(
        "SELECT sum(hits) + sum(reads) FROM pg_stat_get_backend_io(%s) WHERE object = 'relation'",
        [pid],
    ).fetchone()
    return int(row[0])


def _layers(client: Any, case: dict[str, Any], seconds: float) -> dict[str, float]:
    """Milliseconds of a request in each layer, by time on the clock."""
    requests = case["requests"]
    sent, until = 0, time.perf_counter() + seconds
    started = time.perf_counter()
    with _Sampler() as sampler:
        while time.perf_counter() < until or not sent:
            _send(client, requests[sent % len(requests)], case["status"])
            sent += 1
    each = (time.perf_counter() - started) / sent * 1000
    return {layer: share * each for layer, share in sampler.shares().items()}


if __name__ == "__main__":
    main()
