"""What is true of every mentor there could be, under every policy, on every day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from declarations.completion import DeclarationFact, completion_on
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, Policy, with_time_limit
from mentors.status.training_status import MentorshipFact, Status, TrainingFacts, training_status
from tests.mentors import training_facts as made_up
from tests.mentors.training_facts import EARLY_ROLL_OUT, NOT_COUNTING_STATES


@given(made_up.training_facts, made_up.final_declarations, made_up.policies, made_up.days)
def test_adding_a_final_declaration_that_counts_never_uncompletes(
    known: TrainingFacts, added: DeclarationFact, policy: Policy, day: date
):
    more = replace(known, declarations=(*known.declarations, added))
    before = training_status(known, policy, day)
    after = training_status(more, policy, day)

    if before.status is Status.TRAINING_COMPLETED or added.day <= day:
        assert after.status is Status.TRAINING_COMPLETED
    else:
        assert after == before


@given(
    made_up.training_facts,
    made_up.final_declarations,
    st.sampled_from(NOT_COUNTING_STATES),
    made_up.policies,
    st.integers(0, 1000),
)
def test_voiding_the_only_final_declaration_always_uncompletes(
    known: TrainingFacts, only: DeclarationFact, state: str, policy: Policy, days_later: int
):
    others = tuple(fact for fact in known.declarations if not fact.is_final)
    known = replace(known, recorded=known.recorded - {EARLY_ROLL_OUT})
    day = only.day + timedelta(days=days_later)
    counting = replace(known, declarations=(*others, only))
    voided = replace(known, declarations=(*others, replace(only, state=state)))

    assert training_status(counting, policy, day).status is Status.TRAINING_COMPLETED
    assert training_status(voided, policy, day).status is not Status.TRAINING_COMPLETED
    assert training_status(voided, policy, day) == training_status(
        replace(known, declarations=others), policy, day
    )


@given(made_up.training_facts, made_up.policies, made_up.days, st.data())
def test_the_order_of_facts_never_matters(
    known: TrainingFacts, policy: Policy, day: date, data: st.DataObject
):
    shuffled = TrainingFacts(
        declarations=tuple(data.draw(st.permutations(known.declarations))),
        mentorships=tuple(data.draw(st.permutations(known.mentorships))),
        recorded=known.recorded,
    )

    assert training_status(shuffled, policy, day) == training_status(known, policy, day)


@given(
    made_up.training_facts,
    st.lists(made_up.declarations(), max_size=3),
    st.lists(made_up.mentorships, max_size=3),
    made_up.policies,
    made_up.days,
)
def test_nothing_dated_after_the_day_plays_a_part(
    known: TrainingFacts,
    declarations: list[DeclarationFact],
    mentorships: list[MentorshipFact],
    policy: Policy,
    day: date,
):
    later = replace(
        known,
        declarations=(*known.declarations, *(fact for fact in declarations if fact.day > day)),
        mentorships=(*known.mentorships, *(fact for fact in mentorships if fact.started_on > day)),
    )
    assume(later != known)

    assert training_status(later, policy, day) == training_status(known, policy, day)


@given(made_up.training_facts, made_up.days, st.integers(1, 60))
def test_who_has_completed_is_the_same_under_every_policy(
    known: TrainingFacts, day: date, months: int
):
    answers = [
        training_status(known, policy, day).status is Status.TRAINING_COMPLETED
        for policy in (COMPLETED_ONLY, THREE_STATUSES, with_time_limit(months))
    ]

    assert answers == [completion_on(known, day) is not None] * 3


@given(made_up.training_facts, made_up.policies, made_up.days)
def test_only_completed_only_shows_no_status_and_then_no_sentence(
    known: TrainingFacts, policy: Policy, day: date
):
    answer = training_status(known, policy, day)

    if policy == COMPLETED_ONLY:
        assert answer.status in (None, Status.TRAINING_COMPLETED)
        assert answer.detail is None
    else:
        assert answer.status is not None


@given(made_up.training_facts, made_up.days, st.integers(0, 1000))
def test_somebody_who_has_completed_still_has_on_every_later_day(
    known: TrainingFacts, day: date, days_later: int
):
    if completion_on(known, day):
        assert completion_on(known, day + timedelta(days=days_later))


@given(made_up.training_facts, made_up.days, st.integers(1, 60))
def test_a_time_limit_changes_training_to_not_completed_and_nothing_else(
    known: TrainingFacts, day: date, months: int
):
    without = training_status(known, THREE_STATUSES, day)
    limited = training_status(known, with_time_limit(months), day)

    if limited.evidence.time_ended_on:
        assert limited.status is Status.TRAINING_NOT_COMPLETED
        assert without.status in (Status.TRAINING, Status.TRAINING_NOT_COMPLETED)
    else:
        assert limited.status is without.status
    no_limit = replace(limited.evidence, time_ended_on=None, time_ends_on=None)
    assert without.evidence == no_limit
