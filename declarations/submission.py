"""A lead provider submits a declaration, or voids one of its own."""

from datetime import datetime
from uuid import UUID

import pghistory
from django.db import transaction

from core.text import read_uuid
from declarations.claims import Claim, RefusedDeclaration, closed_cohort
from declarations.completing import FinalDeclaration, complete, is_final
from declarations.facts import TeacherFacts, facts_of_teacher
from declarations.judgement import Repeat, judge
from declarations.locks import (
    give_up_after_two_seconds,
    lock_teacher_of_declaration,
    lock_teachers_known_by,
)
from declarations.models import Declaration, LeadProvider
from declarations.states import State, voided_from
from declarations.transitions import change_state, first_state_change

SUBMITTED = "submitted by the lead provider"


def submit(provider: LeadProvider, claim: Claim, *, by: str, now: datetime) -> Declaration:
    """Submit what a provider claims, judged at the moment `now`.

    Returns the new declaration or, when the claim exactly repeats one that counts, that one. `by`
    is a kind and an id for the state log: "token 3". A final declaration ends the training that it
    is about. Raises RefusedDeclaration in the provider contract's words, and OperationalError when
    another transaction holds the teacher for more than two seconds.
    """
    with transaction.atomic(), pghistory.context(by=by):
        give_up_after_two_seconds()
        facts = _locked_facts(read_uuid(claim.participant_id))
        verdict = judge(provider.pk, claim, facts, now)
        if isinstance(verdict, Repeat):
            return Declaration.objects.get(pk=verdict.declaration_id)
        declaration = Declaration(
            training_period_id=verdict.training_period_id,
            delivery_partner_id=verdict.delivery_partner_id,
            declaration_type=verdict.declaration_type,
            declaration_date=verdict.declaration_date,
            evidence_held=verdict.evidence_held,
            state=verdict.state,
            created_at=now,
        )
        declaration.save(force_insert=True)
        first_state_change(declaration, by=by, why=SUBMITTED).save()
        if is_final(declaration):
            final = FinalDeclaration(
                declaration.pk,
                verdict.training_period_id,
                verdict.teacher_id,
                verdict.declaration_date,
            )
            complete([final], now)
        return declaration


def _locked_facts(participant_id: UUID | None) -> TeacherFacts | None:
    """The facts of this participant, locked against other submissions; None if unknown."""
    for teacher in lock_teachers_known_by([participant_id]) if participant_id else []:
        return facts_of_teacher(teacher.id)
    return None


_TITLE = "participant_declaration_id"
_REFUSED_IN = {
    State.VOIDED: "The declaration has already been voided.",
    State.AWAITING_CLAWBACK: "The declaration will or has been refunded",
    State.CLAWED_BACK: "The declaration will or has been refunded",
}


def void(provider: LeadProvider, declaration_id: UUID, *, by: str, now: datetime) -> Declaration:
    """Void a declaration of this provider; a paid one becomes "awaiting clawback".

    `by` and `now` are as in `submit`. Raises Declaration.DoesNotExist when the provider has none
    with this id, and RefusedDeclaration in the provider contract's words.
    """
    own = Declaration.objects.filter(lead_provider=provider)
    with transaction.atomic(), pghistory.context(by=by):
        give_up_after_two_seconds()
        lock_teacher_of_declaration(own.get(pk=declaration_id))
        declaration = own.get(pk=declaration_id)
        state = State(declaration.state)
        to = voided_from(state)
        if to is None:
            raise RefusedDeclaration(_TITLE, _REFUSED_IN[state])
        if to is State.AWAITING_CLAWBACK:
            _refuse_if_cohort_closed(declaration)
        change_state(declaration, to, by=by, why="voided by the lead provider", now=now)
    return declaration


def _refuse_if_cohort_closed(declaration: Declaration) -> None:
    training = facts_of_teacher(declaration.teacher_id).training_with(declaration.lead_provider_id)
    if training.closed_for_payment:
        raise RefusedDeclaration(_TITLE, closed_cohort(training.cohort).removesuffix("."))
