"""The two schools of one induction tutor: Hawley and Netley.

Hawley Primary School has never trained with a provider. At Netley Primary School & Centre for
Autism are a completion under the rules for 2025, and a mentor who is at another school too.
"""

from datetime import UTC, date, datetime

from declarations.models import Declaration, SchoolYear
from declarations.states import State
from demo.schools.fleet import VICTOR_AMIS
from demo.tables import (
    DemoDeclaration,
    DemoECT,
    DemoMentor,
    DemoMentorship,
    DemoPartnership,
    DemoSchool,
    DemoTeacher,
    DemoTraining,
    DemoYear,
)

_2025 = DemoPartnership(2025, "UCL Institute of Education", "North London Teaching School Hub")

HAWLEY = DemoSchool(
    urn=100015,
    email_domain="hawley.example",
    years=(
        DemoYear(2025, "", programme=SchoolYear.Programme.NOT_DECIDED),
        DemoYear(2024, "Camden Learning", programme=SchoolYear.Programme.SCHOOL_LED),
    ),
    mentors=(
        DemoMentor(
            DemoTeacher("Tara Bloom", "9900701", date(1985, 3, 23)),
            started_on=date(2024, 9, 2),
        ),
    ),
    ects=(
        DemoECT(
            DemoTeacher("Bella Crane", "9900711", date(2001, 11, 19)),
            induction_started_on=date(2024, 9, 2),
            mentors=(DemoMentorship("Tara Bloom", date(2024, 9, 2)),),
        ),
    ),
)

NETLEY = DemoSchool(
    urn=100018,
    email_domain="netley.example",
    years=(DemoYear(2025, "Camden Learning", (_2025,)),),
    mentors=(
        DemoMentor(
            DemoTeacher("Ursula Penn", "9900801", date(1992, 6, 17)),
            started_on=date(2025, 9, 1),
            training=(
                DemoTraining(
                    _2025,
                    date(2025, 9, 1),
                    declared=(
                        DemoDeclaration(
                            datetime(2025, 9, 15, 8, tzinfo=UTC),
                            State.ELIGIBLE,
                            type=Declaration.Type.STARTED,
                        ),
                        DemoDeclaration(
                            datetime(2026, 3, 27, 11, tzinfo=UTC),
                            State.ELIGIBLE,
                            evidence=Declaration.Evidence.ENGAGED,
                        ),
                    ),
                ),
            ),
        ),
        DemoMentor(
            VICTOR_AMIS,
            started_on=date(2025, 9, 1),
            training=(DemoTraining(_2025, date(2025, 9, 1)),),
        ),
    ),
    ects=(
        DemoECT(
            DemoTeacher("Callum Frith", "9900811", date(2002, 1, 28)),
            induction_started_on=date(2025, 9, 1),
            mentors=(DemoMentorship("Ursula Penn", date(2025, 9, 1)),),
            trained_by=_2025,
        ),
    ),
)
