"""Declarations as providers make them, brought to a state as DfE does."""

from datetime import UTC, datetime

from declarations.models import Declaration, LeadProvider
from declarations.states import State
from declarations.submission import Claim, submit
from schools.models import Teacher
from tests.declarations.trained import bring_to

NOW = datetime(2028, 1, 1, tzinfo=UTC)


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
    return bring_to(declaration, state, NOW)
