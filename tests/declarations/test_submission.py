"""A submission as it is saved: what the judgement said, with its log and who did it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from declarations.models import Declaration, DeclarationStateChange
from declarations.states import COUNTING_STATES, State
from declarations.submission import RefusedDeclaration, submit
from tests.builders import make_ect, make_mentor, make_partnership, make_teacher
from tests.builders import make_training_period as make_ect_training
from tests.declarations import contract
from tests.declarations.trained import (
    BY,
    DECLARED,
    NOW,
    bring_to,
    claim_about,
    declare,
    make_trained,
    provider,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_a_declaration_says_what_was_claimed_and_what_follows_from_the_training():
    training = make_trained(delivery_partner="Leeds Hub")
    declaration = Declaration.objects.get(pk=declare(training, "completed").pk)
    assert declaration.training_period == training
    assert declaration.teacher == training.teacher
    assert declaration.lead_provider == training.lead_provider
    assert declaration.delivery_partner.name == "Leeds Hub"
    assert declaration.declaration_type == "completed"
    assert declaration.declaration_date == DECLARED
    assert declaration.evidence_held == "other"
    assert declaration.state == State.SUBMITTED
    assert declaration.created_at == NOW


def test_it_is_about_the_training_period_that_started_last():
    first = make_trained(2021, finished_on=date(2023, 9, 1))
    last = make_trained(2024, mentor=first.mentor, started_on=date(2023, 9, 1))
    make_trained(2021, "Teach First", mentor=make_mentor(first.teacher))
    assert declare(first).training_period == last


def test_the_delivery_partner_stays_when_the_partnership_changes():
    training = make_trained(delivery_partner="Leeds Hub")
    declaration = declare(training)
    new = make_partnership(training.mentor.school, 2023, delivery_partner="York Hub")
    training.partnership = new
    training.save()
    declaration.refresh_from_db()
    assert declaration.delivery_partner.name == "Leeds Hub"
    assert declare(training, "completed").delivery_partner.name == "York Hub"


def test_it_is_eligible_when_dfe_holds_the_teacher_eligible():
    teacher = make_teacher(mentor_funding_eligible_from=DECLARED.date())
    declaration = declare(make_trained(teacher=teacher))
    assert declaration.state == State.ELIGIBLE
    assert [str(row) for row in declaration.state_changes.all()] == ["new to eligible"]


def test_history_says_who_submitted():
    declaration = declare(make_trained())
    (event,) = declaration.events.all()
    assert event.pgh_context.metadata["by"] == BY


def refused(training, *, by=None, **fields) -> tuple[str, str]:
    claim = claim_about(training.teacher, **fields)
    with pytest.raises(RefusedDeclaration) as error:
        submit(by or training.lead_provider, claim, by=BY, now=NOW)
    return error.value.title, error.value.detail


def test_a_participant_is_known_by_a_uuid_in_any_case_and_to_a_provider_that_trained_them():
    training = make_trained()
    assert refused(training, participant_id=str(uuid4())) == contract.PARTICIPANT_UNKNOWN
    assert refused(training, participant_id="1234567") == contract.PARTICIPANT_UNKNOWN
    assert refused(training, by=provider("Teach First")) == contract.PARTICIPANT_UNKNOWN
    bare = training.teacher.participant_id.hex
    assert refused(training, participant_id=bare) == contract.PARTICIPANT_UNKNOWN
    upper = str(training.teacher.participant_id).upper()
    assert declare(training, participant_id=upper).teacher == training.teacher


def test_an_ect_is_of_another_course():
    ect = make_ect()
    training = make_ect_training(ect)
    assert refused(training) == contract.OTHER_COURSE
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("state", State)
def test_the_same_again_is_the_first_answer_while_the_first_counts_and_new_after_that(state):
    training = make_trained()
    first = bring_to(declare(training, "completed"), state)
    again = declare(training, "completed")
    if state in COUNTING_STATES:
        assert again == first
        assert (again.state, again.created_at) == (state, NOW)
        assert Declaration.objects.count() == 1
        assert DeclarationStateChange.objects.filter(from_state="").count() == 1
    else:
        assert again.pk != first.pk
        assert again.state == State.SUBMITTED


@pytest.mark.parametrize("state", State)
def test_another_of_its_type_is_refused_while_one_counts_from_any_provider(state):
    training = make_trained()
    first = bring_to(declare(training, "completed"), state)
    other = make_trained(2023, "Teach First", mentor=make_mentor(first.teacher))
    if state in COUNTING_STATES:
        assert refused(other, declaration_type="completed") == contract.ALREADY
        moved = {"declaration_type": "completed", "declaration_date": "2025-11-03T10:00:01Z"}
        assert refused(training, **moved) == contract.ALREADY
    else:
        assert declare(other, "completed").lead_provider == other.lead_provider


def test_the_order_is_asked_of_what_any_provider_declared():
    training = make_trained(2025)
    other = make_trained(2025, "Teach First", mentor=make_mentor(training.teacher))
    declare(training, declaration_date="2025-11-03T10:00:00Z", evidence_held="other")
    late = {
        "declaration_type": "completed",
        "declaration_date": "2025-11-03T09:59:59Z",
        "evidence_held": "75-percent-engagement-met",
    }
    assert refused(other, **late) == contract.OUT_OF_ORDER
    late["declaration_date"] = "2025-11-03T10:00:00Z"
    assert declare(other, **late).declaration_date == DECLARED


def test_a_closed_cohort_and_a_withdrawal_are_read_from_the_records():
    withdrawn_at = datetime(2025, 3, 1, tzinfo=UTC)
    training = make_trained(
        2021, withdrawn_at=withdrawn_at, withdrawn_reason="other", finished_on=date(2025, 3, 2)
    )
    cohort = training.partnership.school_year.cohort
    cohort.closed_for_payment = True
    cohort.save()
    assert refused(training) == contract.WITHDREW
    assert refused(training, declaration_date="2025-02-28T00:00:00Z") == contract.CLOSED


def test_a_deferred_mentor_may_be_declared():
    training = make_trained(
        deferred_at=datetime(2025, 3, 1, tzinfo=UTC),
        deferred_reason="other",
        finished_on=date(2025, 3, 2),
    )
    assert declare(training).state == State.SUBMITTED
