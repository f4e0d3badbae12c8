"""Argyle Primary School: mentors who have not completed, paired or not."""

from datetime import UTC, date, datetime

from declarations.models import Declaration
from declarations.states import State
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

_2025, _2024, _2022 = (
    DemoPartnership(year, "Teach First", "North London Teaching School Hub")
    for year in (2025, 2024, 2022)
)

# Moved to Fleet Primary School.
ADELE_BURNS = DemoTeacher("Adele Burns", "9900116", date(2001, 12, 4))
_TO_BE_CONFIRMED = DemoPartnership(2025, "Ambition Institute", "Selby Teaching School Hub")

ARGYLE = DemoSchool(
    urn=100008,
    email_domain="argyle.example",
    years=tuple(DemoYear(each.year, "Camden Learning", (each,)) for each in (_2025, _2024, _2022)),
    mentors=(
        DemoMentor(
            DemoTeacher("Martin Osei", "9900101", date(1990, 8, 23)),
            started_on=date(2025, 9, 1),
            training=(DemoTraining(_2025, date(2025, 9, 1)),),
        ),
        DemoMentor(
            DemoTeacher("Priya Nair", "9900102", date(1987, 4, 1)),
            started_on=date(2024, 9, 2),
            training=(
                DemoTraining(
                    _2024,
                    date(2024, 9, 2),
                    declared=(
                        DemoDeclaration(
                            datetime(2024, 10, 7, 8, 30, tzinfo=UTC),
                            State.ELIGIBLE,
                            type=Declaration.Type.STARTED,
                        ),
                    ),
                ),
            ),
        ),
        DemoMentor(
            DemoTeacher("Owen Price", "9900103", date(1982, 9, 15)),
            started_on=date(2022, 9, 1),
            training=(DemoTraining(_2022, date(2023, 1, 9)),),
        ),
        DemoMentor(
            DemoTeacher("Fatima Zahra", "9900104", date(1993, 2, 10)),
            started_on=date(2025, 1, 6),
        ),
        DemoMentor(
            DemoTeacher("Hana Novak", "9900105", date(1989, 3, 28)),
            started_on=date(2026, 1, 5),
            training=(DemoTraining(_TO_BE_CONFIRMED, date(2026, 1, 5)),),
        ),
    ),
    ects=(
        DemoECT(
            DemoTeacher("Leah Stone", "9900111", date(1998, 6, 30)),
            induction_started_on=date(2023, 1, 9),
            mentors=(
                DemoMentorship("Owen Price", date(2023, 1, 9), date(2024, 7, 19)),
                DemoMentorship("Priya Nair", date(2024, 9, 2)),
            ),
            trained_by=_2022,
        ),
        DemoECT(
            DemoTeacher("Daniel Finch", "9900112", date(2000, 10, 19)),
            induction_started_on=date(2024, 9, 2),
            mentors=(DemoMentorship("Priya Nair", date(2024, 9, 2)),),
            trained_by=_2024,
        ),
        DemoECT(
            DemoTeacher("Noah Quinn", "9900113", date(2002, 3, 7)),
            induction_started_on=date(2025, 4, 24),
            mentors=(DemoMentorship("Fatima Zahra", date(2025, 4, 24)),),
            trained_by=_2024,
        ),
        DemoECT(
            DemoTeacher("Isla Grant", "9900114", date(2001, 7, 27)),
            induction_started_on=date(2025, 4, 24),
            mentors=(DemoMentorship("Fatima Zahra", date(2025, 4, 24)),),
            trained_by=_2024,
        ),
        DemoECT(
            ADELE_BURNS,
            induction_started_on=date(2024, 9, 2),
            last_day=date(2025, 7, 22),
            mentors=(DemoMentorship("Priya Nair", date(2024, 9, 2)),),
            trained_by=_2024,
        ),
    ),
)
