"""Measures the import of 50,000 schools against a plain COPY of the same file, and its memory.

Run: `.venv/bin/python benchmarks/import_gias.py [rounds]`. Makes the schools from the project's
extract, in a test database of its own. Each round copies the file as it is into a table of text
columns, imports it, and imports it again; each is rolled back. Compare the ratios, not the seconds:
they were measured side by side on the same machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from django.db import connection, transaction
from ground import own_database, set_up

FEW, MANY = 5_000, 50_000


def plain_copy(file: Path) -> None:
    """What PostgreSQL alone takes to read the file."""
    with file.open("rb") as lines, connection.cursor() as cursor:
        columns = range(lines.readline().count(b",") + 1)
        cursor.execute(f"CREATE TEMPORARY TABLE plain ({', '.join(f'c{n} text' for n in columns)})")
        with cursor.copy("COPY plain FROM STDIN (FORMAT csv)") as copy:
            while chunk := lines.read(64 * 1024):
                copy.write(chunk)


def seconds(run: Callable[[Path], object], file: Path) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run(file)
    return time.perf_counter() - start


def print_peak_memory(file: Path) -> None:
    """The most memory that this process has while it imports the file, in bytes."""
    from schools.gias import load  # Django has to be set up before models are there

    process = psutil.Process()
    peak = 0

    def look(read: int, size: int) -> None:
        nonlocal peak
        peak = max(peak, process.memory_info().rss)

    with transaction.atomic():
        load(file, look)
        look(0, 0)
        transaction.set_rollback(True)
    print(peak)


def peak_memory_in_fresh_process(file: Path) -> float:
    """The same in MB, of a process in which nothing else was done before."""
    from config.database import database_url  # found once the ground has named the project

    url = urlsplit(database_url())._replace(path=f"/{connection.settings_dict['NAME']}")
    printed = subprocess.check_output(
        [sys.executable, __file__, "--memory-of", file],
        env=os.environ | {"DATABASE_URL": url.geturl()},
    )
    return int(printed) / 1e6


def main(folder: Path, rounds: int) -> None:
    """Measure and print."""
    from schools.gias import load  # Django has to be set up before models are there
    from tests.schools.gias_files import many_rows, write

    few = write(folder / "few.csv", many_rows(FEW))
    many = write(folder / "many.csv", many_rows(MANY))
    taken: dict[str, list[float]] = {"plain COPY": [], "first import": [], "second import": []}
    for _ in range(rounds):
        with transaction.atomic():
            taken["plain COPY"].append(seconds(plain_copy, many))
            taken["first import"].append(seconds(load, many))
            taken["second import"].append(seconds(load, many))
            transaction.set_rollback(True)

    print(f"{MANY:,} schools, {many.stat().st_size / 1e6:.0f} MB, medians of {rounds}")
    plain = statistics.median(taken["plain COPY"])
    for what, times in taken.items():
        middle = statistics.median(times)
        print(
            f"{what:14} {middle:6.2f} s, {middle / MANY * 1e6:5.1f} microseconds a row,"
            f" {middle / plain:4.1f} times the plain COPY"
        )
    low, high = peak_memory_in_fresh_process(few), peak_memory_in_fresh_process(many)
    print(
        f"peak memory {low:.1f} MB for {FEW:,} rows, {high:.1f} MB for {MANY:,}:"
        f" {high - low:+.1f} MB"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory-of"]:
        set_up()
        print_peak_memory(Path(sys.argv[2]))
        sys.exit()
    with own_database(), tempfile.TemporaryDirectory() as temporary:
        main(Path(temporary), int(sys.argv[1]) if len(sys.argv) > 1 else 5)
