"""Why a status stands there, and who trains a mentor: the tables of docs/training-status.md."""

import pytest

from mentors.people.explanation import what_mentor_training_is
from mentors.people.training import Situation
from mentors.status.training_status import Why
from tests.mentors.words_document import (
    read_situation,
    read_why,
    rows_of,
    who,
    why_under_each_policy,
)

WHY, WHO = list(rows_of("Why")), list(rows_of("Who trains them"))


@pytest.mark.parametrize("row", WHY, ids=lambda row: row[0])
def test_a_school_reads_why(row: list[str]):
    _, facts, here, day, *said = row
    assert why_under_each_policy(facts, here, day) == said


@pytest.mark.parametrize("row", WHO, ids=lambda row: row[0])
def test_a_school_reads_who_trains_them(row: list[str]):
    _, facts, here, said = row
    assert who(facts, here) == said


def test_the_document_tells_every_reason_and_every_situation():
    assert {why for row in WHY for why in read_why(*row[1:4])} == set(Why)
    assert {read_situation(*row[1:3]) for row in WHO} == set(Situation)


def test_the_explanation_is_read_from_its_file():
    explanation = what_mentor_training_is()
    assert explanation.opening.startswith("Mentor training is a course for mentors themselves.")
    assert any(block.items for block in explanation.more)
    assert all(block.paragraph or block.items for block in explanation.more)
