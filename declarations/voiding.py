"""A lead provider voids a declaration of its own.

DfE staff void by the machine alone (moves.move), also in a cohort that is closed: it is they whom
the contract's refusal tells the provider to get in touch with.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from declarations.facts import facts_for
from declarations.judgement import closed_cohort
from declarations.models import Declaration, LeadProvider
from declarations.moves import move
from declarations.refusals import RefusedDeclaration
from declarations.states import State, voided_from

__all__ = ["RefusedDeclaration", "void"]

_TITLE = "participant_declaration_id"
_REFUSED_IN = {
    State.VOIDED: "The declaration has already been voided.",
    State.AWAITING_CLAWBACK: "The declaration will or has been refunded",
    State.CLAWED_BACK: "The declaration will or has been refunded",
}


def void(provider: LeadProvider, declaration_id: UUID, *, by: str, now: datetime) -> Declaration:
    """Void a declaration of this provider: a paid one comes to await its clawback.

    Raises Declaration.DoesNotExist when the provider has none with this id, and
    RefusedDeclaration in the provider contract's words.
    """
    own = Declaration.objects.select_for_update(no_key=True).filter(lead_provider=provider)
    with transaction.atomic():
        declaration = own.get(pk=declaration_id)
        state = State(declaration.state)
        to = voided_from(state)
        if to is None:
            raise RefusedDeclaration(_TITLE, _REFUSED_IN[state])
        if to is State.AWAITING_CLAWBACK:
            _refuse_if_cohort_closed(declaration)
        move(declaration, to, by=by, why="voided by the lead provider", now=now)
    return declaration


def _refuse_if_cohort_closed(declaration: Declaration) -> None:
    training = facts_for(declaration.teacher_id).training_with(declaration.lead_provider_id)
    if training.closed_for_payment:
        raise RefusedDeclaration(_TITLE, closed_cohort(training.cohort).removesuffix("."))
