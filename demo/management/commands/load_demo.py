"""`manage.py load_demo`: loads the demo's schools and people into the database."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from accounts.models import User
from core.audit_log.recording import AuditedCommand
from demo import builder
from demo.people import people_here
from schools.models import School


class Command(AuditedCommand):
    """Loads the demo data if it is not there yet, and lists the users to sign in as."""

    help = "Loads the demo data. See docs/demo.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing when the database has a school or a user",
        )

    def handle(self, *, if_empty: bool, **options: object) -> None:
        has_rows = School.objects.exists() or User.objects.exists()
        if builder.is_loaded():
            self.stdout.write("The demo data is loaded already. Nothing was changed.")
        elif if_empty and has_rows:
            self.stdout.write("The database has schools or users of its own. Nothing was loaded.")
        else:
            try:
                builder.load()
            except builder.DemoRefusedError as error:
                raise CommandError(str(error)) from error
            self.stdout.write("The demo data is loaded.")
        self._print_people()

    def _print_people(self) -> None:
        people = people_here()
        if people:
            self.stdout.write("To sign in, choose one of these at /demo/sign-in:")
        for person in people:
            self.stdout.write(f"  {person.name}, {person.email}: {person.shows}")
