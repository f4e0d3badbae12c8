"""A lead provider submits a declaration."""

from datetime import datetime
from uuid import UUID

import pghistory
from django.db import transaction

from declarations.claims import Claim, read_uuid
from declarations.facts import TeacherFacts, facts_for
from declarations.judgement import Accepted, Repeat, judge
from declarations.models import Declaration, LeadProvider
from declarations.moves import begin
from declarations.refusals import RefusedDeclaration
from schools.models import Teacher

__all__ = ["Claim", "RefusedDeclaration", "submit"]

SUBMITTED = "submitted by the lead provider"


def submit(provider: LeadProvider, claim: Claim, *, by: str, now: datetime) -> Declaration:
    """Submit what a provider claims, judged at the moment `now`.

    Returns the new declaration or, when the claim repeats one that counts exactly, that one.
    `by` says who, as in the log of states: "token 3".

    Raises RefusedDeclaration in the provider contract's words.
    """
    with transaction.atomic(), pghistory.context(by=by):
        facts = _facts_held_still(read_uuid(claim.participant_id))
        verdict = judge(provider.pk, claim, facts, now)
        if isinstance(verdict, Repeat):
            return Declaration.objects.get(pk=verdict.declaration_id)
        declaration = new_declaration(verdict, now)
        declaration.save(force_insert=True)
        begin(declaration, by=by, why=SUBMITTED).save()
        return declaration


def new_declaration(accepted: Accepted, now: datetime) -> Declaration:
    """The declaration, not saved, that was accepted."""
    return Declaration(
        teacher_id=accepted.teacher_id,
        training_period_id=accepted.training_period_id,
        lead_provider_id=accepted.lead_provider_id,
        delivery_partner_id=accepted.delivery_partner_id,
        declaration_type=accepted.declaration_type,
        declaration_date=accepted.declaration_date,
        evidence_held=accepted.evidence_held,
        state=accepted.state,
        created_at=now,
        updated_at=now,
    )


def _facts_held_still(participant_id: UUID | None) -> TeacherFacts | None:
    """The participant's facts, under a lock that makes other submissions about them wait."""
    locked = Teacher.objects.select_for_update(no_key=True).filter(participant_id=participant_id)
    teacher_id = locked.values_list("pk", flat=True).first() if participant_id else None
    return None if teacher_id is None else facts_for(teacher_id)
