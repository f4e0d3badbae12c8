"""Which mentorships triggers keep for a provider, as its unfunded mentors are found among them.

After each test the kept rows are compared with those found anew; what is listed is in
test_api_unfunded_mentors.py.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import transaction

from declarations.locks import lock_teacher
from declarations.models import LeadProvider
from mentors.models import Mentorship, ProviderMentorship
from schools.models import ECTAtSchool, MentorAtSchool, School
from tests.at_once import one_waits, over_its_own_connection
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_waiting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_found_anew")]
US, THEM = "Ambition Institute", "Teach First"
BEFORE, LATER = date(2022, 9, 1), date(2024, 9, 1)


class World:
    """An ECT whom a provider trains, with a mentor, and another of each at their school."""

    def __init__(self) -> None:
        self.school: School = make_school()
        self.mentor: MentorAtSchool = make_mentor(school=self.school)
        self.ect: ECTAtSchool = make_ect(school=self.school)
        self.other_mentor: MentorAtSchool = make_mentor(school=self.school)
        self.other_ect: ECTAtSchool = make_ect(school=self.school)
        self.partnership = make_partnership(self.school, 2023, US)
        self.training = make_training_period(self.ect, self.partnership)
        self.mentorship: Mentorship = make_mentorship(self.mentor, self.ect)

    def train(self, by: str, ect: ECTAtSchool | None = None, **fields) -> None:
        partnership = make_partnership((ect or self.ect).school, 2023, by)
        make_training_period(ect or self.ect, partnership, **fields)

    def train_later(self) -> None:
        """Another provider trains the ECT at the school, once the first one's training is over."""
        type(self.training).objects.filter(pk=self.training.pk).update(
            finished_on=LATER, end_reason="changed_lead_provider"
        )
        self.train(THEM, started_on=LATER)

    def end(self) -> None:
        Mentorship.objects.filter(pk=self.mentorship.pk).update(
            finished_on=LATER, end_reason="changed"
        )

    def change_mentor(self) -> None:
        self.mentorship.mentor = self.other_mentor
        self.mentorship.save()

    def change_ect(self) -> None:
        self.mentorship.ect = self.other_ect
        self.mentorship.save()

    def go_elsewhere(self) -> None:
        """The ECT is trained by the same provider at another school since."""
        self.end()
        self.training.finished_on, self.training.end_reason = LATER, "left_school"
        self.training.save()
        ECTAtSchool.objects.filter(pk=self.ect.pk).update(finished_on=LATER)
        there = make_ect(self.ect.teacher, started_on=LATER)
        self.train(US, there, started_on=LATER)

    def no_partnership(self) -> None:
        type(self.training).objects.filter(pk=self.training.pk).update(partnership=None)


# What happens, and the mentors of whose ECTs the two providers then train whom.
CASES: list[tuple[Callable[[World], object], str, str]] = [
    (lambda world: None, "mentor", ""),
    (lambda world: make_mentorship(world.other_mentor, world.other_ect), "mentor", ""),
    (lambda world: world.train(US, world.other_ect), "mentor", ""),
    (World.train_later, "mentor", "mentor"),
    (World.end, "mentor", ""),
    (World.change_mentor, "other_mentor", ""),
    (World.change_ect, "", ""),
    (World.go_elsewhere, "", ""),
    (World.no_partnership, "", ""),
    (lambda world: world.mentorship.delete(), "", ""),
    (lambda world: world.training.delete(), "", ""),
    (lambda world: make_waiting(world.other_ect, THEM), "mentor", ""),
]


def mentors(world: World, by: str) -> str:
    provider = LeadProvider.objects.get(name=by)
    rows = ProviderMentorship.objects.filter(lead_provider=provider)
    names = {world.mentor.teacher_id: "mentor", world.other_mentor.teacher_id: "other_mentor"}
    return ", ".join(names[row.mentor_teacher_id] for row in rows)


@pytest.mark.parametrize(("happens", "ours", "theirs"), CASES)
def test_a_mentorship_is_kept_for_who_trains_the_ect_there(happens, ours, theirs):
    world = World()
    make_partnership(world.school, 2023, THEM)
    happens(world)
    assert (mentors(world, US), mentors(world, THEM)) == (ours, theirs)


def test_the_mentor_s_ids_follow_their_record():
    world = World()
    teacher = world.mentor.teacher
    teacher.participant_id = "90000000-0000-4000-8000-000000000001"
    teacher.save()
    assert str(ProviderMentorship.objects.get().participant_id) == teacher.participant_id


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["pairing", "training"])
def test_a_pairing_and_the_ect_s_training_at_once_are_kept_together(first):
    world = World()
    acts = [
        lambda: make_mentorship(world.mentor, world.other_ect),
        lambda: world.train(US, world.other_ect),
    ]
    one_waits(*acts if first == "pairing" else reversed(acts))
    assert ProviderMentorship.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["ending", "training"])
def test_a_mentorship_is_deleted_while_another_provider_begins_to_train_the_ect(first):
    world = World()
    acts = [world.mentorship.delete, world.train_later]
    one_waits(*acts if first == "ending" else reversed(acts))
    assert not ProviderMentorship.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("happens", [World.end, World.change_mentor, World.no_partnership])
def test_nothing_waits_for_who_has_locked_the_ect_s_record(happens):
    """Who records that the ECT leaves holds it, and then waits for their mentorship and training.

    So who has locked one of these, as admin does, must not wait for the ECT's record.
    """
    world = World()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        lock_teacher(world.ect.teacher_id)
        pool.submit(over_its_own_connection(lambda: happens(world))).result(timeout=5)
