"""`manage.py purge_history --before 2019-09-01`: deletes history that is past its time."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import CommandError
from django.db import ProgrammingError
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.audit_log.recording import AuditedCommand
from staff.history_purge import purge_history


class Command(AuditedCommand):
    """Says what it deleted. Only the owner of the database's tables can run it."""

    help = "Deletes the history written before a day. See docs/data.md for how long it is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The first day whose history stays."""
        parser.add_argument("--before", required=True, help="the first day whose history stays")

    def handle(self, *, before: str, **options: object) -> None:
        """Purge, and print the counts."""
        try:
            day = parse_date(before)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(f"{before!r} is not a day. Give it like 2019-09-01.")
        moment = timezone.make_aware(datetime.combine(day, datetime.min.time()))
        try:
            purged = purge_history(moment)
        except ProgrammingError as error:
            raise CommandError(f"Run this as the owner of the tables. ({error})") from error
        for label, rows in purged.items():
            self.stdout.write(f"{label}: {rows} deleted")
