"""Two staff who move a person, or staff and a lead provider, at the same moment."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from declarations.models import LeadProvider, TrainingPeriod
from declarations.training import change_lead_provider
from mentors.leaving.moving import Destination, move, plan_move
from schools.details import MOVED_ON
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship, make_school
from tests.declarations.trained import BY, make_trained
from tests.mentors.test_training_races import ROUNDS, TODAY, at_once, withdrawing

pytestmark = [
    pytest.mark.usefixtures("kept_as_found_anew"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.time_machine("2026-03-02T12:00:00Z"),
]

FIRST_DAY = date(2026, 3, 2)


def moving(person: PersonAtSchool, with_provider: LeadProvider | None = None) -> Callable:
    """A member of staff who confirms the move to a new school that they have just seen."""
    to = Destination(make_school(), FIRST_DAY, f"{make_school().urn}@school.example", with_provider)
    seen, now = plan_move(person, to, TODAY).key, timezone.now()
    return lambda: move(person, to, seen=seen, by=BY, now=now, day=TODAY).school


@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_of_two_staff_who_move_a_person_to_two_schools_one_does(make: Callable):
    for _ in range(ROUNDS):
        person = make(started_on=date(2025, 9, 1))
        told = at_once(moving(person), moving(person))
        times = type(person)._default_manager.filter(teacher=person.teacher)
        assert times.count() == 2
        (there,) = times.filter(started_on=FIRST_DAY)
        assert told.count(there.school) == 1
        (refused,) = [each for each in told if each != there.school]
        name, school = person.teacher.name, person.school.name
        assert refused.startswith(
            (
                MOVED_ON,  # confirmed beside the other move
                f"We have already been told that {name} is leaving {school}",
                f"{name} is recorded as an ECT at another school",  # after it
            )
        )
        assert times.get(pk=person.pk).finished_on == FIRST_DAY


def test_of_two_staff_who_move_a_mentor_and_their_ect_both_do_and_the_pair_ends_once():
    for _ in range(ROUNDS):
        mentor: MentorAtSchool = make_mentor(started_on=date(2025, 9, 1))
        ect: ECTAtSchool = make_ect(school=mentor.school, started_on=date(2025, 9, 1))
        pair = make_mentorship(mentor, ect, started_on=date(2025, 9, 1))
        told = at_once(moving(mentor), moving(ect))
        moved = [each for each in told if each != MOVED_ON]
        assert moved, told
        pair.refresh_from_db()
        assert pair.finished_on == FIRST_DAY
        for person in (mentor, ect):
            person.refresh_from_db()
        assert [each.finished_on for each in (mentor, ect)].count(FIRST_DAY) == len(moved)


def test_a_mentor_is_moved_while_the_provider_withdraws_them():
    for _ in range(ROUNDS):
        training = make_trained(2025)
        moved, withdrawn = at_once(
            moving(training.mentor, training.lead_provider), withdrawing(training)
        )
        training.refresh_from_db()
        assert training.withdrawn_at or withdrawn, withdrawn
        there = TrainingPeriod.objects.filter(teacher=training.teacher).exclude(pk=training.pk)
        if moved == MOVED_ON:
            assert training.mentor.finished_on is None
            assert not there
        else:
            assert training.finished_on
            assert there.get().school == moved


def test_the_provider_of_a_mentor_is_changed_while_it_withdraws_them():
    for _ in range(ROUNDS):
        training = make_trained(2025)
        other = LeadProvider.objects.get_or_create(name="Another Provider")[0]
        changed, _ = at_once(
            lambda training=training, other=other: change_lead_provider(
                training, other, by=BY, now=timezone.now()
            ),
            withdrawing(training),
        )
        training.refresh_from_db()
        after = TrainingPeriod.objects.filter(teacher=training.teacher).exclude(pk=training.pk)
        if isinstance(changed, str):  # what the member of staff reads
            assert training.withdrawn_at
            assert not after
        else:
            assert after.get().lead_provider == other
            assert training.finished_on
