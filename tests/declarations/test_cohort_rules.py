"""What differs by cohort: its days, the types that are declared, and the evidence for each."""

from datetime import date

import pytest

from core.periods import london_day
from declarations.cohort_rules import (
    EXTENDED,
    ORDER,
    RETAINED,
    accepted_evidence,
    cohort_of,
    first_day,
    first_moment,
    keeps_evidence,
    may_be_declared,
)


@pytest.mark.parametrize(
    ("day", "cohort"),
    [(date(2025, 5, 31), 2024), (date(2025, 6, 1), 2025), (date(2026, 1, 1), 2025)],
)
def test_a_cohort_lasts_from_june_to_may(day, cohort):
    assert cohort_of(day) == cohort
    assert first_day(cohort) == london_day(first_moment(cohort)) == date(cohort, 6, 1)


# For each type: whether it is declared, and how many kinds of evidence are accepted; 0 where none
# is kept. Up to the cohort of 2024, and from that of 2025 on.
RULES = {
    **dict.fromkeys(RETAINED, ((True, 3), (False, None))),
    **dict.fromkeys(EXTENDED, ((False, None), (False, None))),
    "started": ((True, 0), (True, 4)),
    "completed": ((True, 3), (True, 2)),
}


@pytest.mark.parametrize("of_new_rules", [False, True])
def test_types_and_evidence(of_new_rules):
    cohorts = (2025, 2026) if of_new_rules else (2021, 2024)
    for declaration_type, rules in RULES.items():
        declared, kinds = rules[of_new_rules]
        for cohort in cohorts:
            assert may_be_declared(declaration_type, cohort) is declared, declaration_type
            if declared:
                kept = keeps_evidence(declaration_type, cohort)
                accepted = accepted_evidence(declaration_type, cohort) if kept else ()
                assert len(accepted) == kinds, declaration_type


def test_every_type_of_a_mentor_has_its_turn():
    assert {*ORDER} | {*EXTENDED} == RULES.keys()
