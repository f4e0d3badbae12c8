"""`manage.py import_gias FILE`: loads the public register of schools."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

import pghistory
from django.core.management.base import CommandError
from django.db import transaction
from tqdm import tqdm

from core.audit_log.recording import AuditedCommand
from core.csv_files import RefusedFile, RefusedRow
from schools.gias import Loaded, load, load_links


class Command(AuditedCommand):
    """Prints how many schools it created and changed, and each refused row."""

    help = "Loads the register of schools (GIAS). See docs/importing-schools.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GIAS's CSV of establishment fields")
        parser.add_argument("--links", type=Path, help="GIAS's CSV of links, for successors")

    def handle(self, *, file: Path, links: Path | None, **options: object) -> None:
        reading = file
        try:
            with transaction.atomic(), pghistory.context(**_names(file=file, links=links)):
                loaded = _load_with_progress_bar(file)
                if links:
                    reading = links
                    linked = load_links(links)
        except RefusedFile as error:
            raise CommandError(f"{error} Nothing was imported from {reading}.") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. Nothing was imported.", returncode=130) from stop
        self.stdout.write(
            f"{file.name}, read as {loaded.encoding.label}: {loaded.created} created,"
            f" {loaded.updated} updated, {loaded.unchanged} unchanged,"
            f" {len(loaded.refused)} refused"
        )
        self._print(loaded.refused)
        if links:
            self.stdout.write(
                f"{links.name}, successors: {linked.added} added, {linked.removed} removed,"
                f" {linked.unchanged} unchanged, {len(linked.refused)} refused"
            )
            self._print(linked.refused)

    def _print(self, refused: Iterable[RefusedRow]) -> None:
        for row in refused:
            self.stdout.write(f"Line {row.line}: {row.reason}")


def _names(**files: Path | None) -> dict[str, str]:
    """The names of the files that are given, for the history."""
    return {kind: file.name for kind, file in files.items() if file}


def _load_with_progress_bar(file: Path) -> Loaded:
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(desc=file.name, unit="B", unit_scale=True, disable=None) as bar:

        def show(read: int, size: int) -> None:
            bar.total = size
            bar.update(read - bar.n)

        return load(file, show)
