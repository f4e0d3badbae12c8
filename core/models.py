"""The emails that wait to be sent, and what became of those that did."""

from django.db import models
from django.db.models import Q


class EmailState(models.TextChoices):
    """Whether an email is still to be sent."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"


class OutgoingEmail(models.Model):
    """An email that the service sends, and what became of it (see core/email_queue.py).

    Address and text are here, encrypted, while it waits. Afterwards the row says when which kind of
    email went out, or why it did not.
    """

    kind = models.CharField(max_length=50, help_text="Which email it is, such as “sign-in code”.")
    user_id = models.BigIntegerField(
        "user", null=True, blank=True, help_text="The id of the user it is for, if they are one."
    )
    about = models.UUIDField(
        null=True,
        editable=False,
        db_index=True,
        help_text="The public id of the record that it tells of, if that may be taken back.",
    )
    state = models.CharField(max_length=10, choices=EmailState, default=EmailState.WAITING)
    letter = models.TextField(
        blank=True, help_text="Address, subject and body, encrypted; empty when it no longer waits."
    )
    queued_at = models.DateTimeField()
    send_before = models.DateTimeField(help_text="From then on it is of no use, and is given up.")
    next_try_at = models.DateTimeField(help_text="When to send it, or to look whether it was sent.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often sending was begun.")
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Sent or given up then.")
    template = models.CharField(
        max_length=36, blank=True, help_text="The template at GOV.UK Notify, at the last attempt."
    )
    status_code = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the provider answered to the last attempt."
    )
    failure = models.CharField(
        max_length=60, blank=True, help_text="Why the last attempt failed; empty if it did not."
    )

    class Meta:
        verbose_name = "email"
        ordering = ("-queued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(state=EmailState.WAITING, finished_at=None) & ~Q(letter="")
                    | Q(
                        state__in=[EmailState.SENT, EmailState.GIVEN_UP],
                        finished_at__isnull=False,
                        letter="",
                    )
                ),
                name="outgoingemail_kept_while_it_waits",
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at"],
                condition=Q(state=EmailState.WAITING),
                name="outgoingemail_waiting",
            ),
            models.Index(fields=["finished_at"], name="outgoingemail_finished"),
        )

    def __str__(self) -> str:
        return f"Email {self.pk} ({self.kind})"
