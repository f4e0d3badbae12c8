"""What the commands that import a file have in common."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone
from tqdm import tqdm

from core.audit_log.recording import AuditedCommand
from core.csv_files import RefusedFile, RefusedRow, Report, refused_as_csv
from core.refusals import is_refusal, words_of


@contextmanager
def all_or_nothing(file: Path) -> Iterator[None]:
    """Put this around a transaction that imports the file: what stops it ends the command.

    The command then says in one line why, and that nothing was imported.
    """
    try:
        yield
    except (RefusedFile, OSError) as error:
        raise CommandError(f"{error} Nothing was imported from {file}.") from error
    except DatabaseError as error:
        if not is_refusal(error):
            raise
        raise CommandError(f"{words_of(error)} Nothing was imported from {file}.") from error
    except KeyboardInterrupt as stop:
        raise CommandError("Stopped. Nothing was imported.", returncode=130) from stop


class FileCommand(AuditedCommand):
    """The base of every command that imports a file."""

    def print_refused(self, rows: Iterable[RefusedRow]) -> None:
        """Print the line and the reason of each row."""
        for row in rows:
            self.stdout.write(f"Line {row.line}: {row.reason}")

    def bar(self, file: Path) -> tqdm:
        """A progress bar in bytes; none where standard error is not a terminal."""
        size = file.stat().st_size
        return tqdm(desc=file.name, total=size, unit="B", unit_scale=True, disable=None)


class ImportCommand(FileCommand):
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
        parser.add_argument(
            "--refused",
            type=Path,
            help="Write the refused rows to this file, each with its line and the reason.",
        )

    def handle(self, *, file: Path, commit: bool, refused: Path | None, **options: object) -> None:
        kept: list[RefusedRow] = []

        def take(row: RefusedRow) -> None:
            self.print_refused([row])
            if refused:
                kept.append(row)

        report = Report(on_refusal=take)
        with all_or_nothing(file), file.open("rb") as opened, self.bar(file) as bar:
            self._import(opened, report, commit, bar)
        done = "added" if commit else "would be added (a dry run: --commit writes them)"
        self.stdout.write(
            f"{file.name}: {report.added} {done}, {report.repeated} there already,"
            f" {report.refused} refused"
        )
        if refused:
            _write(refused, refused_as_csv(report.heading, kept))

    def _import(self, file: BinaryIO, report: Report, commit: bool, bar: tqdm) -> None:
        self.import_file(
            file,
            report,
            commit=commit,
            by=f"command {type(self).__module__.rpartition('.')[2]}",
            now=timezone.now(),
            on_progress=lambda read: bar.update(read - bar.n),
        )


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"The refused rows could not be written: {error}") from error
