"""Argyle Primary School: mentors who have not completed, paired or not."""

from datetime import UTC, date, datetime

from declarations.models import Declaration
from declarations.states import State
from demo.tables import (
    ECT,
    Declared,
    DemoSchool,
    Mentor,
    MentoredBy,
    Partnership,
    Teacher,
    Training,
    Year,
)

_2025, _2024, _2022 = (
    Partnership(year, "Teach First", "North London Teaching School Hub")
    for year in (2025, 2024, 2022)
)

# Moved to Fleet Primary School.
ADELE_BURNS = Teacher("Adele Burns", "9900116", date(2001, 12, 4))
_TO_BE_CONFIRMED = Partnership(2025, "Ambition Institute", "Selby Teaching School Hub")

ARGYLE = DemoSchool(
    urn=100008,
    email_domain="argyle.example",
    years=tuple(Year(each.year, "Camden Learning", (each,)) for each in (_2025, _2024, _2022)),
    mentors=(
        Mentor(
            Teacher("Martin Osei", "9900101", date(1990, 8, 23)),
            started_on=date(2025, 9, 1),
            training=(Training(_2025, date(2025, 9, 1)),),
        ),
        Mentor(
            Teacher("Priya Nair", "9900102", date(1987, 4, 1)),
            started_on=date(2024, 9, 2),
            training=(
                Training(
                    _2024,
                    date(2024, 9, 2),
                    declared=(
                        Declared(
                            datetime(2024, 10, 7, 8, 30, tzinfo=UTC),
                            State.ELIGIBLE,
                            type=Declaration.Type.STARTED,
                        ),
                    ),
                ),
            ),
        ),
        Mentor(
            Teacher("Owen Price", "9900103", date(1982, 9, 15)),
            started_on=date(2022, 9, 1),
            training=(Training(_2022, date(2023, 1, 9)),),
        ),
        Mentor(
            Teacher("Fatima Zahra", "9900104", date(1993, 2, 10)),
            started_on=date(2025, 1, 6),
        ),
        Mentor(
            Teacher("Hana Novak", "9900105", date(1989, 3, 28)),
            started_on=date(2026, 1, 5),
            training=(Training(_TO_BE_CONFIRMED, date(2026, 1, 5)),),
        ),
    ),
    ects=(
        ECT(
            Teacher("Leah Stone", "9900111", date(1998, 6, 30)),
            induction_started_on=date(2023, 1, 9),
            mentors=(
                MentoredBy("Owen Price", date(2023, 1, 9), date(2024, 7, 19)),
                MentoredBy("Priya Nair", date(2024, 9, 2)),
            ),
            trained_by=_2022,
        ),
        ECT(
            Teacher("Daniel Finch", "9900112", date(2000, 10, 19)),
            induction_started_on=date(2024, 9, 2),
            mentors=(MentoredBy("Priya Nair", date(2024, 9, 2)),),
            trained_by=_2024,
        ),
        ECT(
            Teacher("Noah Quinn", "9900113", date(2002, 3, 7)),
            induction_started_on=date(2025, 4, 24),
            mentors=(MentoredBy("Fatima Zahra", date(2025, 4, 24)),),
            trained_by=_2024,
        ),
        ECT(
            Teacher("Isla Grant", "9900114", date(2001, 7, 27)),
            induction_started_on=date(2025, 4, 24),
            mentors=(MentoredBy("Fatima Zahra", date(2025, 4, 24)),),
            trained_by=_2024,
        ),
        ECT(
            ADELE_BURNS,
            induction_started_on=date(2024, 9, 2),
            last_day=date(2025, 7, 22),
            mentors=(MentoredBy("Priya Nair", date(2024, 9, 2)),),
            trained_by=_2024,
        ),
    ),
)
