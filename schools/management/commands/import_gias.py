"""`manage.py import_gias FILE`: loads the public register of schools."""

from argparse import ArgumentParser
from pathlib import Path

import pghistory
from django.core.management.base import CommandError
from tqdm import tqdm

from core.audit_log.recording import AuditedCommand
from schools.gias import RefusedFileError, Report, load


class Command(AuditedCommand):
    """Says what became of the rows. A file that is not the register changes nothing."""

    help = "Loads the register of schools (GIAS). See docs/importing-schools.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, as GIAS publishes it."""
        parser.add_argument("file", type=Path, help="GIAS's CSV of establishment fields")

    def handle(self, *, file: Path, **options: object) -> None:
        """Load the file, and print the counts and the refused rows."""
        try:
            with pghistory.context(file=file.name):
                report = _load_with_progress_bar(file)
        except RefusedFileError as error:
            raise CommandError(f"{error} Nothing was imported from {file}.") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. Nothing was imported.", returncode=130) from stop
        self.stdout.write(
            f"{file.name}, read as {report.encoding.label}: {report.created} created,"
            f" {report.updated} updated, {report.unchanged} unchanged,"
            f" {len(report.refused)} refused"
        )
        for row in report.refused:
            self.stdout.write(f"Line {row.line}: {row.reason}")


def _load_with_progress_bar(file: Path) -> Report:
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(desc=file.name, unit="B", unit_scale=True, disable=None) as bar:

        def show(read: int, size: int) -> None:
            bar.total = size
            bar.update(read - bar.n)

        return load(file, show)
