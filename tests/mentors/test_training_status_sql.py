"""The set-based twin gives the same answer as the pure function, about anybody, on any day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from declarations.completion import has_completed, training_completed
from declarations.models import Declaration, RecordedCompletion
from declarations.states import COUNTING_STATES, State
from mentors.status.facts import training_facts_of_many
from schools.models import MentorAtSchool, Teacher
from tests.builders import make_mentor, make_partnership, make_school, make_training_period
from tests.mentors.declaring import declare
from tests.mentors.training_facts import COMPLETED, kinds, on

PROVIDERS = ("Ambition Institute", "Teach First")
# Around midnight in London: an hour before midnight UTC in summer, with it in winter.
moments = st.builds(
    datetime.combine,
    st.sampled_from([on("29 July 2023"), on("30 July 2023"), on("30 December 2023")]),
    st.sampled_from([time(0), time(12), time(22, 59, 59), time(23), time(23, 59, 59)]),
    st.just(UTC),
)
days = st.sampled_from(
    [
        on("18 April 2021"),
        on("19 April 2021"),
        on("29 July 2023"),
        on("30 July 2023"),
        on("31 July 2023"),
        on("30 December 2023"),
    ]
)


@dataclass(frozen=True)
class Told:
    """A declaration that a provider makes."""

    type_: Declaration.Type
    moment: datetime
    state: State
    by: str


told = st.builds(
    Told,
    # Mostly the type that matters.
    type_=st.sampled_from([COMPLETED, COMPLETED, Declaration.Type.STARTED]),
    moment=moments,
    state=st.sampled_from(State),
    by=st.sampled_from(PROVIDERS),
)
people = st.lists(st.tuples(st.lists(told, max_size=3), kinds), min_size=1, max_size=3)


def make_mentors(
    somebody: list[tuple[list[Told], frozenset[RecordedCompletion.Kind]]],
) -> list[MentorAtSchool]:
    """Mentors of one school, with what providers told of each, as far as the rules take it."""
    school = make_school()
    partnerships = [make_partnership(school, lead_provider=name) for name in PROVIDERS]
    mentors = []
    for tellings, recorded in somebody:
        mentor = make_mentor(school=school)
        make_training_period(mentor, partnerships[0], finished_on=on("1 September 2023"))
        make_training_period(mentor, partnerships[1], started_on=on("1 September 2023"))
        counting = set()
        for telling in tellings:
            if telling.type_ in counting:
                continue
            declare(
                mentor.teacher,
                f"{telling.moment:%Y-%m-%dT%H:%M:%SZ}",
                type_=telling.type_,
                state=telling.state,
                by=telling.by,
            )
            if telling.state in COUNTING_STATES:
                counting.add(telling.type_)
        for kind in recorded:
            RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)
        mentors.append(mentor)
    return mentors


class TestTheTwin(TestCase):
    @given(people, days)
    def test_it_finds_exactly_those_who_have_completed(self, somebody, day: date):
        mentors = make_mentors(somebody)

        known = training_facts_of_many(mentor.teacher_id for mentor in mentors)
        have = {teacher_id for teacher_id, facts in known.items() if has_completed(facts, day)}
        have_not = set(known) - have

        is_completed = training_completed(day)
        assert set(Teacher.objects.filter(is_completed).values_list("pk", flat=True)) == have
        assert set(Teacher.objects.filter(~is_completed).values_list("pk", flat=True)) == have_not
        at_school = training_completed(day, teacher="teacher_id")
        assert {
            mentor.teacher_id: mentor.has_completed
            for mentor in MentorAtSchool.objects.annotate(has_completed=at_school)
        } == {teacher_id: teacher_id in have for teacher_id in known}


@pytest.mark.django_db
def test_a_list_of_mentors_is_filtered_in_one_query(django_assert_num_queries):
    half_past_midnight = Told(
        COMPLETED, datetime(2023, 7, 29, 23, 30, tzinfo=UTC), State.PAID, PROVIDERS[0]
    )
    completed, _ = make_mentors([([half_past_midnight], frozenset()), ([], frozenset())])
    condition = training_completed(on("30 July 2023"), teacher="teacher_id")

    with django_assert_num_queries(1):
        found = list(MentorAtSchool.objects.filter(condition))

    assert found == [completed]
