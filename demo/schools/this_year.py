"""Schools in the academic year 2026 to 2027: one at each step of who trains their mentors.

A school says which lead provider it uses, the provider confirms it, and declares; what it declared
may be voided. One school closed before the year began, and another one took over from it.
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

_TEACH_FIRST = DemoPartnership(2026, "Teach First", "North London Teaching School Hub")
_UCL = DemoPartnership(2026, "UCL Institute of Education", "North London Teaching School Hub")
_NATIONAL = DemoPartnership(
    2026, "National Institute of Teaching", "Northamptonshire Teaching School Hub"
)
# Providers and partners who work together in the year, with or without a partnership here.
WORKING_TOGETHER = (
    _TEACH_FIRST,
    DemoPartnership(2026, "Ambition Institute", "Selby Teaching School Hub"),
    DemoPartnership(2026, "Best Practice Network", "Thames Valley Teaching School Hub"),
    DemoPartnership(2026, "Education Development Trust", "East London Teaching School Hub"),
)
_FIRST_DAY = date(2026, 9, 1)
_STARTED = DemoDeclaration(
    datetime(2026, 9, 15, 9, tzinfo=UTC),
    type=Declaration.Type.STARTED,
    evidence=Declaration.Evidence.EVENT,
)


def _completed(day: date, state: State = State.ELIGIBLE) -> DemoDeclaration:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return DemoDeclaration(at, state, evidence=Declaration.Evidence.ENGAGED)


def _ect(name: str, trn: str, mentor: str, trained_by: DemoPartnership) -> DemoECT:
    return DemoECT(
        DemoTeacher(name, trn, date(2003, 2, 14)),
        induction_started_on=_FIRST_DAY,
        mentors=(DemoMentorship(mentor, _FIRST_DAY),),
        trained_by=trained_by,
    )


NEW_END = DemoSchool(
    urn=100019,
    email_domain="new-end.example",
    years=(),
    mentors=(DemoMentor(DemoTeacher("Noah Pemberton", "9901001", date(1988, 5, 9)), _FIRST_DAY),),
    ects=(
        DemoECT(
            DemoTeacher("Maya Lindqvist", "9901011", date(2003, 7, 2)),
            induction_started_on=_FIRST_DAY,
        ),
    ),
)

PRIMROSE_HILL = DemoSchool(
    urn=100020,
    email_domain="primrose-hill.example",
    years=(DemoYear(2026, "Camden Learning", lead_provider="Teach First"),),
    mentors=(
        DemoMentor(
            DemoTeacher("Priya Raman", "9901101", date(1986, 12, 3)),
            _FIRST_DAY,
            training=(DemoTraining(_TEACH_FIRST, _FIRST_DAY),),
        ),
    ),
    ects=(_ect("Leo Hart", "9901111", "Priya Raman", _TEACH_FIRST),),
)

RHYL = DemoSchool(
    urn=100021,
    email_domain="rhyl.example",
    years=(DemoYear(2026, "Camden Learning", (_UCL,)),),
    mentors=(
        DemoMentor(
            DemoTeacher("Callum Reyes", "9901201", date(1991, 4, 27)),
            _FIRST_DAY,
            training=(DemoTraining(_UCL, _FIRST_DAY, declared=(_STARTED,)),),
        ),
    ),
    ects=(_ect("Nia Bowen", "9901211", "Callum Reyes", _UCL),),
)

RICHARD_COBDEN = DemoSchool(
    urn=100022,
    email_domain="richard-cobden.example",
    years=(DemoYear(2026, "Camden Learning", (_TEACH_FIRST,)),),
    mentors=(
        DemoMentor(
            DemoTeacher("Esther Okoro", "9901301", date(1984, 10, 30)),
            _FIRST_DAY,
            training=(
                DemoTraining(
                    _TEACH_FIRST, _FIRST_DAY, declared=(_STARTED, _completed(date(2026, 10, 16)))
                ),
            ),
        ),
    ),
    ects=(_ect("Jude Marlow", "9901311", "Esther Okoro", _TEACH_FIRST),),
)

TORRIANO = DemoSchool(
    urn=100023,
    email_domain="torriano.example",
    years=(DemoYear(2026, "Camden Learning", (_NATIONAL,)),),
    mentors=(
        DemoMentor(
            DemoTeacher("Hannah Frye", "9901401", date(1989, 1, 18)),
            _FIRST_DAY,
            training=(
                DemoTraining(
                    _NATIONAL,
                    _FIRST_DAY,
                    declared=(_STARTED, _completed(date(2026, 10, 9), State.VOIDED)),
                ),
            ),
        ),
    ),
    ects=(_ect("Omar Siddiq", "9901411", "Hannah Frye", _NATIONAL),),
)

HARBOUR = DemoSchool(
    urn=999002,
    invented="Harbour Infant School",
    closed_on=date(2026, 8, 31),
    successor=RICHARD_COBDEN.urn,
    email_domain="harbour.example",
    years=(DemoYear(2025, "Camden Learning"),),
    mentors=(
        DemoMentor(DemoTeacher("Ines Duarte", "9901501", date(1979, 8, 8)), date(2025, 9, 1)),
    ),
    ects=(
        DemoECT(
            DemoTeacher("Theo Castell", "9901511", date(2002, 3, 25)),
            induction_started_on=date(2025, 9, 1),
            mentors=(DemoMentorship("Ines Duarte", date(2025, 9, 1)),),
        ),
    ),
)
