"""The set-based twin of "has this mentor completed?", for filters and counts of thousands.

tests/mentors/test_training_status_sql.py holds it equal to mentors/training_status.py.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from declarations.claims import LONDON
from declarations.models import Declaration, RecordedCompletion
from mentors.facts import OF_MENTOR_TRAINING
from mentors.training_status import EARLY_ROLL_OUT_COMPLETED_ON


def training_completed(day: date, *, teacher: str = "pk") -> Q:
    """The condition that a teacher has completed mentor training on this day (a London day).

    `teacher` is the path from the filtered model to the teacher's id: the default is for Teacher
    itself; MentorAtSchool takes `MentorAtSchool.objects.filter(training_completed(day,
    teacher="teacher_id"))`. Negated it is the condition that they have not.
    """
    final = (
        Declaration.objects.final()
        .filter(OF_MENTOR_TRAINING, teacher=OuterRef(teacher))
        .alias(day=TruncDate("declaration_date", tzinfo=LONDON))
        .filter(day__lte=day)
    )
    condition = Q(Exists(final))
    if day >= EARLY_ROLL_OUT_COMPLETED_ON:
        condition |= Q(
            Exists(
                RecordedCompletion.objects.filter(
                    teacher=OuterRef(teacher), kind=RecordedCompletion.Kind.EARLY_ROLL_OUT
                )
            )
        )
    return condition
