"""A provider voids: its own only, once, and a paid one comes to await its clawback."""

from datetime import timedelta
from uuid import uuid4

import pytest

from declarations.models import Declaration
from declarations.states import State
from declarations.submission import RefusedDeclaration, void
from tests.declarations import contract
from tests.declarations.trained import BY, NOW, bring_to, declare, make_trained, provider

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
BECOMES = {
    State.SUBMITTED: State.VOIDED,
    State.ELIGIBLE: State.VOIDED,
    State.PAYABLE: State.VOIDED,
    State.PAID: State.AWAITING_CLAWBACK,
    State.VOIDED: contract.ALREADY_VOIDED,
    State.AWAITING_CLAWBACK: contract.REFUNDED,
    State.CLAWED_BACK: contract.REFUNDED,
}


def void_own(declaration: Declaration) -> Declaration:
    return void(declaration.lead_provider, declaration.pk, by="token 2", now=LATER)


def refusal(declaration: Declaration) -> tuple[str, str]:
    before = declaration.state
    with pytest.raises(RefusedDeclaration) as refused:
        void_own(declaration)
    declaration.refresh_from_db()
    assert declaration.state == before
    return refused.value.title, refused.value.detail


@pytest.mark.parametrize("state", State)
def test_what_voiding_makes_of_each_state(state):
    declaration = bring_to(declare(make_trained()), state)
    if isinstance(BECOMES[state], State):
        voided = void_own(declaration)
        assert voided.state == BECOMES[state]
        last = declaration.state_changes.last()
        assert (last.from_state, last.to_state) == (state, BECOMES[state])
        assert (last.by, last.why) == ("token 2", "voided by the lead provider")
    else:
        assert refusal(declaration) == BECOMES[state]


@pytest.mark.parametrize("state", State)
def test_a_closed_cohort_stops_the_void_of_a_paid_one_only(state):
    training = make_trained(2021)
    declaration = bring_to(declare(training), state)
    cohort = training.partnership.school_year.cohort
    cohort.closed_for_payment = True
    cohort.save()
    if state is State.PAID:
        assert refusal(declaration) == contract.VOID_CLOSED
    elif isinstance(BECOMES[state], State):
        assert void_own(declaration).state == BECOMES[state]
    else:
        assert refusal(declaration) == BECOMES[state]


def test_nobody_voids_what_is_not_theirs():
    declaration = declare(make_trained())
    for caller, which in ((provider("Teach First"), declaration.pk), (provider(), uuid4())):
        with pytest.raises(Declaration.DoesNotExist):
            void(caller, which, by=BY, now=LATER)
    declaration.refresh_from_db()
    assert declaration.state == State.SUBMITTED
