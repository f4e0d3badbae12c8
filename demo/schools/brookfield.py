"""Brookfield Primary School: trained or completed elsewhere, by another provider, or left."""

from datetime import UTC, date, datetime

from declarations.states import State
from demo.schools.beckford import IRENE_CASTLE
from demo.schools.brecknock import JAMAL_REID
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

_TEACH_FIRST = Partnership(2024, "Teach First", "North London Teaching School Hub")
_NORTHAMPTONSHIRE = Partnership(
    2024, "National Institute of Teaching", "Northamptonshire Teaching School Hub"
)
_THAMES_VALLEY = Partnership(2022, "Best Practice Network", "Thames Valley Teaching School Hub")

_MENTORS = (
    Mentor(IRENE_CASTLE, started_on=date(2023, 9, 1)),
    Mentor(
        JAMAL_REID,
        started_on=date(2024, 9, 1),
        training=(Training(_TEACH_FIRST, date(2024, 9, 2)),),
    ),
    Mentor(
        Teacher("Kate Lindley", "9900401", date(1990, 10, 27)),
        started_on=date(2025, 1, 6),
        training=(Training(_NORTHAMPTONSHIRE, date(2025, 1, 6)),),
    ),
    Mentor(
        Teacher("Liam Docherty", "9900402", date(1977, 8, 21)),
        started_on=date(2022, 9, 1),
        last_day=date(2025, 7, 22),
        training=(Training(_THAMES_VALLEY, date(2022, 9, 5)),),
    ),
    Mentor(
        Teacher("Nora Fielding", "9900403", date(1984, 12, 14)),
        started_on=date(2022, 9, 1),
        training=(
            Training(
                _THAMES_VALLEY,
                date(2022, 9, 5),
                withdrawn=datetime(2024, 8, 31, 11, tzinfo=UTC),
                declared=(Declared(datetime(2024, 6, 28, 11, tzinfo=UTC), State.PAID),),
            ),
            Training(_TEACH_FIRST, date(2024, 9, 2)),
        ),
    ),
)

_ECTS = (
    ECT(
        Teacher("Rory Blake", "9900411", date(2000, 2, 22)),
        induction_started_on=date(2024, 9, 2),
        mentors=(MentoredBy("Irene Castle", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    ECT(
        Teacher("Sana Iqbal", "9900412", date(2001, 1, 10)),
        induction_started_on=date(2024, 9, 2),
        mentors=(MentoredBy("Jamal Reid", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    ECT(
        Teacher("Toby Frame", "9900413", date(1999, 9, 18)),
        induction_started_on=date(2025, 1, 6),
        mentors=(MentoredBy("Kate Lindley", date(2025, 1, 6)),),
        trained_by=_TEACH_FIRST,
    ),
    ECT(
        Teacher("Uma Kerr", "9900414", date(1998, 4, 26)),
        induction_started_on=date(2023, 1, 9),
        mentors=(
            MentoredBy("Liam Docherty", date(2023, 1, 9), date(2025, 7, 22)),
            MentoredBy("Kate Lindley", date(2025, 9, 1)),
        ),
        trained_by=_THAMES_VALLEY,
    ),
    ECT(
        Teacher("Wes Arnold", "9900415", date(2000, 11, 1)),
        induction_started_on=date(2024, 9, 2),
        mentors=(MentoredBy("Nora Fielding", date(2024, 9, 2)),),
        trained_by=_TEACH_FIRST,
    ),
    ECT(
        Teacher("Vera Moon", "9900416", date(1997, 3, 16)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(MentoredBy("Nora Fielding", date(2022, 9, 5)),),
        trained_by=_THAMES_VALLEY,
    ),
)

BROOKFIELD = DemoSchool(
    urn=100011,
    email_domain="brookfield.example",
    years=(
        Year(2024, "Camden Learning", (_TEACH_FIRST, _NORTHAMPTONSHIRE)),
        Year(2022, "Camden Learning", (_THAMES_VALLEY,)),
    ),
    mentors=_MENTORS,
    ects=_ECTS,
)
