"""Plymouth Primary School, an invented school with the people of the design's pictures.

docs/demo.md says where a picture differs. Four ECTs are in no picture; a comment marks them.
"""

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

_DEVON = DemoPartnership(2023, "Ambition Institute", "Devon Teaching School Hub")
_SELBY = DemoPartnership(2022, "Ambition Institute", "Selby Teaching School Hub")
_NORTHAMPTONSHIRE = DemoPartnership(
    2022, "National Institute of Teaching", "Northamptonshire Teaching School Hub"
)
_UCL = DemoPartnership(2021, "UCL Institute of Education", "Devon Teaching School Hub")

_MENTORS = (
    DemoMentor(
        DemoTeacher("Jane Thomas", "0836472", date(1989, 11, 13)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _SELBY,
                date(2022, 9, 5),
                declared=(
                    DemoDeclaration(
                        datetime(2022, 10, 3, 9, tzinfo=UTC),
                        State.PAID,
                        type=Declaration.Type.STARTED,
                    ),
                ),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Caiden Hendrix", "9900001", date(1984, 2, 27)),
        started_on=date(2021, 9, 1),
        training=(DemoTraining(_DEVON, date(2023, 9, 4)),),
    ),
    DemoMentor(
        DemoTeacher("David Boyd", "9900002", date(1979, 7, 8)),
        started_on=date(2020, 9, 1),
        training=(DemoTraining(_SELBY, date(2022, 9, 20)),),
    ),
    DemoMentor(
        DemoTeacher("Elvis Welch", "9900003", date(1986, 1, 8)),
        started_on=date(2021, 9, 1),
        training=(
            DemoTraining(
                _NORTHAMPTONSHIRE,
                date(2022, 9, 5),
                declared=(
                    # In London it is half past midnight on 30 July.
                    DemoDeclaration(datetime(2023, 7, 29, 23, 30, tzinfo=UTC), State.PAID),
                ),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Julie Carver", "9900004", date(1991, 6, 19)),
        started_on=date(2023, 6, 1),
        training=(DemoTraining(_SELBY, date(2023, 6, 5)),),
    ),
    DemoMentor(
        DemoTeacher("Zenia Boehm", "0085156", date(2001, 5, 29)),
        started_on=date(2021, 9, 1),
        training=(DemoTraining(_UCL, date(2021, 9, 3)),),
        email="participant-identity-5992ead7@example.com",
    ),
)

_IN_TRAINING = (
    DemoECT(
        DemoTeacher("Jonathan Paul", "9900011", date(1999, 3, 2)),
        induction_started_on=date(2023, 4, 20),
        mentors=(DemoMentorship("Jane Thomas", date(2023, 4, 20)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Lillian Solis", "9900012", date(1998, 12, 11)),
        induction_started_on=date(2021, 9, 3),
        mentors=(
            DemoMentorship("Zenia Boehm", date(2021, 9, 3), date(2022, 7, 22)),
            DemoMentorship("Jane Thomas", date(2022, 9, 5)),
        ),
        trained_by=_UCL,
    ),
    DemoECT(
        DemoTeacher("Abney Cartwright", "9900013", date(2000, 1, 25)),
        induction_started_on=date(2023, 4, 20),
        mentors=(DemoMentorship("David Boyd", date(2023, 4, 20)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Elaina Lane", "9900014", date(1999, 10, 6)),
        induction_started_on=date(2022, 9, 20),
        mentors=(DemoMentorship("David Boyd", date(2022, 9, 20), date(2024, 7, 19)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Naomi Yoder", "9900015", date(1997, 8, 14)),
        induction_started_on=date(2022, 9, 5),
        mentors=(DemoMentorship("Elvis Welch", date(2022, 9, 5)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Hadley Deleon", "9900016", date(2000, 4, 30)),
        induction_started_on=date(2023, 4, 20),
        mentors=(DemoMentorship("Caiden Hendrix", date(2023, 4, 20), date(2024, 7, 19)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Ray Kirby", "9900017", date(1996, 11, 3)),
        induction_started_on=date(2023, 6, 20),
        mentors=(DemoMentorship("Caiden Hendrix", date(2023, 6, 20)),),
        trained_by=_DEVON,
    ),
    DemoECT(
        DemoTeacher("Jason Blue", "9900018", date(2001, 2, 17)),
        induction_started_on=date(2023, 9, 4),
    ),
    DemoECT(
        DemoTeacher("Violet Brown", "9900019", date(2001, 9, 9)),
        induction_started_on=date(2023, 9, 11),
    ),
)

_COMPLETED_INDUCTION = (
    DemoECT(
        DemoTeacher("Nina Eaton", "9900020", date(1998, 5, 21)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(DemoMentorship("Jane Thomas", date(2022, 9, 5)),),
        trained_by=_SELBY,
    ),
    # This ECT and the next three are in no picture.
    DemoECT(
        DemoTeacher("Marcus Bell", "9900021", date(1997, 1, 12)),
        induction_started_on=date(2021, 9, 3),
        induction_last_day=date(2023, 7, 21),
        mentors=(DemoMentorship("Zenia Boehm", date(2021, 9, 3)),),
        trained_by=_UCL,
    ),
    DemoECT(
        DemoTeacher("Tessa Lowe", "9900022", date(1996, 10, 28)),
        induction_started_on=date(2021, 9, 3),
        induction_last_day=date(2023, 7, 21),
        mentors=(DemoMentorship("Elvis Welch", date(2021, 9, 3)),),
        trained_by=_UCL,
    ),
)

_LEFT = (
    DemoECT(
        DemoTeacher("Aiden Marsh", "9900023", date(1999, 7, 5)),
        induction_started_on=date(2022, 9, 5),
        last_day=date(2023, 7, 21),
        mentors=(DemoMentorship("David Boyd", date(2022, 9, 20)),),
        trained_by=_SELBY,
    ),
    DemoECT(
        DemoTeacher("Chloe Pratt", "9900024", date(2000, 8, 16)),
        induction_started_on=date(2023, 9, 4),
        last_day=date(2024, 12, 20),
        mentors=(DemoMentorship("Caiden Hendrix", date(2023, 9, 4)),),
        trained_by=_DEVON,
    ),
)

PLYMOUTH = DemoSchool(
    urn=999001,
    invented="Plymouth Primary School",
    email_domain="plymouth-primary.sch.uk",
    years=(
        DemoYear(2023, "EBQ", (_DEVON,)),
        DemoYear(2022, "EBQ", (_SELBY, _NORTHAMPTONSHIRE)),
        DemoYear(2021, "EBQ", (_UCL,)),
    ),
    mentors=_MENTORS,
    ects=(*_IN_TRAINING, *_COMPLETED_INDUCTION, *_LEFT),
)
