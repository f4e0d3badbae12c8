"""`manage.py load_sandbox [PROVIDER...]`: invented schools and people for lead providers to try."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone

from core.audit_log.recording import AuditedCommand
from core.periods import london_day
from declarations.models import LeadProvider
from sandbox.loading import OTHER_PROVIDER, SCHOOLS, is_made, make_sandbox


class Command(AuditedCommand):
    """Makes the sandbox of each of these lead providers, or of all that are there."""

    help = "Make invented schools and their people for each lead provider. See docs/sandbox.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("provider", nargs="*", help="Lead providers' names; all if left out")
        parser.add_argument(
            "--schools", type=int, default=SCHOOLS, help=f"how many for each, instead of {SCHOOLS}"
        )

    def handle(self, *, provider: list[str], schools: int, **options: object) -> None:
        today = london_day(timezone.now())
        for lead_provider in _providers(provider):
            if is_made(lead_provider):
                self.stdout.write(f"{lead_provider} has its sandbox already. Nothing was changed.")
            else:
                make_sandbox(lead_provider, today, schools)
                self.stdout.write(f"{lead_provider} has {schools} schools.")
        self.stdout.write("The name of each school says what is there: see docs/sandbox.md.")


def _providers(names: list[str]) -> list[LeadProvider]:
    """The lead providers of these names, which are made if absent; without names, all others."""
    if names:
        return [LeadProvider.objects.get_or_create(name=name)[0] for name in names]
    there = list(LeadProvider.objects.exclude(name=OTHER_PROVIDER))
    if not there:
        raise CommandError("There are no lead providers yet: name them.")
    return there
