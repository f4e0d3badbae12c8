"""The state log of declarations: each change, its moment, the user or token, and the reason."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.history import refuse_truncate
from declarations.models.declaration import Declaration
from declarations.models.log_triggers import every_row_is_of_a_change
from declarations.states import INITIAL_STATES, TRANSITIONS, State


def _of_the_machine() -> Q:
    """A row is a transition of the state machine, or the first row of a new declaration."""
    moves = Q(from_state="", to_state__in=[str(state) for state in INITIAL_STATES])
    for before, after in TRANSITIONS.items():
        if after:
            moves |= Q(from_state=str(before), to_state__in=[str(state) for state in after])
    return moves


class DeclarationStateChange(models.Model):
    """One change of a declaration's state; the first has no `from_state`. Append-only.

    It holds ids only, as its rows can never be deleted: `by` is a kind and an id, such as "user
    12", "token 3" or "command load_demo".
    """

    declaration = models.ForeignKey(
        Declaration,
        on_delete=models.PROTECT,
        related_name="state_changes",
        db_index=False,  # the unique constraint's index begins with it
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
                condition=_of_the_machine(), name="declarationstatechange_states"
            ),
            # No transition leads back, so a state is left once.
            models.UniqueConstraint(
                fields=["declaration", "from_state"], name="declarationstatechange_leaves_once"
            ),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(why=""), name="declarationstatechange_by_and_why"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuse_truncate(),
            every_row_is_of_a_change(),
        ]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} to {self.to_state}"
