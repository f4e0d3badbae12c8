"""Facts and claims for judgements without a database: a mentor of cohort 2025 in training."""

from datetime import UTC, date, datetime
from uuid import UUID

from declarations.claims import Claim
from declarations.facts import DeclaredFact, TeacherFacts, TrainingFact

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DECLARED = "2025-11-03T10:00:00Z"
MOMENT = datetime(2025, 11, 3, 10, 0, tzinfo=UTC)
US, OTHERS = 1, 2
FIRST = UUID("00000000-0000-0000-0000-00000000000f")


def training(cohort: int = 2025, **fields) -> TrainingFact:
    given = {
        "training_period_id": 10,
        "lead_provider_id": US,
        "delivery_partner_id": 5,
        "of_mentor": True,
        "started_on": date(2025, 9, 1),
        "cohort": cohort,
    }
    return TrainingFact(**given | fields)


def declared(declaration_type: str, at: datetime = MOMENT, by: int = US, evidence: str = ""):
    return DeclaredFact(FIRST, by, declaration_type, at, evidence)


def facts(*trainings: TrainingFact, declared: tuple[DeclaredFact, ...] = (), **fields):
    return TeacherFacts(3, trainings=trainings or (training(),), declared=declared, **fields)


GOOD = Claim(
    participant_id="10000000-0000-0000-0000-000000000001",
    declaration_type="completed",
    declaration_date=DECLARED,
    course_identifier="ecf-mentor",
    evidence_held="75-percent-engagement-met",
)
MISSING = (None, "", {}, {"a": 1}, [], ["x"])
ODD = (0, 1, True, False, 1.5, "x", " ", "\x00", "\ud800", float("inf"))
OF_ECT = training(of_mentor=False)
OLD = facts(training(2024))
WITHDRAWN = training(2024, withdrawn_at=datetime(2025, 3, 1, tzinfo=UTC))
