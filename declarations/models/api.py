"""The API's tokens, and what the API remembers of each token's requests."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.history import tracked
from declarations.models.provider import LeadProvider


@tracked(exclude=("digest",))
class ApiToken(models.Model):
    """A lead provider's token. Only the hash of its secret is kept; declarations/tokens.py."""

    lead_provider = models.ForeignKey(
        LeadProvider, on_delete=models.PROTECT, related_name="api_tokens"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since when it is refused."
    )

    class Meta:
        verbose_name = "API token"
        ordering = ("lead_provider__name", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="apitoken_digest"
            )
        ]

    def __str__(self) -> str:
        return f"Token {self.pk} of {self.lead_provider}"


class RequestWindow(models.Model):
    """How many requests a token made in its latest window (declarations/tokens.py)."""

    token = models.OneToOneField(
        ApiToken, on_delete=models.PROTECT, primary_key=True, related_name="request_window"
    )
    started_at = models.DateTimeField(help_text="The moment of the window's first request.")
    requests = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.requests} since {self.started_at}"


class PageCursor(models.Model):
    """Where the page that a token just read ended (declarations/cursors.py)."""

    token = models.ForeignKey(
        ApiToken, on_delete=models.PROTECT, related_name="page_cursors", db_index=False
    )
    asked = models.UUIDField(
        help_text="A digest of the list, its filters and order, and the page's size."
    )
    next_page = models.PositiveBigIntegerField(
        help_text="The page that begins after this position."
    )
    moments = ArrayField(
        models.DateTimeField(),
        help_text="By which the list is sorted: those of the last row of the page.",
    )
    last_id = models.UUIDField(help_text="The id of the last row of the page.")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "asked"], name="pagecursor_one_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"Page {self.next_page} begins after {self.last_id}"
