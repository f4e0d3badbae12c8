"""Emails that wait to be sent, or were; and who looked at which teacher."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.history import refuse_truncate
from core.periods import in_words


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
    content = models.TextField(
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
                    Q(state=EmailState.WAITING, finished_at=None) & ~Q(content="")
                    | Q(
                        state__in=[EmailState.SENT, EmailState.GIVEN_UP],
                        finished_at__isnull=False,
                        content="",
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


class Look(models.Model):
    """A user looked at a teacher, or a lead provider's token was sent participants.

    Of a user there is one row for each teacher and day, by the first page; of a token, one for each
    request that was answered with participants. Append-only, and ids only, which may be those of
    rows that are gone.
    """

    at = models.DateTimeField(db_default=Now())
    day = models.DateField(help_text="The day in London.")
    page = models.CharField(max_length=100, help_text="The name of the page or of the API's call.")
    request = models.CharField(max_length=64, help_text="The id that the logs have, too.")
    user_id = models.BigIntegerField("user", null=True)
    teacher_id = models.BigIntegerField("teacher", null=True)
    token_id = models.BigIntegerField("token", null=True)
    participant_ids = ArrayField(models.UUIDField(), verbose_name="participants", null=True)

    class Meta:
        verbose_name = "look at a teacher"
        verbose_name_plural = "looks at teachers"
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user_id"], condition=Q(token_id=None), name="look_of_user"),
            models.Index(fields=["token_id"], condition=Q(user_id=None), name="look_of_token"),
            models.Index(fields=["day"], name="look_on_day"),
            models.Index(fields=["request"], name="look_of_request"),
            # Without a list of what is pending: the request that filled it would sort in all of it.
            GinIndex(
                fields=["participant_ids"],
                condition=Q(user_id=None),
                name="look_at_participants",
                fastupdate=False,
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["teacher_id", "user_id", "day"], name="look_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    user_id__isnull=False,
                    teacher_id__isnull=False,
                    token_id__isnull=True,
                    participant_ids__isnull=True,
                )
                | Q(
                    user_id__isnull=True,
                    teacher_id__isnull=True,
                    token_id__isnull=False,
                    participant_ids__isnull=False,
                ),
                name="look_of_user_or_token",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.page}, {in_words(self.day)}"
