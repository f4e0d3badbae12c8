"""The base of the commands that import a file."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, ClassVar

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from core.audit_log.recording import AuditedCommand
from declarations.imports import RefusedFile, RefusedRow, Report


class ImportCommand(AuditedCommand):
    """Imports a file, or tries it in a dry run, and prints each refused row and the counts.

    A subclass sets `import_file` to the function that imports.
    """

    import_file: ClassVar[Callable[..., None]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A CSV in UTF-8; its columns are in the docs")
        parser.add_argument(
            "--commit",
            action="store_true",
            help="Write all good rows, in one transaction. Without it nothing is written.",
        )

    def handle(self, *, file: Path, commit: bool, **options: object) -> None:
        report = Report(on_refusal=self._print)
        try:
            with file.open("rb") as opened, self._bar(file) as bar:
                self._import(opened, report, commit, bar)
        except (RefusedFile, OSError) as error:
            raise CommandError(f"{error} Nothing was imported from {file}.") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. Nothing was imported.", returncode=130) from stop
        done = "added" if commit else "would be added (a dry run: --commit writes them)"
        self.stdout.write(
            f"{file.name}: {report.added} {done}, {report.repeated} there already,"
            f" {report.refused} refused"
        )

    def _import(self, file: BinaryIO, report: Report, commit: bool, bar: tqdm) -> None:
        self.import_file(
            file,
            report,
            commit=commit,
            by=f"command {type(self).__module__.rpartition('.')[2]}",
            now=timezone.now(),
            on_progress=lambda read: bar.update(read - bar.n),
        )

    def _print(self, row: RefusedRow) -> None:
        self.stdout.write(f"Line {row.line}: {row.reason}")

    def _bar(self, file: Path) -> tqdm:
        # disable=None: no bar where standard error is not a terminal.
        size = file.stat().st_size
        return tqdm(desc=file.name, total=size, unit="B", unit_scale=True, disable=None)
