"""Reads the cases of docs/training-status.md, in the words that the document itself explains."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from declarations.completion import DeclarationFact
from declarations.models import Declaration, RecordedCompletion
from declarations.states import State
from mentors.status.training_status import MentorshipFact, TrainingFacts
from tests.mentors.training_facts import declared, facts, on

DOCUMENT = Path(__file__).parents[2] / "docs" / "training-status.md"

_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_PAIRED = re.compile(rf"paired from (?P<first>{_DAY})(?: to (?P<last>{_DAY}))?")
_DECLARED = re.compile(
    rf"(?P<type>[a-z]+(?:-\d)?) for (?P<day>{_DAY})(?: at (?P<at>\d\d:\d\d) UTC)?"
    r", (?P<state>[a-z ]+?)(?:, by (?P<by>.+))?"
)
_RECORDED = {
    f"recorded {kind.label[0].lower()}{kind.label[1:]}": kind for kind in RecordedCompletion.Kind
}
_STATES = {state.label.lower(): state for state in State}


@dataclass(frozen=True)
class Case:
    """One row: what is known, the day asked about, and what is read under each policy."""

    what: str
    facts: TrainingFacts
    day: date
    completed_only: str
    three_statuses: str
    time_limit: str


def cases() -> Iterator[Case]:
    """Every case of the document. Raises ValueError where its words are not the agreed ones."""
    for line in DOCUMENT.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0] != "Case" and not cells[0].startswith("---"):
            what, known, day, *shown = cells
            yield Case(what, _known(known), on(day), *shown)


def _known(words: str) -> TrainingFacts:
    return facts(*map(_fact, words.split("; "))) if words != "nothing" else facts()


def _fact(words: str) -> DeclarationFact | MentorshipFact | RecordedCompletion.Kind:
    if words in _RECORDED:
        return _RECORDED[words]
    if pairing := _PAIRED.fullmatch(words):
        last = pairing["last"]
        return MentorshipFact(on(pairing["first"]), on(last) + timedelta(days=1) if last else None)
    if declaration := _DECLARED.fullmatch(words):
        return declared(
            declaration["day"],
            at=declaration["at"] or "12:00",
            type_=Declaration.Type(declaration["type"]),
            state=_STATES[declaration["state"]],
            by=declaration["by"] or "Ambition Institute",
        )
    raise ValueError(f"docs/training-status.md: not understood: {words}")
