"""`manage.py import_gias FILE`: loads the public register of schools."""

from argparse import ArgumentParser
from pathlib import Path

import pghistory
from django.db import transaction
from tqdm import tqdm

from core.management.import_command import FileCommand, all_or_nothing
from schools.gias import Loaded, load, load_links


class Command(FileCommand):
    """Prints how many schools it created and changed, and each refused row."""

    help = "Loads the register of schools (GIAS). See docs/importing-schools.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GIAS's CSV of establishment fields")
        parser.add_argument("--links", type=Path, help="GIAS's CSV of links, for successors")

    def handle(self, *, file: Path, links: Path | None, **options: object) -> None:
        names = _names(file=file, links=links)
        with all_or_nothing(file), transaction.atomic(), pghistory.context(**names):
            loaded = _load_with_progress_bar(file)
            if links:
                with all_or_nothing(links):
                    linked = load_links(links)
        self.stdout.write(
            f"{file.name}, read as {loaded.encoding.label}: {loaded.created} created,"
            f" {loaded.updated} updated, {loaded.unchanged} unchanged,"
            f" {len(loaded.refused)} refused"
        )
        self.print_refused(loaded.refused)
        if links:
            self.stdout.write(
                f"{links.name}, successors: {linked.added} added, {linked.removed} removed,"
                f" {linked.unchanged} unchanged, {len(linked.refused)} refused"
            )
            self.print_refused(linked.refused)


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
