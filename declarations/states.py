"""The states of a declaration, and the transitions between them (docs/domain.md)."""

from django.db import models


class State(models.TextChoices):
    """How far a declaration is on its way to payment, or to clawback."""

    SUBMITTED = "submitted", "Submitted"
    ELIGIBLE = "eligible", "Eligible"
    PAYABLE = "payable", "Payable"
    PAID = "paid", "Paid"
    VOIDED = "voided", "Voided"
    AWAITING_CLAWBACK = "awaiting_clawback", "Awaiting clawback"
    CLAWED_BACK = "clawed_back", "Clawed back"


INITIAL_STATES = (State.SUBMITTED, State.ELIGIBLE)

# A declaration counts when it is paid for, or still may be.
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
    """The state after voiding a declaration in this state; None when it cannot be voided.

    A paid one becomes "awaiting clawback", as the money must come back.
    """
    after = (State.VOIDED, State.AWAITING_CLAWBACK)
    return next((to for to in TRANSITIONS[state] if to in after), None)
