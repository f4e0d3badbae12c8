"""Measures the import of 100,000 declarations, the first time and again, and its memory.

Run: `.venv/bin/python benchmarks/declarations_import.py [rows]`. Works in a test database of its
own, which it fills with as many mentors in training as it needs.
"""

import sys
import tempfile
import time

import psutil
from django.db import connection
from django.utils import timezone
from ground import own_database

_TYPES = ("started", "retained-1", "retained-2", "retained-3", "completed")


def main(rows: int) -> None:
    """Fill, write a file, import it, and print what that took."""
    from benchmarks.declarations_data import fill  # Django has to be set up before models are there
    from declarations.imports import Report, import_declarations
    from declarations.imports.declarations import COLUMNS

    teachers = rows // len(_TYPES)
    fill(teachers, declarations=False)
    process = psutil.Process()
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        with connection.cursor() as cursor, open(file.name, "w") as text:
            text.write(",".join(COLUMNS) + "\n")
            cursor.execute(
                """SELECT provider.name, teacher.trn FROM declarations_trainingperiod training
                   JOIN declarations_leadprovider provider ON provider.id = lead_provider_id
                   JOIN schools_teacher teacher ON teacher.id = teacher_id
                   WHERE finished_on IS NULL ORDER BY teacher.id"""
            )
            for name, trn in cursor.fetchall():
                for number, kind in enumerate(_TYPES):
                    date = f"2025-0{number + 1}-03T10:00:00Z"
                    text.write(f"{name},,{trn},{kind},{date},ecf-mentor,other\n")
        for what, commit in (("dry run", False), ("commit", True), ("commit again", True)):
            report = Report(on_refusal=print)
            peak = before = process.memory_info().rss

            def look(read: int) -> None:
                nonlocal peak
                peak = max(peak, process.memory_info().rss)

            started = time.perf_counter()
            with open(file.name, "rb") as opened:
                import_declarations(
                    opened,
                    report,
                    commit=commit,
                    by="command benchmark",
                    now=timezone.now(),
                    on_progress=look,
                )
            taken, grown = time.perf_counter() - started, (peak - before) / 1e6
            print(f"{what:14} {taken:6.1f} s, {grown:+5.1f} MB, {report.added:,} added,"
                  f" {report.repeated:,} there already, {report.refused:,} refused")  # fmt: skip


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
