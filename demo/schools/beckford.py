"""Beckford Primary School: completed, in each of the four states in which a declaration counts."""

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

_2024, _2022 = (
    DemoPartnership(year, "Best Practice Network", "Thames Valley Teaching School Hub")
    for year in (2024, 2022)
)
_START = date(2022, 9, 5)
_END = date(2024, 7, 19)

# Left for Brookfield Primary School.
IRENE_CASTLE = DemoTeacher("Irene Castle", "9900205", date(1981, 3, 29))

_MENTORS = (
    DemoMentor(
        DemoTeacher("Amara Cole", "9900201", date(1988, 12, 2), eligible_from=date(2024, 9, 1)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                _START,
                declared=(DemoDeclaration(datetime(2024, 7, 12, 11, tzinfo=UTC), State.SUBMITTED),),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Ben Harding", "9900202", date(1985, 5, 13)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                _START,
                declared=(DemoDeclaration(datetime(2024, 7, 15, 11, tzinfo=UTC), State.ELIGIBLE),),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Clara Jennings", "9900203", date(1992, 1, 31)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                _START,
                declared=(DemoDeclaration(datetime(2024, 3, 22, 11, tzinfo=UTC), State.PAYABLE),),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Dev Patel", "9900204", date(1983, 10, 11)),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                _START,
                declared=(
                    DemoDeclaration(
                        datetime(2022, 10, 10, 9, tzinfo=UTC),
                        State.PAID,
                        type=Declaration.Type.STARTED,
                    ),
                    DemoDeclaration(
                        datetime(2023, 1, 20, 9, tzinfo=UTC),
                        State.PAID,
                        type=Declaration.Type.RETAINED_1,
                    ),
                    DemoDeclaration(datetime(2023, 7, 14, 11, tzinfo=UTC), State.PAID),
                ),
            ),
        ),
    ),
    DemoMentor(
        IRENE_CASTLE,
        started_on=date(2022, 9, 1),
        last_day=date(2023, 8, 31),
        training=(
            DemoTraining(
                _2022,
                _START,
                declared=(DemoDeclaration(datetime(2023, 7, 7, 11, tzinfo=UTC), State.PAID),),
            ),
        ),
    ),
)

_ECTS = (
    DemoECT(
        DemoTeacher("Freya Holt", "9900211", date(2001, 5, 8)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Amara Cole", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Imran Yusuf", "9900212", date(1999, 11, 22)),
        induction_started_on=_START,
        mentors=(DemoMentorship("Clara Jennings", _START),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Gabriel Knox", "9900213", date(1998, 2, 14)),
        induction_started_on=_START,
        induction_last_day=_END,
        mentors=(DemoMentorship("Amara Cole", _START),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Hannah Webb", "9900214", date(1997, 9, 3)),
        induction_started_on=_START,
        induction_last_day=_END,
        mentors=(DemoMentorship("Ben Harding", _START),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Kira Lomax", "9900215", date(1996, 12, 20)),
        induction_started_on=_START,
        induction_last_day=_END,
        mentors=(DemoMentorship("Dev Patel", _START),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Lewis Tate", "9900216", date(1998, 8, 9)),
        induction_started_on=_START,
        induction_last_day=_END,
        mentors=(
            DemoMentorship("Irene Castle", _START, date(2023, 8, 31)),
            DemoMentorship("Dev Patel", date(2023, 9, 4)),
        ),
        trained_by=_2022,
    ),
)

BECKFORD = DemoSchool(
    urn=100009,
    email_domain="beckford.example",
    years=tuple(DemoYear(each.year, "Camden Learning", (each,)) for each in (_2024, _2022)),
    mentors=_MENTORS,
    ects=_ECTS,
)
