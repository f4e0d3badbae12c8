"""A completion ends the training that it is about; taking it back lets that go on again."""

from datetime import date, datetime, timedelta

import pytest

from declarations.completion import (
    CompletionFacts,
    FundingEnd,
    FundingEndReason,
    completion_facts,
    funding_end,
)
from declarations.models import CompletionNotice, RecordedCompletion, TrainingPeriod
from declarations.states import State
from declarations.submission import void
from declarations.transitions import change_state
from declarations.withdrawal import Stop, withdraw
from tests.builders import make_mentor, make_teacher
from tests.declarations.trained import BY, DECLARED, NOW, bring_to, declare, make_trained

pytestmark = pytest.mark.django_db
# The declaration is dated 3 November 2025 and made on 2 March 2026.
ENDS, LATER = date(2025, 11, 4), date(2026, 9, 1)


def end_of(training: TrainingPeriod) -> tuple[date | None, str, date | None]:
    now = TrainingPeriod.objects.get(pk=training.pk)
    return now.finished_on, now.end_reason, now.finished_on_before_completion


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({}, (ENDS, "completed", None)),
        ({"finished_on": LATER}, (ENDS, "completed", LATER)),
        # The last day is the day after the first one, at the earliest.
        ({"started_on": date(2025, 11, 3)}, (date(2025, 11, 5), "completed", None)),
        ({"started_on": date(2026, 2, 2)}, (date(2026, 2, 4), "completed", None)),
        # What is over, or is to begin, stays as it is.
        ({"finished_on": date(2026, 3, 2)}, (date(2026, 3, 2), "", None)),
        ({"started_on": date(2026, 3, 3)}, (None, "", None)),
        (
            {"started_on": date(2026, 3, 1), "finished_on": date(2026, 3, 3)},
            (date(2026, 3, 3), "", None),
        ),
    ],
)
def test_a_completion_ends_what_goes_on(fields, end):
    training = make_trained(**fields)
    declare(training, "completed")
    assert end_of(training) == end


@pytest.mark.parametrize("kind", ["started", "retained-1"])
def test_no_other_declaration_ends_it(kind):
    training = make_trained()
    declare(training, kind)
    assert end_of(training) == (None, "", None)
    assert not CompletionNotice.objects.exists()


def test_training_with_another_provider_goes_on():
    training = make_trained()
    elsewhere = make_trained(2024, "Teach First", mentor=make_mentor(training.teacher))
    declare(training, "completed")
    assert end_of(elsewhere) == (None, "", None)


@pytest.mark.parametrize("state", [State.VOIDED, State.AWAITING_CLAWBACK])
@pytest.mark.parametrize("before", [None, LATER])
def test_taken_back_it_goes_on_as_it_would_have(state, before):
    training = make_trained(finished_on=before)
    declaration = declare(training, "completed")
    bring_to(declaration, State.PAID if state is State.AWAITING_CLAWBACK else State.SUBMITTED)
    void(training.lead_provider, declaration.pk, by=BY, now=NOW + timedelta(hours=1))
    assert end_of(training) == (before, "", None)


def test_again_and_again_leaves_one_period():
    training = make_trained()
    for _ in range(3):
        declaration = declare(training, "completed")
        assert end_of(training) == (ENDS, "completed", None)
        void(training.lead_provider, declaration.pk, by=BY, now=NOW)
        assert end_of(training) == (None, "", None)
    assert TrainingPeriod.objects.count() == 1


def test_it_goes_on_no_longer_than_they_are_at_the_school():
    training = make_trained()
    declaration = declare(training, "completed")
    type(training.mentor).objects.filter(pk=training.mentor_id).update(finished_on=LATER)
    void(training.lead_provider, declaration.pk, by=BY, now=NOW)
    assert end_of(training) == (LATER, "left_school", None)


def test_it_goes_on_until_other_training_begins():
    training = make_trained()
    declaration = declare(training, "completed")
    make_trained(2024, "Teach First", mentor=make_mentor(training.teacher), started_on=LATER)
    void(training.lead_provider, declaration.pk, by=BY, now=NOW)
    assert end_of(training) == (LATER, "", None)


def test_withdrawn_since_it_stays_ended():
    training = make_trained()
    declaration = declare(training, "completed")
    stop = Stop("ecf-mentor", "other")
    withdraw(training.lead_provider, training.teacher.participant_id, stop, by=BY, now=NOW)
    void(training.lead_provider, declaration.pk, by=BY, now=NOW)
    assert end_of(training) == (ENDS, "completed", None)


def test_each_leaves_a_notice_once():
    training = make_trained()
    declare(training)
    declaration = declare(training, "completed")
    bring_to(declaration, State.AWAITING_CLAWBACK)
    change_state(declaration, State.CLAWED_BACK, by=BY, why="in a test", now=NOW)
    notices = CompletionNotice.objects.values_list("teacher", "declaration", "kind", "noticed_at")
    about = (training.teacher_id, declaration.pk)
    assert list(notices) == [(*about, "completed", NOW), (*about, "taken_back", NOW)]


# --- When funding ended, and why ---


def _facts(*kinds: str, completed: bool = False) -> CompletionFacts:
    teacher = make_teacher()
    if completed:
        declare(make_trained(teacher=teacher), "completed")
    for kind in kinds:
        recorded_at = datetime(2024, 7, 1, 23, 30, tzinfo=NOW.tzinfo)
        RecordedCompletion.objects.create(teacher=teacher, kind=kind, recorded_at=recorded_at)
    return completion_facts(teacher.pk)


def test_when_funding_ended_and_why():
    reasons = FundingEndReason
    assert funding_end(_facts()) is None
    declared = FundingEnd(DECLARED.date(), reasons.COMPLETED)
    both = ("early_roll_out", "started_not_completed")
    assert funding_end(_facts(*both, completed=True)) == declared
    early = FundingEnd(date(2021, 4, 19), reasons.EARLY_ROLL_OUT)
    assert funding_end(_facts(*both)) == early
    recorded = FundingEnd(date(2024, 7, 2), reasons.NOT_COMPLETED)
    assert funding_end(_facts("started_not_completed")) == recorded
    assert [reason.value for reason in reasons] == [
        "completed_declaration_received",
        "completed_during_early_roll_out",
        "started_not_completed",
    ]
