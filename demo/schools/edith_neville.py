"""Edith Neville Primary School: what DfE recorded, and training withdrawn or deferred."""

from datetime import UTC, date, datetime

from declarations.models import RecordedCompletion
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

_NOT_COMPLETED = RecordedCompletion.Kind.STARTED_NOT_COMPLETED

_2024, _2022 = (
    DemoPartnership(year, "Education Development Trust", "East London Teaching School Hub")
    for year in (2024, 2022)
)

_MENTORS = (
    DemoMentor(
        DemoTeacher(
            "Oscar Bright",
            "9900501",
            date(1975, 5, 5),
            recorded=RecordedCompletion.Kind.EARLY_ROLL_OUT,
        ),
        started_on=date(2020, 9, 1),
    ),
    DemoMentor(
        DemoTeacher("Paula Greene", "9900502", date(1982, 2, 8), recorded=_NOT_COMPLETED),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                date(2022, 9, 5),
                withdrawn=datetime(2023, 12, 15, 17, tzinfo=UTC),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Quentin Moss", "9900503", date(1987, 7, 19), recorded=_NOT_COMPLETED),
        started_on=date(2022, 9, 1),
        training=(
            DemoTraining(
                _2022,
                date(2022, 9, 5),
                declared=(DemoDeclaration(datetime(2024, 5, 17, 11, tzinfo=UTC), State.ELIGIBLE),),
            ),
        ),
    ),
    DemoMentor(
        DemoTeacher("Rosa Delgado", "9900504", date(1991, 9, 26)),
        started_on=date(2024, 9, 2),
        training=(
            DemoTraining(
                _2024,
                date(2024, 9, 2),
                deferred=datetime(2025, 2, 3, 9, tzinfo=UTC),
            ),
        ),
    ),
)

_ECTS = (
    DemoECT(
        DemoTeacher("Pippa Dale", "9900511", date(2001, 6, 3)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Oscar Bright", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Stella Brand", "9900512", date(1998, 11, 11)),
        induction_started_on=date(2022, 9, 5),
        mentors=(DemoMentorship("Quentin Moss", date(2022, 9, 5)),),
        trained_by=_2022,
    ),
    DemoECT(
        DemoTeacher("Theo Marsden", "9900513", date(2000, 12, 29)),
        induction_started_on=date(2024, 9, 2),
        mentors=(DemoMentorship("Rosa Delgado", date(2024, 9, 2)),),
        trained_by=_2024,
    ),
    DemoECT(
        DemoTeacher("Reece Holden", "9900514", date(1997, 7, 7)),
        induction_started_on=date(2022, 9, 5),
        induction_last_day=date(2024, 7, 19),
        mentors=(DemoMentorship("Paula Greene", date(2022, 9, 5)),),
        trained_by=_2022,
    ),
)

EDITH_NEVILLE = DemoSchool(
    urn=100013,
    email_domain="edith-neville.example",
    years=tuple(DemoYear(each.year, "Camden Learning", (each,)) for each in (_2024, _2022)),
    mentors=_MENTORS,
    ects=_ECTS,
)
