"""`manage.py import_gias FILE`: loads the public register of schools."""

from argparse import ArgumentParser
from pathlib import Path

import pghistory
from django.core.management.base import CommandError
from tqdm import tqdm

from core.audit_log.recording import AuditedCommand
from core.csv_files import RefusedFile
from schools.gias import Loaded, load


class Command(AuditedCommand):
    """Prints how many schools it created and changed, and each refused row."""

    help = "Loads the register of schools (GIAS). See docs/importing-schools.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GIAS's CSV of establishment fields")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            with pghistory.context(file=file.name):
                loaded = _load_with_progress_bar(file)
        except RefusedFile as error:
            raise CommandError(f"{error} Nothing was imported from {file}.") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. Nothing was imported.", returncode=130) from stop
        self.stdout.write(
            f"{file.name}, read as {loaded.encoding.label}: {loaded.created} created,"
            f" {loaded.updated} updated, {loaded.unchanged} unchanged,"
            f" {len(loaded.refused)} refused"
        )
        for row in loaded.refused:
            self.stdout.write(f"Line {row.line}: {row.reason}")


def _load_with_progress_bar(file: Path) -> Loaded:
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(desc=file.name, unit="B", unit_scale=True, disable=None) as bar:

        def show(read: int, size: int) -> None:
            bar.total = size
            bar.update(read - bar.n)

        return load(file, show)
