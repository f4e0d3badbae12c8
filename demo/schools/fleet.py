"""Fleet Primary School: every situation of an ECT."""

from datetime import date

from demo.schools.argyle import ADELE_BURNS
from demo.tables import ECT, DemoSchool, Mentor, MentoredBy, Partnership, Teacher, Training, Year

_2025, _2024, _2023 = (
    Partnership(year, "Ambition Institute", "North London Teaching School Hub")
    for year in (2025, 2024, 2023)
)
# So far ahead that she has not left yet.
_LEAVING = date(2027, 8, 31)

# Was an ECT here before, and is a mentor now.
_SAM_UNDERHILL = Teacher("Sam Underhill", "9900601", date(1996, 4, 9))
# Is a mentor at Netley Primary School too.
VICTOR_AMIS = Teacher("Victor Amis", "9900602", date(1988, 1, 20))

_ECTS = (
    ECT(
        Teacher("Zack Turner", "9900611", date(2000, 7, 13)),
        induction_started_on=date(2024, 9, 2),
        mentors=(MentoredBy("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    ECT(
        Teacher("Una Boyle", "9900612", date(2002, 2, 2)),
        induction_started_on=date(2025, 9, 1),
        trained_by=_2025,
    ),
    ECT(
        Teacher("Vik Rao", "9900613", date(2001, 10, 24)),
        induction_started_on=date(2025, 9, 1),
    ),
    ECT(
        Teacher("Will Egan", "9900614", date(1999, 3, 31)),
        induction_started_on=date(2023, 9, 4),
        induction_last_day=date(2025, 7, 18),
        mentors=(MentoredBy("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2023,
    ),
    ECT(
        Teacher("Xena Clarke", "9900615", date(2001, 8, 5)),
        induction_started_on=date(2025, 9, 1),
        last_day=_LEAVING,
        mentors=(MentoredBy("Sam Underhill", date(2025, 9, 1)),),
        trained_by=_2025,
    ),
    ECT(
        Teacher("Yara Haddad", "9900616", date(2000, 5, 15)),
        induction_started_on=date(2024, 9, 2),
        last_day=date(2024, 12, 20),
        mentors=(MentoredBy("Sam Underhill", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    ECT(
        ADELE_BURNS,
        induction_started_on=date(2024, 9, 2),
        started_on=date(2025, 9, 1),
        mentors=(MentoredBy("Victor Amis", date(2025, 9, 1)),),
        trained_by=_2025,
    ),
    ECT(
        _SAM_UNDERHILL,
        induction_started_on=date(2021, 9, 1),
        induction_last_day=date(2023, 7, 21),
    ),
)

FLEET = DemoSchool(
    urn=100014,
    email_domain="fleet.example",
    years=tuple(Year(each.year, "Camden Learning", (each,)) for each in (_2025, _2024, _2023)),
    mentors=(
        Mentor(
            _SAM_UNDERHILL,
            started_on=date(2024, 9, 2),
            training=(Training(_2024, date(2024, 9, 2)),),
        ),
        Mentor(VICTOR_AMIS, started_on=date(2025, 9, 1)),
    ),
    ects=_ECTS,
)
