"""Fleet Primary School: every situation of an ECT."""

from datetime import date

from demo.schools.argyle import ADELE_BURNS
from demo.tables import (
    DemoECT,
    DemoMentor,
    DemoMentorship,
    DemoPartnership,
    DemoSchool,
    DemoTeacher,
    DemoTraining,
    DemoYear,
)

_2025, _2024, _2023 = (
    DemoPartnership(year, "Ambition Institute", "North London Teaching School Hub")
    for year in (2025, 2024, 2023)
)
# So far ahead that she has not left yet.
_LEAVING = date(2027, 8, 31)

# Was an ECT here before, and is a mentor now.
_SAM_UNDERHILL = DemoTeacher("Sam Underhill", "9900601", date(1996, 4, 9))
# Is a mentor at Netley Primary School too.
VICTOR_AMIS = DemoTeacher("Victor Amis", "9900602", date(1988, 1, 20))

_ECTS = (
    DemoECT(
        DemoTeacher("Zack Turner", "9900611", date(2000, 7, 13)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Una Boyle", "9900612", date(2002, 2, 2)),
        induction_started_on=date(2025, 9, 1),
        trained_by=_2025,
    ),
    DemoECT(
        DemoTeacher("Vik Rao", "9900613", date(2001, 10, 24)),
        induction_started_on=date(2025, 9, 1),
    ),
    DemoECT(
        DemoTeacher("Will Egan", "9900614", date(1999, 3, 31)),
        induction_started_on=date(2023, 9, 4),
        induction_last_day=date(2025, 7, 18),
        mentors=(DemoMentorship("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2023,
    ),
    DemoECT(
        DemoTeacher("Xena Clarke", "9900615", date(2001, 8, 5)),
        induction_started_on=date(2025, 9, 1),
        last_day=_LEAVING,
        mentors=(DemoMentorship("Sam Underhill", date(2025, 9, 1)),),
        trained_by=_2025,
    ),
    DemoECT(
        DemoTeacher("Yara Haddad", "9900616", date(2000, 5, 15)),
        induction_started_on=date(2024, 9, 2),
        last_day=date(2024, 12, 20),
        mentors=(DemoMentorship("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        ADELE_BURNS,
        induction_started_on=date(2024, 9, 2),
        started_on=date(2025, 9, 1),
        mentors=(DemoMentorship("Victor Amis", date(2025, 9, 1)),),
        trained_by=_2025,
    ),
    DemoECT(
        _SAM_UNDERHILL,
        induction_started_on=date(2021, 9, 1),
        induction_last_day=date(2023, 7, 21),
    ),
)

FLEET = DemoSchool(
    urn=100014,
    email_domain="fleet.example",
    years=tuple(DemoYear(each.year, "Camden Learning", (each,)) for each in (_2025, _2024, _2023)),
    mentors=(
        DemoMentor(
            _SAM_UNDERHILL,
            started_on=date(2024, 9, 2),
            training=(DemoTraining(_2024, date(2024, 9, 2)),),
        ),
        DemoMentor(VICTOR_AMIS, started_on=date(2025, 9, 1)),
    ),
    ects=_ECTS,
)
