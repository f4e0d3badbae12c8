"""Hawley Primary School: it has never trained with a provider."""

from datetime import date

from declarations.models import SchoolYear
from demo.tables import ECT, DemoSchool, Mentor, MentoredBy, Teacher, Year

HAWLEY = DemoSchool(
    urn=100015,
    email_domain="hawley.example",
    years=(
        Year(2025, "", programme=SchoolYear.Programme.NOT_DECIDED),
        Year(2024, "Camden Learning", programme=SchoolYear.Programme.SCHOOL_LED),
    ),
    mentors=(
        Mentor(
            Teacher("Tara Bloom", "9900701", date(1985, 3, 23)),
            started_on=date(2024, 9, 2),
        ),
    ),
    ects=(
        ECT(
            Teacher("Bella Crane", "9900711", date(2001, 11, 19)),
            induction_started_on=date(2024, 9, 2),
            mentors=(MentoredBy("Tara Bloom", date(2024, 9, 2)),),
        ),
    ),
)
