"""Brookfield Primary School: trained or completed elsewhere, by another provider, or left."""

from datetime import UTC, date, datetime

from declarations.states import State
from demo.schools.beckford import IRENE_CASTLE
from demo.schools.brecknock import JAMAL_REID
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

_TEACH_FIRST = DemoPartnership(2024, "Teach First", "North London Teaching School Hub")
_NORTHAMPTONSHIRE = DemoPartnership(
    2024, "National Institute of Teaching", "Northamptonshire Teaching School Hub"
)
_THAMES_VALLEY = DemoPartnership(2022, "Best Practice Network", "Thames Valley Teaching School Hub")

_MENTORS = (
    DemoMentor(IRENE_CASTLE, started_on=date(2023, 9, 1)),
    DemoMentor(
        JAMAL_REID,
        started_on=date(2024, 9, 1),
        training=(DemoTraining(_TEACH_FIRST, date(2024, 9, 2)),),
    ),
    DemoMentor(
        DemoTeacher("Kate Lindley", "9900401", date(1990, 10, 27)),
        started_on=date(2025, 1, 6),
        training=(DemoTraining(_NORTHAMPTONSHIRE, date(2025, 1, 6)),),
    ),
    DemoMentor(
        DemoTeacher("Liam Docherty", "9900402", date(1977, 8, 21)),
        started_on=date(2022, 9, 1),
        last_day=date(2025, 7, 22),
        training=(DemoTraining(_THAMES_VALLEY, date(2022, 9, 5)),),
    ),
    DemoMentor(
        DemoTeacher("Nora Fielding", "9900403", date(1984, 12, 14)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _THAMES_VALLEY,
                date(2022, 9, 5),
                withdrawn=datetime(2024, 8, 31, 11, tzinfo=UTC),
                declared=(DemoDeclaration(datetime(2024, 6, 28, 11, tzinfo=UTC), State.PAID),),
            ),
            DemoTraining(_TEACH_FIRST, date(2024, 9, 2)),
        ),
    ),
)

_ECTS = (
    DemoECT(
        DemoTeacher("Rory Blake", "9900411", date(2000, 2, 22)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Irene Castle", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    DemoECT(
        DemoTeacher("Sana Iqbal", "9900412", date(2001, 1, 10)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Jamal Reid", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    DemoECT(
        DemoTeacher("Toby Frame", "9900413", date(1999, 9, 18)),
        induction_started_on=date(2025, 1, 6),
        mentors=(DemoMentorship("Kate Lindley", date(2025, 1, 6)),),
        trained_by=_TEACH_FIRST,
    ),
    DemoECT(
        DemoTeacher("Uma Kerr", "9900414", date(1998, 4, 26)),
        induction_started_on=date(2023, 1, 9),
        mentors=(
            DemoMentorship("Liam Docherty", date(2023, 1, 9), date(2025, 7, 22)),
            DemoMentorship("Kate Lindley", date(2025, 9, 1)),
        ),
        trained_by=_THAMES_VALLEY,
    ),
    DemoECT(
        DemoTeacher("Wes Arnold", "9900415", date(2000, 11, 1)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Nora Fielding", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    DemoECT(
        DemoTeacher("Vera Moon", "9900416", date(1997, 3, 16)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(DemoMentorship("Nora Fielding", date(2022, 9, 5)),),
        trained_by=_THAMES_VALLEY,
    ),
)

BROOKFIELD = DemoSchool(
    urn=100011,
    email_domain="brookfield.example",
    years=(
        DemoYear(2024, "Camden Learning", (_TEACH_FIRST, _NORTHAMPTONSHIRE)),
        DemoYear(2022, "Camden Learning", (_THAMES_VALLEY,)),
    ),
    mentors=_MENTORS,
    ects=_ECTS,
)
