"""The status of mentor training: every case of docs/training-status.md, and what stands behind."""

import re

import pytest

from declarations.completion import Source, completion_on
from declarations.models import Declaration
from declarations.states import State
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, Policy, with_time_limit
from mentors.status.training_status import (
    Evidence,
    MentorshipFact,
    Status,
    TrainingStatus,
    training_status,
)
from tests.mentors.status_document import DOCUMENT, Case, cases
from tests.mentors.training_facts import (
    EARLY_ROLL_OUT,
    STARTED_NOT_COMPLETED,
    declared,
    facts,
    on,
    paired,
)

CASES = list(cases())
COLUMNS = {
    "completed_only": COMPLETED_ONLY,
    "three_statuses": THREE_STATUSES,
    "time_limit": with_time_limit(36),
}
DAY = on("1 September 2023")


def as_read(answer: TrainingStatus) -> str:
    """The tag and the sentence beneath it, as the document writes them."""
    if answer.status is None:
        return "No Status row"
    return f"{answer.status.text}: {answer.detail}" if answer.detail else answer.status.text


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_school_reads_what_the_document_says(case: Case, column: str):
    answer = training_status(case.facts, COLUMNS[column], case.day)

    assert as_read(answer) == getattr(case, column)
    has_completed = completion_on(case.facts, case.day) is not None
    assert has_completed is (answer.status is Status.TRAINING_COMPLETED)


def test_the_document_tells_every_state_of_a_final_declaration_and_every_status():
    states = {
        fact.state
        for case in CASES
        for fact in case.facts.declarations
        if fact.declaration_type == Declaration.Type.COMPLETED and len(case.facts.declarations) == 1
    }
    shown = {getattr(case, column).split(":")[0] for case in CASES for column in COLUMNS}

    assert states == set(State)
    assert shown == {"No Status row", *(status.text for status in Status)}


@pytest.mark.parametrize("status", Status, ids=lambda status: status.text)
def test_the_document_tells_the_colour_of_every_tag(status: Status):
    assert re.search(rf"^\| {status.text} \| {status.colour}\b", DOCUMENT.read_text(), re.MULTILINE)


def test_a_pairing_that_ended_on_the_day_it_began_never_was_one_even_if_it_stands_there():
    first = on("10 October 2022")
    no_day = MentorshipFact(started_on=first, finished_on=first)

    answer = training_status(facts(no_day), THREE_STATUSES, DAY)

    assert answer.status is Status.NOT_YET_STARTED
    assert answer.evidence.started_on is None


# --- The evidence, which is the same whatever the policy shows ---


@pytest.mark.parametrize("policy", [COMPLETED_ONLY, THREE_STATUSES], ids=lambda policy: policy.kind)
def test_the_evidence_of_a_completion_is_the_declaration_with_its_provider(policy: Policy):
    proof = declared("30 July 2023", by="National Institute of Teaching")

    evidence = training_status(
        facts(
            paired("1 September 2022"),
            declared("1 May 2023"),
            proof,
            declared("10 August 2023", state=State.VOIDED),
        ),
        policy,
        DAY,
    ).evidence

    assert evidence.completion.declaration is proof
    assert evidence.completion.source is Source.FINAL_DECLARATION
    assert evidence.completion.completed_on == on("30 July 2023")
    assert evidence.started_on == on("1 September 2022")


def test_the_evidence_of_early_roll_out_is_no_declaration():
    completion = training_status(facts(EARLY_ROLL_OUT), THREE_STATUSES, DAY).evidence.completion

    assert completion.declaration is None
    assert completion.source is Source.EARLY_ROLL_OUT
    assert completion.completed_on == on("19 April 2021")


def test_the_evidence_of_not_completed_says_what_was_recorded_and_when_the_time_ended():
    known = facts(STARTED_NOT_COMPLETED, paired("15 July 2022"))

    assert training_status(known, with_time_limit(6), DAY).evidence == Evidence(
        completion=None,
        started_on=on("15 July 2022"),
        time_ends_on=None,
        time_ended_on=on("15 January 2023"),
        recorded_not_completed=True,
        taken_back=None,
    )


def test_no_time_has_ended_for_somebody_who_completed():
    known = facts(paired("15 July 2022"), declared("30 July 2023"))

    assert training_status(known, with_time_limit(6), DAY).evidence.time_ended_on is None
