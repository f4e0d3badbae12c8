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


def way(before: State, to: State) -> tuple[State, ...]:
    """The states that a declaration passes from one state to another, the last one included.

    The shortest way: empty from a state to itself. Raises ValueError when there is none.
    """
    ways: list[tuple[State, ...]] = [()]
    for passed in ways:
        last = passed[-1] if passed else before
        if last == to:
            return passed
        ways += [(*passed, after) for after in TRANSITIONS[last]]
    raise ValueError(f"No way leads from {before} to {to}.")


def voided_from(state: State) -> State | None:
    """The state after voiding a declaration in this state; None when it cannot be voided.

    A paid one becomes "awaiting clawback", as the money must come back.
    """
    after = (State.VOIDED, State.AWAITING_CLAWBACK)
    return next((to for to in TRANSITIONS[state] if to in after), None)
