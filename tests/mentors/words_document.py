"""Reads what docs/training-status.md says in words: why a status stands there, and who trains."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from declarations.models import SchoolYear
from mentors.people.training import (
    Situation,
    TrainedBy,
    Training,
    TrainingRow,
    training_from,
    without_training,
)
from mentors.people.training_words import TrainingWords, words_of_training
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, Policy, with_time_limit
from mentors.status.training_status import TrainingStatus, Why, training_status
from tests.mentors.status_document import DOCUMENT, known
from tests.mentors.training_facts import on

POLICIES = (COMPLETED_ONLY, THREE_STATUSES, with_time_limit(36))
PARTNER = "Selby Teaching School Hub"
HERE, ELSEWHERE = 1, 2
STOPPED = datetime(2023, 8, 1, 12, tzinfo=UTC)
_OF_YEAR = re.compile(r"the school (?P<how>uses|chose) (?P<by>.+)")
_PERIOD = re.compile(
    r"(?P<how>trained|no longer trained|withdrawn|deferred|waiting)(?: at (?P<at>.+))?"
    r" (?:by|for) (?P<by>.+)"
)


def rows_of(table: str) -> Iterator[list[str]]:
    """The rows of the table below this heading."""
    _, _, below = DOCUMENT.read_text().partition(f"### {table}\n")
    for line in below.partition("\n#")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "Case" and not cells[0].startswith("---"):
            yield cells


def why_under_each_policy(facts: str, here: str, day: str) -> list[str]:
    """The sentence that is read under each policy; "—" for none."""
    return [_words(facts, here, on(day), policy).why or "—" for policy in POLICIES]


def who(facts: str, here: str) -> str:
    """The rows that name who trains the mentor, and the note on them, on 1 September 2023."""
    said = _words(facts, here, on("1 September 2023"), THREE_STATUSES)
    rows = "; ".join(f"{name}: {value}" for name, value in said.rows)
    return " ".join(filter(None, (rows, f"({said.note})" if said.note else ""))) or "—"


def read_why(facts: str, _here: str, day: str) -> set[Why]:
    """The reasons under the three policies."""
    return {training_status(known(facts), policy, on(day)).why for policy in POLICIES}


def read_situation(facts: str, here: str) -> Situation:
    """What is known of who trains them, on 1 September 2023."""
    day = on("1 September 2023")
    return training_told(here, day, training_status(known(facts), THREE_STATUSES, day)).situation


def _words(facts: str, here: str, day: date, policy: Policy) -> TrainingWords:
    status = training_status(known(facts), policy, day)
    return words_of_training(training_told(here, day, status), status)


def training_told(here: str, day: date, status: TrainingStatus) -> Training:
    """The training that "withdrawn by UCL; school-led" tells of."""
    situations = here.split("; ")
    periods = [_period(said) for said in situations if _PERIOD.fullmatch(said)]
    found = training_from(periods, HERE, day, status)
    is_school_led = "school-led" in situations
    programmes = [SchoolYear.Programme.SCHOOL_LED] if is_school_led else []
    years = [year for said in situations if (year := _OF_YEAR.fullmatch(said))]
    of_year = [TrainedBy(year["by"], PARTNER if year["how"] == "uses" else None) for year in years]
    return found or without_training(programmes, next(iter(of_year), None), status)


def _period(said: str) -> TrainingRow:
    """The training period that "withdrawn by UCL" or "trained at St Bede by UCL" tells of."""
    found = _PERIOD.fullmatch(said)
    how = found["how"]
    return TrainingRow(
        teacher=1,
        school=ELSEWHERE if found["at"] else HERE,
        school_name=found["at"] or "",
        started_on=on("1 September 2022"),
        finished_on=on("1 August 2023") if how not in ("trained", "waiting") else None,
        withdrawn_at=STOPPED if how == "withdrawn" else None,
        deferred_at=STOPPED if how == "deferred" else None,
        lead_provider=found["by"],
        email="",
        delivery_partner=None if how == "waiting" else PARTNER,
    )
