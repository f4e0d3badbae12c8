"""The token by which the API knows a lead provider."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.history import tracked
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
