"""Any sequence of what two providers and DfE do to one mentor's declarations."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from declarations.claims import whole_seconds
from declarations.models import Declaration
from declarations.states import COUNTING_STATES, TRANSITIONS, State
from declarations.submission import RefusedDeclaration, submit, void
from declarations.transitions import RefusedTransition, change_state
from mentors.status.facts import training_facts
from mentors.status.policies import COMPLETED_ONLY
from mentors.status.training_status import Status, training_status
from tests.builders import make_mentor
from tests.declarations import contract
from tests.declarations.trained import BY, NOW, claim_about, make_trained

_TYPES = st.sampled_from(["completed", "completed", "started", "retained-1"])
_DATES = st.sampled_from(["2025-11-03T10:00:00Z", "2025-11-04T10:00:00Z"])


class Declarations(RuleBasedStateMachine):
    """Says beforehand what each act must do, and looks at what was done."""

    declared = Bundle("declared")

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        first = make_trained()
        second = make_trained(2024, "Teach First", mentor=make_mentor(first.teacher))
        self.teacher = first.teacher
        self.providers = (first.lead_provider, second.lead_provider)
        self.expected: dict[object, State] = {}
        self.now = NOW

    def teardown(self) -> None:
        connection.check_constraints()  # what the commit would check
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def counting(self, kind: str) -> Declaration | None:
        of_type = Declaration.objects.filter(declaration_type=kind)
        return next((each for each in of_type if self.expected[each.pk] in COUNTING_STATES), None)

    @rule(target=declared, who=st.integers(0, 1), kind=_TYPES, at=_DATES)
    def submit(self, who, kind, at):
        self.now += timedelta(minutes=1)
        provider, counts = self.providers[who], self.counting(kind)
        claim = claim_about(self.teacher, kind, declaration_date=at)
        same_moment = counts and whole_seconds(counts.declaration_date) == at
        if counts and not (counts.lead_provider == provider and same_moment):
            with pytest.raises(RefusedDeclaration) as refused:
                submit(provider, claim, by=BY, now=self.now)
            assert (refused.value.title, refused.value.detail) == contract.ALREADY
            return multiple()
        declaration = submit(provider, claim, by=BY, now=self.now)
        assert declaration == counts if counts else declaration.pk not in self.expected
        self.expected.setdefault(declaration.pk, State.SUBMITTED)
        return multiple() if counts else declaration

    @rule(declaration=declared, who=st.integers(0, 1))
    def void(self, declaration, who):
        self.now += timedelta(minutes=1)
        provider, state = self.providers[who], self.expected[declaration.pk]
        if declaration.lead_provider != provider:
            refusal = Declaration.DoesNotExist
        elif state not in COUNTING_STATES:
            refusal = RefusedDeclaration
        else:
            void(provider, declaration.pk, by=BY, now=self.now)
            paid = state is State.PAID
            self.expected[declaration.pk] = State.AWAITING_CLAWBACK if paid else State.VOIDED
            return
        with pytest.raises(refusal):
            void(provider, declaration.pk, by=BY, now=self.now)

    @rule(declaration=declared, to=st.sampled_from(State))
    def change_state(self, declaration, to):
        self.now += timedelta(minutes=1)
        if to in TRANSITIONS[self.expected[declaration.pk]]:
            change_state(declaration, to, by="user 1", why="in a test", now=self.now)
            self.expected[declaration.pk] = to
        else:
            with pytest.raises(RefusedTransition):
                change_state(declaration, to, by="user 1", why="in a test", now=self.now)

    @rule(declaration=declared)
    def pay_and_claw_back(self, declaration):
        for to in (State.ELIGIBLE, State.PAYABLE, State.PAID, State.AWAITING_CLAWBACK):
            self.change_state(declaration, to)

    @invariant()
    def the_states_are_as_expected_and_their_logs_replay_to_them(self):
        found = {each.pk: each for each in Declaration.objects.all()}
        assert {pk: each.state for pk, each in found.items()} == self.expected
        for declaration in found.values():
            state = ""
            for row in declaration.state_changes.order_by("id"):
                assert row.from_state == state
                state = row.to_state
            assert state == declaration.state

    @invariant()
    def one_declaration_of_a_type_counts_at_most(self):
        counting = Declaration.objects.counting().values_list("declaration_type", flat=True)
        assert not [kind for kind, number in Counter(counting).items() if number > 1]

    @invariant()
    def the_status_is_that_of_what_is_there(self):
        status = training_status(training_facts(self.teacher.pk), COMPLETED_ONLY, NOW.date()).status
        completed = Status.TRAINING_COMPLETED if self.counting("completed") else None
        assert status is completed


@pytest.mark.fuzz
@pytest.mark.django_db
def test_any_sequence_of_acts():
    run_state_machine_as_test(Declarations, settings=settings(stateful_step_count=25))
