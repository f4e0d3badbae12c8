"""What each school reads about a teacher's mentor training, and why."""

from dataclasses import dataclass
from datetime import date

from core.compiled_queries import CompiledQuery, Slot
from mentors.people.finding import current_row
from mentors.people.trained_by import training_at_schools
from mentors.people.training_words import words_of_training
from mentors.status.facts import training_facts
from mentors.status.policies import policy_in_force
from mentors.status.training_status import training_status
from schools.models import MentorAtSchool, Teacher

NO_STATUS = "No status of mentor training"
_MENTORS = CompiledQuery(
    lambda: (
        MentorAtSchool.objects.filter(teacher=Slot("teacher"))
        .select_related("teacher", "school")
        .order_by("school__searchable_name", "started_on")
    )
)


@dataclass(frozen=True)
class Reading:
    """What a school reads of a mentor: the tag, the line beneath it, and the reason, all in words.

    `mentor` is the row of the mentor that the school's page shows.
    """

    mentor: MentorAtSchool
    status: str
    detail: str
    why: str


def readings_of(teacher: Teacher, day: date) -> list[Reading]:
    """What each school with the teacher as a mentor reads on this day, by the school's name."""
    at_school: dict[int, list[MentorAtSchool]] = {}
    for row in _MENTORS.all(teacher=teacher.pk):
        at_school.setdefault(row.school_id, []).append(row)
    status = training_status(training_facts(teacher.pk), policy_in_force(day), day)
    trainings = training_at_schools(teacher.pk, list(at_school), day, status)
    return [
        Reading(
            current_row(of_school, day),
            status.status.text if status.status else NO_STATUS,
            status.detail or "",
            words_of_training(trainings[school], status).why,
        )
        for school, of_school in at_school.items()
    ]
