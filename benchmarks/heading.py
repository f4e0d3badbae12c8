"""The beginning of docs/performance.md: when, where and on how much data it was measured."""

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import psutil
from django.db import connection
from django.utils import timezone

from benchmarks.results import AtScale
from benchmarks.servers import WORKERS
from benchmarks.tables import table


def heading(results: Sequence[AtScale]) -> Iterable[str]:
    """The parts of the beginning, in order."""
    yield "# Performance\n"
    yield (
        "Written by `make bench` (`benchmarks/`); do not edit. `make bench SCALE=0.01` takes a"
        " quick look and writes the same page to `var/performance.md`.\n"
    )
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        settings = {}
        for name in ("fsync", "synchronous_commit", "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            (settings[name],) = cursor.fetchone()
    said = ", ".join(f"{name}={value}" for name, value in settings.items())
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("Django", "psycopg", "gunicorn")
    )
    yield table(
        ("", ""),
        [
            ("day", timezone.localdate().isoformat()),
            ("commit", _commit()),
            ("machine", f"{os.cpu_count()} cores ({_processor()}),"
             f" {psutil.virtual_memory().total / 2**30:.0f} GB, {platform.system()}"),
            ("software", f"Python {platform.python_version()}, {packages}"),
            ("PostgreSQL", f"{version}, {said}"),
            ("servers", f"gunicorn, {WORKERS} workers each, PostgreSQL and the client beside them;"
             " rounds interleaved, medians of rounds"),
            ("the same sums took", ", ".join(f"{at.sums:.2f} ms at {at.name}" for at in results)),
        ],
    )  # fmt: skip
    tables = list(results[0].counts)
    yield "The data is as many times England's (`benchmarks/national/`):\n"
    yield table(
        ("rows", *(each.name for each in results)),
        [(table, *(f"{each.counts[table]:,}" for each in results)) for table in tables],
    )


def _commit() -> str:
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    names = cpus.read_text().splitlines() if cpus.exists() else []
    found = (line.split(":")[1].strip() for line in names if line.startswith("model name"))
    return next(found, platform.processor() or platform.machine())
