"""The words for moving a declaration: the buttons, and the consequences of a move."""

from dataclasses import replace
from datetime import date

from declarations.models import Declaration
from declarations.states import COUNTING_STATES, TRANSITIONS, State
from mentors.status.facts import training_facts
from mentors.status.policies import policy_in_force
from mentors.status.training_status import TrainingStatus, training_status

BUTTONS = {
    State.ELIGIBLE: "Make eligible",
    State.PAYABLE: "Make payable",
    State.PAID: "Record as paid",
    State.VOIDED: "Void",
    State.AWAITING_CLAWBACK: "Begin clawback",
    State.CLAWED_BACK: "Record as clawed back",
}


def consequences(before: State, to: State) -> list[str]:
    """The consequences of this move for the declaration, in sentences."""
    sentences = [f"It is {before.label} now and becomes {to.label}. There is no way back."]
    if before in COUNTING_STATES and to not in COUNTING_STATES:
        sentences.append(
            "It no longer counts: a lead provider may declare this type again for this person."
        )
    if TRANSITIONS[to]:
        further = " or ".join(after.label for after in TRANSITIONS[to])
        sentences.append(f"From there it can become {further}.")
    else:
        sentences.append("It can become nothing else from there.")
    sentences.append("The lead provider reads the new state in the API at once.")
    return sentences


def what_schools_read(declaration: Declaration, to: State, day: date) -> str:
    """A sentence on the status that schools read on this day, before and after the move."""
    facts = training_facts(declaration.teacher_id)
    moved = tuple(
        replace(fact, state=to) if fact.declaration_id == declaration.pk else fact
        for fact in facts.declarations
    )
    policy = policy_in_force(day)
    before = _words(training_status(facts, policy, day))
    after = _words(training_status(replace(facts, declarations=moved), policy, day))
    if after == before:
        return f"Schools go on to read {before} on this person's page."
    return f"Schools read {before} on this person's page now, and will read {after}."


def _words(shown: TrainingStatus) -> str:
    if shown.status is None:
        return "no status of mentor training"
    beneath = f" ({shown.detail})" if shown.detail else ""
    return f"“{shown.status.text}”{beneath}"
