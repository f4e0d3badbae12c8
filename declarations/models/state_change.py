"""The log of a declaration's states: who moved it, when, from what to what, and why."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.history import refuse_truncate
from declarations.models.declaration import Declaration
from declarations.states import State


class DeclarationStateChange(models.Model):
    """One move of a declaration's state; the first has no `from_state`. Append-only.

    It holds ids only, since it can't be purged: `by` says a kind and an id, such as "user 12",
    "token 3" or "command load_demo".
    """

    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, related_name="state_changes"
    )
    from_state = models.CharField(max_length=20, choices=State, blank=True)
    to_state = models.CharField(max_length=20, choices=State)
    changed_at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=100)
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(from_state__in=["", *(str(state) for state in State)])
                & Q(to_state__in=[str(state) for state in State]),
                name="declarationstatechange_states",
            ),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(why=""), name="declarationstatechange_by_and_why"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} to {self.to_state}"
