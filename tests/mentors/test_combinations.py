"""docs/training-combinations.md: every kind of fact, way of training and policy, in full."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.mentors.combinations import FACTS, POLICIES, WHO, reads

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "training-combinations.md"


def told() -> Iterator[tuple[str, str, list[str]]]:
    """The facts, who trains them, and what is read under each policy: a row of the document."""
    for part in DOCUMENT.read_text().split("\n## ")[1:]:
        facts = re.search(r"^Known: (.+)$", part, re.MULTILINE)[1]
        for line in part.splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("|") and cells[0] != "Who trains them" and "---" not in cells[0]:
                yield facts, cells[0], cells[1:]


ROWS = list(told())


@pytest.mark.parametrize(("facts", "who", "said"), ROWS, ids=lambda part: str(part)[:40])
def test_it_is_read_as_the_document_says(facts: str, who: str, said: list[str]):
    assert [reads(facts, who, policy) for policy in POLICIES.values()] == said


def test_the_document_has_every_combination_once():
    expected = [(facts, who) for facts in FACTS.values() for who in WHO]
    assert [(facts, who) for facts, who, _ in ROWS] == expected


def test_nothing_that_is_said_contradicts_itself():
    for _, who, said in ROWS:
        for cell in said:
            if "You do not need to do anything" in cell:
                assert who == "trained by UCL"
            if "has yet to confirm it" in cell:
                assert "no longer" not in cell
            if "**Training completed**" in cell:
                assert "paused" not in cell
                assert "no longer training" not in cell
            assert not ("school-led" in who and "Ask their lead provider" in cell)
            assert "  " not in cell
