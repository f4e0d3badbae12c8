"""Deletes the answers of abandoned journeys; to be run daily."""

from typing import Any

from django.utils import timezone

from core.audit_log.recording import AuditedCommand
from mentors.journeys.drafts import forget_abandoned


class Command(AuditedCommand):
    """`manage.py forget_journeys`."""

    help = "Delete the answers of journeys without an answer for a day"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        forgotten = forget_abandoned(timezone.now())
        self.stdout.write(f"Forgot {forgotten} abandoned journeys")
