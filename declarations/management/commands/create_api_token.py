"""`manage.py create_api_token PROVIDER`."""

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from core.audit_log.recording import AuditedCommand
from declarations.models import LeadProvider
from declarations.tokens import make_token


class Command(AuditedCommand):
    """Makes a token for a lead provider, and shows it this once."""

    help = "Make an API token for a lead provider, and show it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("provider", help="The lead provider's name")

    def handle(self, *args: object, provider: str, **options: object) -> None:
        """Make the token. Only its secret goes to standard output, so that scripts can read it."""
        try:
            lead_provider = LeadProvider.objects.get(name=provider)
        except LeadProvider.DoesNotExist:
            known = "; ".join(LeadProvider.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(f"No lead provider is {provider!r}. There are: {known}") from None
        token, secret = make_token(lead_provider, by="command create_api_token", now=timezone.now())
        self.stderr.write(f"{token}. Keep it: it is not shown again.")
        self.stdout.write(secret)
