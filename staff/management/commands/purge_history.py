"""`manage.py purge_history --before 2019-09-01 --looks-before 2024-09-01`: purges what is old."""

from argparse import ArgumentParser
from datetime import date, datetime

from django.core.management.base import CommandError
from django.db import ProgrammingError
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.audit_log.recording import AuditedCommand
from core.models import Look
from staff.history import purge_history, purge_looks


class Command(AuditedCommand):
    """Prints how many rows it deleted. Only the owner of the database's tables can run it."""

    help = (
        "Deletes the history written before a day, and who looked at which teacher before another."
        " See docs/data.md for how long each is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--before", required=True, help="the first day of the history to keep")
        parser.add_argument("--looks-before", help="the first day to keep of the looks at teachers")

    def handle(self, *, before: str, looks_before: str | None, **options: object) -> None:
        day, looks_day = _day(before), looks_before and _day(looks_before)
        moment = timezone.make_aware(datetime.combine(day, datetime.min.time()))
        try:
            purged = purge_history(moment)
            if looks_day:
                purged[Look._meta.label] = purge_looks(looks_day)
        except ProgrammingError as error:
            raise CommandError(f"Run this as the owner of the tables. ({error})") from error
        for label, rows in purged.items():
            self.stdout.write(f"{label}: {rows} deleted")


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text!r} is not a day. Give it like 2019-09-01.")
    return day
