"""`manage.py purge_history --before 2019-09-01`: deletes the history written before a day."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import CommandError
from django.db import ProgrammingError
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.audit_log.recording import AuditedCommand
from staff.history import purge_history


class Command(AuditedCommand):
    """Prints how many rows it deleted. Only the owner of the database's tables can run it."""

    help = "Deletes the history written before a day. See docs/data.md for how long it is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--before", required=True, help="the first day of the history to keep")

    def handle(self, *, before: str, **options: object) -> None:
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
