"""The states of a declaration, and the only moves between them (docs/domain.md)."""

from django.db import models


class State(models.TextChoices):
    """Where a declaration stands on its way to payment, or back."""

    SUBMITTED = "submitted", "Submitted"
    ELIGIBLE = "eligible", "Eligible"
    PAYABLE = "payable", "Payable"
    PAID = "paid", "Paid"
    VOIDED = "voided", "Voided"
    AWAITING_CLAWBACK = "awaiting_clawback", "Awaiting clawback"
    CLAWED_BACK = "clawed_back", "Clawed back"


INITIAL_STATES = (State.SUBMITTED, State.ELIGIBLE)

# A declaration counts while it is, or may yet be, paid for.
COUNTING_STATES = (State.SUBMITTED, State.ELIGIBLE, State.PAYABLE, State.PAID)

TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.SUBMITTED: (State.ELIGIBLE, State.VOIDED),
    State.ELIGIBLE: (State.PAYABLE, State.VOIDED),
    State.PAYABLE: (State.PAID, State.VOIDED),
    State.PAID: (State.AWAITING_CLAWBACK,),
    State.AWAITING_CLAWBACK: (State.CLAWED_BACK,),
    State.VOIDED: (),
    State.CLAWED_BACK: (),
}


def voided_from(state: State) -> State | None:
    """What voiding makes of a declaration in this state; None when it can't be voided.

    What is paid for already can't be undone, and comes to await its clawback.
    """
    undone = (State.VOIDED, State.AWAITING_CLAWBACK)
    return next((to for to in TRANSITIONS[state] if to in undone), None)
