"""Reads the facts of mentor training from the database, for one teacher or many."""

from collections import defaultdict
from collections.abc import Iterable

from core.compiled_queries import CompiledQuery, any_of
from declarations.completion import completion_facts_of_many
from mentors.models import Mentorship
from mentors.status.training_status import MentorshipFact, TrainingFacts

_MENTORSHIPS = CompiledQuery(
    lambda: (
        Mentorship.objects.filter(any_of("mentor_teacher", "teachers"))
        .order_by("started_on", "id")
        .values_list("mentor_teacher_id", "started_on", "finished_on")
    )
)


def training_facts(teacher_id: int) -> TrainingFacts:
    """The facts about one teacher, in three queries by key; none of an unknown one."""
    return training_facts_of_many([teacher_id])[teacher_id]


def training_facts_of_many(teacher_ids: Iterable[int]) -> dict[int, TrainingFacts]:
    """The facts about each of these teachers, by teacher id, in three queries."""
    completions = completion_facts_of_many(teacher_ids)
    mentorships: dict[int, list[MentorshipFact]] = defaultdict(list)
    for teacher_id, started_on, finished_on in _MENTORSHIPS.all(teachers=list(completions)):
        mentorships[teacher_id].append(MentorshipFact(started_on, finished_on))
    return {
        teacher_id: TrainingFacts(**vars(facts), mentorships=tuple(mentorships[teacher_id]))
        for teacher_id, facts in completions.items()
    }
