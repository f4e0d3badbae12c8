"""What the API remembers of a token's requests, for all its processes to see."""

from typing import ClassVar

from django.db import models

from declarations.models.api_token import ApiToken


class RequestWindow(models.Model):
    """How many requests a token made in the window that runs, or ran last."""

    token = models.OneToOneField(
        ApiToken, on_delete=models.PROTECT, primary_key=True, related_name="request_window"
    )
    started_at = models.DateTimeField(help_text="The moment of the window's first request.")
    requests = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.requests} since {self.started_at}"


class PageMark(models.Model):
    """Where the page that a token just read ended, so that the next one need not be counted to."""

    token = models.ForeignKey(
        ApiToken, on_delete=models.PROTECT, related_name="page_marks", db_index=False
    )
    asked = models.UUIDField(help_text="Of the filters and the page's size, a digest.")
    next_page = models.PositiveBigIntegerField(help_text="The page that begins after the mark.")
    created_at = models.DateTimeField(help_text="Of the last declaration of the page.")
    declaration_id = models.UUIDField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "asked"], name="pagemark_one_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"Page {self.next_page} begins after {self.declaration_id}"
