"""Plymouth Primary School, an invented school with the people of the design's pictures.

docs/demo.md says where a picture differs. Four ECTs are in no picture; a comment marks them.
"""

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

_DEVON = Partnership(2023, "Ambition Institute", "Devon Teaching School Hub")
_SELBY = Partnership(2022, "Ambition Institute", "Selby Teaching School Hub")
_NORTHAMPTONSHIRE = Partnership(
    2022, "National Institute of Teaching", "Northamptonshire Teaching School Hub"
)
_UCL = Partnership(2021, "UCL Institute of Education", "Devon Teaching School Hub")

_MENTORS = (
    Mentor(
        Teacher("Jane Thomas", "0836472", date(1989, 11, 13)),
        started_on=date(2022, 9, 1),
        training=(
            Training(
                _SELBY,
                date(2022, 9, 5),
                declared=(
                    Declared(
                        datetime(2022, 10, 3, 9, tzinfo=UTC),
                        State.PAID,
                        type=Declaration.Type.STARTED,
                    ),
                ),
            ),
        ),
    ),
    Mentor(
        Teacher("Caiden Hendrix", "9900001", date(1984, 2, 27)),
        started_on=date(2021, 9, 1),
        training=(Training(_DEVON, date(2023, 9, 4)),),
    ),
    Mentor(
        Teacher("David Boyd", "9900002", date(1979, 7, 8)),
        started_on=date(2020, 9, 1),
        training=(Training(_SELBY, date(2022, 9, 20)),),
    ),
    Mentor(
        Teacher("Elvis Welch", "9900003", date(1986, 1, 8)),
        started_on=date(2021, 9, 1),
        training=(
            Training(
                _NORTHAMPTONSHIRE,
                date(2022, 9, 5),
                declared=(
                    # In London it is half past midnight on 30 July.
                    Declared(datetime(2023, 7, 29, 23, 30, tzinfo=UTC), State.PAID),
                ),
            ),
        ),
    ),
    Mentor(
        Teacher("Julie Carver", "9900004", date(1991, 6, 19)),
        started_on=date(2023, 6, 1),
        training=(Training(_SELBY, date(2023, 6, 5)),),
    ),
    Mentor(
        Teacher("Zenia Boehm", "0085156", date(2001, 5, 29)),
        started_on=date(2021, 9, 1),
        training=(Training(_UCL, date(2021, 9, 3)),),
        email="participant-identity-5992ead7@example.com",
    ),
)

_IN_TRAINING = (
    ECT(
        Teacher("Jonathan Paul", "9900011", date(1999, 3, 2)),
        induction_started_on=date(2023, 4, 20),
        mentors=(MentoredBy("Jane Thomas", date(2023, 4, 20)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Lillian Solis", "9900012", date(1998, 12, 11)),
        induction_started_on=date(2021, 9, 3),
        mentors=(
            MentoredBy("Zenia Boehm", date(2021, 9, 3), date(2022, 7, 22)),
            MentoredBy("Jane Thomas", date(2022, 9, 5)),
        ),
        trained_by=_UCL,
    ),
    ECT(
        Teacher("Abney Cartwright", "9900013", date(2000, 1, 25)),
        induction_started_on=date(2023, 4, 20),
        mentors=(MentoredBy("David Boyd", date(2023, 4, 20)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Elaina Lane", "9900014", date(1999, 10, 6)),
        induction_started_on=date(2022, 9, 20),
        mentors=(MentoredBy("David Boyd", date(2022, 9, 20), date(2024, 7, 19)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Naomi Yoder", "9900015", date(1997, 8, 14)),
        induction_started_on=date(2022, 9, 5),
        mentors=(MentoredBy("Elvis Welch", date(2022, 9, 5)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Hadley Deleon", "9900016", date(2000, 4, 30)),
        induction_started_on=date(2023, 4, 20),
        mentors=(MentoredBy("Caiden Hendrix", date(2023, 4, 20), date(2024, 7, 19)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Ray Kirby", "9900017", date(1996, 11, 3)),
        induction_started_on=date(2023, 6, 20),
        mentors=(MentoredBy("Caiden Hendrix", date(2023, 6, 20)),),
        trained_by=_DEVON,
    ),
    ECT(
        Teacher("Jason Blue", "9900018", date(2001, 2, 17)),
        induction_started_on=date(2023, 9, 4),
    ),
    ECT(
        Teacher("Violet Brown", "9900019", date(2001, 9, 9)),
        induction_started_on=date(2023, 9, 11),
    ),
)

_COMPLETED_INDUCTION = (
    ECT(
        Teacher("Nina Eaton", "9900020", date(1998, 5, 21)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(MentoredBy("Jane Thomas", date(2022, 9, 5)),),
        trained_by=_SELBY,
    ),
    # This ECT and the next three are in no picture.
    ECT(
        Teacher("Marcus Bell", "9900021", date(1997, 1, 12)),
        induction_started_on=date(2021, 9, 3),
        induction_last_day=date(2023, 7, 21),
        mentors=(MentoredBy("Zenia Boehm", date(2021, 9, 3)),),
        trained_by=_UCL,
    ),
    ECT(
        Teacher("Tessa Lowe", "9900022", date(1996, 10, 28)),
        induction_started_on=date(2021, 9, 3),
        induction_last_day=date(2023, 7, 21),
        mentors=(MentoredBy("Elvis Welch", date(2021, 9, 3)),),
        trained_by=_UCL,
    ),
)

_LEFT = (
    ECT(
        Teacher("Aiden Marsh", "9900023", date(1999, 7, 5)),
        induction_started_on=date(2022, 9, 5),
        last_day=date(2023, 7, 21),
        mentors=(MentoredBy("David Boyd", date(2022, 9, 20)),),
        trained_by=_SELBY,
    ),
    ECT(
        Teacher("Chloe Pratt", "9900024", date(2000, 8, 16)),
        induction_started_on=date(2023, 9, 4),
        last_day=date(2024, 12, 20),
        mentors=(MentoredBy("Caiden Hendrix", date(2023, 9, 4)),),
        trained_by=_DEVON,
    ),
)

PLYMOUTH = DemoSchool(
    urn=999001,
    invented="Plymouth Primary School",
    email_domain="plymouth-primary.sch.uk",
    years=(
        Year(2023, "EBQ", (_DEVON,)),
        Year(2022, "EBQ", (_SELBY, _NORTHAMPTONSHIRE)),
        Year(2021, "EBQ", (_UCL,)),
    ),
    mentors=_MENTORS,
    ects=(*_IN_TRAINING, *_COMPLETED_INDUCTION, *_LEFT),
)
