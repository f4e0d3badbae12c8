"""Two tutors, or a tutor and a lead provider, decide about training at the same moment.

Over two connections: one comes first, and the other reads what has changed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from core.refusals import RefusedChange
from declarations.locks import lock_school_year
from declarations.models import SchoolPartnership, TrainingPeriod
from declarations.partnerships import PartnershipClaim, report_partnership
from declarations.training import begin_training
from mentors.leaving.undoing import addition_of, undo_addition
from mentors.models import Mentorship
from schools.adding import NewTeacher, add_mentor
from schools.details import MOVED_ON
from schools.models import MentorAtSchool, School, Teacher
from tests.builders import make_ect, make_mentor, make_pair, make_school, make_tutor
from tests.config.processes import wait_until
from tests.databases import another_waits
from tests.declarations.trained import BY
from tests.mentors.journeys.pairing_helpers import Journey, banner, errors, read

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.time_machine("2026-03-02T12:00:00Z"),
]

TODAY, START = date(2026, 3, 2), date(2026, 2, 2)
US, ROUNDS = "Ambition Institute", 3
GONE, SEEN = "", "You can no longer undo adding"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these at the same moment; what each returned, or the words with which it was refused."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            together.wait()
            return act()
        except RefusedChange as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return [future.result() for future in [people.submit(run, act) for act in acts]]


def added_with_training(number: int) -> MentorAtSchool:
    """A mentor who was added to a new school, with training that waits for the partnership."""
    school, person = make_school(), NewTeacher(f"{number:07}", date(1990, 5, 17), "Ray Kirby")
    pair = make_pair(US, "A hub", 2025)
    with transaction.atomic():
        mentor = add_mentor(
            school, person, email=f"ray{number}@school.example", started_on=START, day=TODAY
        )
        now = timezone.now()
        begin_training(mentor, pair.lead_provider, pair.cohort, START, by="user 1", now=now)
    return mentor


def reporting(school: School) -> Callable[[], object]:
    pair = make_pair(US, "A hub", 2025)
    claim = PartnershipClaim("2025", str(school.public_id), str(pair.delivery_partner.public_id))
    return lambda: report_partnership(pair.lead_provider, claim, by=BY, now=timezone.now())


def undoing(mentor: MentorAtSchool) -> Callable[[], object]:
    seen = addition_of(mentor, TODAY).key
    return lambda: undo_addition(mentor, seen=seen, day=TODAY) or GONE


def test_an_addition_is_undone_before_or_after_a_provider_reports_its_partnership():
    for number in range(ROUNDS):
        mentor = added_with_training(number)
        undone, _ = at_once(undoing(mentor), reporting(mentor.school))
        (partnership,) = SchoolPartnership.objects.filter(school=mentor.school)
        training = list(TrainingPeriod.objects.filter(school=mentor.school))
        if undone == GONE:
            assert training == []
            assert not Teacher.objects.filter(pk=mentor.teacher_id).exists()
        else:
            assert undone.startswith(SEEN)
            assert [period.partnership for period in training] == [partnership]


def test_undoing_an_addition_waits_for_a_provider_that_is_reporting():
    mentor = added_with_training(1)
    undo, (period,) = undoing(mentor), mentor.training_periods.all()
    with ThreadPoolExecutor(1) as tutor:
        with transaction.atomic():
            # All that a report does before it comes to the training.
            lock_school_year(mentor.school_id, period.cohort_id)
            answer = tutor.submit(at_once, undo)
            wait_until(another_waits, "the tutor waits for the year")
            reporting(mentor.school)()
        assert answer.result(timeout=20)[0].startswith(SEEN)
    period.refresh_from_db()
    assert period.partnership


def test_two_who_undo_the_same_addition_do_so_once():
    mentor = added_with_training(1)
    undo = undoing(mentor)
    assert sorted(at_once(undo, undo)) == [GONE, MOVED_ON]


def test_of_two_schools_that_choose_a_provider_for_one_mentor_one_begins_training():
    """Each asked while the mentor trained nowhere; the second is told, and asks itself again."""
    for name in (US, "Teach First"):
        make_pair(name, "A hub", 2025)
    for _ in range(ROUNDS):
        first = make_mentor(name="Jane Thomas", started_on=START)
        mentors = [first, make_mentor(first.teacher, make_school(), started_on=START)]
        journeys = []
        for mentor in mentors:
            client, ect = Client(), make_ect(school=mentor.school, started_on=START)
            client.force_login(make_tutor(mentor.school))
            journey = Journey(client, "assign", mentor)
            journey.choose(ect)
            journey.start(TODAY)
            client.post(journey.address("-lead-provider"), {"lead_provider": US})
            journeys.append((journey, journey.check()))
        pages = at_once(*[lambda each=each: each[0].confirm(each[1]) for each in journeys])
        read_after = [read(page) for page in pages]
        (period,) = TrainingPeriod.objects.filter(teacher=first.teacher)
        (mentorship,) = Mentorship.objects.filter(mentor_teacher=first.teacher)
        begun = mentors.index(period.mentor)
        assert mentorship.mentor == period.mentor
        assert "now mentors" in banner(read_after[begun])
        ((said, _),) = errors(read_after[1 - begun])
        assert said.startswith("What we know of their training has changed.")
