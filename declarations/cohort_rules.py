"""The rules that differ by cohort: when it begins, which types may be declared, which evidence.

A cohort is given by the year it starts. Source: the provider contract, docs/lead-provider-api.md
("Errors" and "Evidence").
"""

from datetime import date, datetime

from core.periods import LONDON
from declarations.models.declaration import DeclarationType as Type
from declarations.models.declaration import EvidenceHeld as Evidence

# From this cohort on a mentor is declared started and completed only, each with its own evidence.
FIRST_OF_NEW_RULES = 2025

RETAINED = (Type.RETAINED_1, Type.RETAINED_2, Type.RETAINED_3, Type.RETAINED_4)
EXTENDED = (Type.EXTENDED_1, Type.EXTENDED_2, Type.EXTENDED_3)
# The order in which a mentor's declarations are made.
ORDER = (Type.STARTED, *RETAINED, Type.COMPLETED)

_BEFORE = (Evidence.EVENT, Evidence.SELF_STUDY, Evidence.OTHER)
_SINCE = {
    Type.STARTED: (Evidence.EVENT, Evidence.SELF_STUDY, Evidence.OFFLINE, Evidence.OTHER),
    Type.COMPLETED: (Evidence.ENGAGED, Evidence.ENGAGED_REDUCED),
}


_JUNE = 6


def first_day(cohort: int) -> date:
    """The first day of a cohort, which lasts from 1 June to 31 May."""
    return date(cohort, _JUNE, 1)


def first_moment(cohort: int) -> datetime:
    """The moment at which a cohort begins in London."""
    return datetime(cohort, _JUNE, 1, tzinfo=LONDON)


def cohort_of(day: date) -> int:
    """The cohort of the year that this day is in."""
    return day.year if day >= first_day(day.year) else day.year - 1


def has_new_rules(cohort: int) -> bool:
    """Whether the rules of 2025 hold for a cohort, given by the year it starts."""
    return cohort >= FIRST_OF_NEW_RULES


def may_be_declared(declaration_type: str, cohort: int) -> bool:
    """Whether a provider may declare this type about a mentor of this cohort."""
    if declaration_type in EXTENDED:
        return False
    return declaration_type not in RETAINED or not has_new_rules(cohort)


def keeps_evidence(declaration_type: str, cohort: int) -> bool:
    """Whether evidence is required and kept; where it is not, whatever was sent is dropped."""
    return has_new_rules(cohort) or declaration_type != Type.STARTED


def accepted_evidence(declaration_type: str, cohort: int) -> tuple[Evidence, ...]:
    """The kinds of evidence that are accepted, for types and cohorts where evidence is kept."""
    return _SINCE.get(Type(declaration_type), ()) if has_new_rules(cohort) else _BEFORE
