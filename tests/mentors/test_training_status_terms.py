"""Which term a day falls in."""

import pytest

from mentors.status.training_status import term_of
from tests.mentors.training_facts import on


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("31 August 2022", "Summer term 2022"),
        ("1 September 2022", "Autumn term 2022"),
        ("31 December 2022", "Autumn term 2022"),
        ("1 January 2023", "Spring term 2023"),
        ("31 March 2023", "Spring term 2023"),
        ("1 April 2023", "Summer term 2023"),
        ("29 February 2024", "Spring term 2024"),
    ],
)
def test_each_term_has_its_first_and_last_day(day: str, term: str):
    assert term_of(on(day)) == term
