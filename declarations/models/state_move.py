"""Moves of many declarations to another state, which a worker does, and what became of each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from declarations.states import State


class StateMove(models.Model):
    """Many declarations are to get this state, and why; declarations/state_moves.py moves them."""

    to_state = models.CharField("new state", max_length=20, choices=State)
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=100, help_text="A kind and an id, such as “user 12”.")
    planned_at = models.DateTimeField()
    begun_at = models.DateTimeField(
        null=True, blank=True, help_text="When a member of staff confirmed it; until then a plan."
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "move of many declarations"
        verbose_name_plural = "moves of many declarations"
        ordering = ("-planned_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(to_state__in=State.values), name="statemove_state"),
            models.CheckConstraint(condition=~Q(by="") & ~Q(why=""), name="statemove_by_and_why"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(begun_at__isnull=False),
                name="statemove_begun_before_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"Move to {self.get_to_state_display()}"


class StateMoveOutcome(models.TextChoices):
    """What became of a declaration in a move."""

    WAITING = "waiting", "Waiting"
    MOVED = "moved", "Moved"
    REFUSED = "refused", "Refused"


class StateMoveItem(models.Model):
    """A declaration in a move, by its id: a file may hold ids that no declaration has."""

    Outcome = StateMoveOutcome

    move = models.ForeignKey(
        StateMove,
        on_delete=models.PROTECT,
        related_name="items",
        db_index=False,  # the unique constraint's index begins with it
    )
    declaration_id = models.UUIDField()
    from_state = models.CharField(max_length=20, choices=State, blank=True)
    outcome = models.CharField(
        max_length=10, choices=StateMoveOutcome, default=StateMoveOutcome.WAITING
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was refused.")

    class Meta:
        ordering = ("id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["move", "id"], condition=Q(outcome="waiting"), name="statemoveitem_waiting"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["move", "declaration_id"], name="statemoveitem_once_in_a_move"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=StateMoveOutcome.values), name="statemoveitem_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""), name="statemoveitem_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id}: {self.get_outcome_display()}"
