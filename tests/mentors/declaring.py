"""Declarations as providers make them, brought to a state as DfE does."""

from datetime import UTC, datetime

from declarations.models import Declaration, LeadProvider
from declarations.moves import move
from declarations.states import State
from declarations.submission import Claim, submit
from schools.models import Teacher

NOW = datetime(2028, 1, 1, tzinfo=UTC)
ROUTES: dict[State, tuple[State, ...]] = {
    State.SUBMITTED: (),
    State.ELIGIBLE: (State.ELIGIBLE,),
    State.PAYABLE: (State.ELIGIBLE, State.PAYABLE),
    State.PAID: (State.ELIGIBLE, State.PAYABLE, State.PAID),
    State.VOIDED: (State.VOIDED,),
    State.AWAITING_CLAWBACK: (
        State.ELIGIBLE,
        State.PAYABLE,
        State.PAID,
        State.AWAITING_CLAWBACK,
    ),
    State.CLAWED_BACK: (
        State.ELIGIBLE,
        State.PAYABLE,
        State.PAID,
        State.AWAITING_CLAWBACK,
        State.CLAWED_BACK,
    ),
}


def declare(
    teacher: Teacher,
    moment: str = "2023-07-30T12:00:00Z",
    *,
    type_: str = Declaration.Type.COMPLETED,
    state: State = State.SUBMITTED,
    by: str = "Ambition Institute",
) -> Declaration:
    """Have this provider declare it, and move the declaration to this state."""
    claim = Claim(
        participant_id=str(teacher.participant_id),
        declaration_type=str(type_),
        declaration_date=moment,
        course_identifier="ecf-mentor",
        evidence_held="other",
    )
    declaration = submit(LeadProvider.objects.get(name=by), claim, by="token 1", now=NOW)
    for step in ROUTES[state]:
        move(declaration, step, by="user 1", why="For a test", now=NOW)
    return declaration
