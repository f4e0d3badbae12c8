"""A mentor in training with a lead provider, and good claims about them, for these tests."""

from datetime import UTC, date, datetime

from declarations.claims import whole_seconds
from declarations.models import Declaration, LeadProvider, TrainingPeriod
from declarations.states import State
from declarations.submission import Claim, submit
from declarations.transitions import change_state
from schools.models import MentorAtSchool, School, Teacher
from tests.builders import make_mentor, make_partnership, make_school, make_training_period
from tests.machine import WAYS

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DECLARED = datetime(2025, 11, 3, 10, 0, tzinfo=UTC)
BY = "token 1"


def make_trained(
    cohort: int = 2023,
    lead_provider: str = "Ambition Institute",
    delivery_partner: str = "Selby Teaching School Hub",
    *,
    school: School | None = None,
    mentor: MentorAtSchool | None = None,
    teacher: Teacher | None = None,
    started_on: date = date(2021, 9, 1),
    **fields,
) -> TrainingPeriod:
    """A training period of a mentor with this provider, under this cohort's rules."""
    mentor = mentor or make_mentor(teacher, school or make_school())
    partnership = make_partnership(mentor.school, cohort, lead_provider, delivery_partner)
    return make_training_period(mentor, partnership, started_on=started_on, **fields)


def claim_about(teacher: Teacher, declaration_type: str = "started", **fields) -> Claim:
    """A claim that is good for cohorts before 2025."""
    evidence = None if declaration_type == "started" else "other"
    sent = {
        "participant_id": str(teacher.participant_id),
        "declaration_type": declaration_type,
        "declaration_date": whole_seconds(DECLARED),
        "course_identifier": "ecf-mentor",
        "evidence_held": evidence,
    }
    return Claim(**sent | fields)


def declare(training: TrainingPeriod, declaration_type: str = "started", **fields) -> Declaration:
    """Submit a claim about the mentor in training, by the provider that trains them."""
    claim = claim_about(training.teacher, declaration_type, **fields)
    return submit(training.lead_provider, claim, by=BY, now=NOW)


def bring_to(declaration: Declaration, state: State, now: datetime = NOW) -> Declaration:
    """Move a submitted declaration to a state, step by step."""
    for step in WAYS[state]:
        change_state(declaration, State(step), by="user 1", why="in a test", now=now)
    return declaration


def provider(name: str = "Ambition Institute") -> LeadProvider:
    """The lead provider of this name."""
    return LeadProvider.objects.get_or_create(name=name)[0]
