"""Brecknock Primary School: final declarations that were voided or clawed back."""

from datetime import UTC, date, datetime

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

_2024, _2022 = (
    DemoPartnership(year, "UCL Institute of Education", "North London Teaching School Hub")
    for year in (2024, 2022)
)

# Left for Brookfield Primary School.
JAMAL_REID = DemoTeacher("Jamal Reid", "9900305", date(1986, 6, 6))

_MENTORS = (
    DemoMentor(
        DemoTeacher("Evan Brooks", "9900301", date(1980, 4, 18)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                date(2022, 9, 5),
                declared=(DemoDeclaration(datetime(2024, 6, 14, 11, tzinfo=UTC), State.VOIDED),),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Farah Malik", "9900302", date(1994, 7, 25)),
        started_on=date(2024, 9, 2),
        training=(
            DemoTraining(
                _2024,
                date(2024, 9, 2),
                declared=(
                    DemoDeclaration(datetime(2025, 6, 20, 11, tzinfo=UTC), State.AWAITING_CLAWBACK),
                ),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("George Tindall", "9900303", date(1978, 11, 30)),
        started_on=date(2025, 1, 6),
        training=(
            DemoTraining(
                _2024,
                date(2025, 1, 6),
                declared=(
                    DemoDeclaration(datetime(2025, 7, 4, 11, tzinfo=UTC), State.CLAWED_BACK),
                ),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Holly Sharp", "9900304", date(1989, 3, 12)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                date(2022, 9, 5),
                declared=(
                    DemoDeclaration(datetime(2023, 7, 7, 11, tzinfo=UTC), State.VOIDED),
                    DemoDeclaration(datetime(2023, 11, 30, 11, tzinfo=UTC), State.PAYABLE),
                ),
            ),
        ),
    ),
    DemoMentor(
        JAMAL_REID,
        started_on=date(2022, 9, 1),
        last_day=date(2024, 8, 31),
        training=(
            DemoTraining(
                _2022,
                date(2022, 9, 5),
                declared=(DemoDeclaration(datetime(2023, 12, 8, 11, tzinfo=UTC), State.PAID),),
            ),
        ),
    ),
)

_ECTS = (
    DemoECT(
        DemoTeacher("Mia Sorrell", "9900311", date(1999, 1, 17)),
        induction_started_on=date(2022, 9, 5),
        mentors=(DemoMentorship("Evan Brooks", date(2022, 9, 5)),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Nathan Voss", "9900312", date(2000, 6, 12)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Farah Malik", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Olive Renshaw", "9900313", date(2001, 4, 4)),
        induction_started_on=date(2025, 1, 6),
        mentors=(DemoMentorship("George Tindall", date(2025, 1, 6)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Peter Lund", "9900314", date(1997, 10, 15)),
        induction_started_on=date(2022, 9, 5),
        mentors=(DemoMentorship("Holly Sharp", date(2022, 9, 5)),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Quinn Abbott", "9900315", date(1996, 8, 28)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(DemoMentorship("Jamal Reid", date(2022, 9, 5)),),
        trained_by=_2022,
    ),
)

BRECKNOCK = DemoSchool(
    urn=100010,
    email_domain="brecknock.example",
    years=tuple(DemoYear(each.year, "Camden Learning", (each,)) for each in (_2024, _2022)),
    mentors=_MENTORS,
    ects=_ECTS,
)
