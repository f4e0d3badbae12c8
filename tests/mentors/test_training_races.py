"""Two tutors, or a tutor and a lead provider, decide about training at the same moment.

Over two connections: one comes first, and the other reads what has changed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.periods import finished_on
from declarations.locks import lock_school_year, lock_teacher
from declarations.models import SchoolPartnership, SchoolYear, TrainingPeriod
from declarations.partnerships import PartnershipClaim, report_partnership
from declarations.training import begin_training
from declarations.withdrawal import Stop, resume, withdraw
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import leave
from mentors.leaving.undoing import addition_of, undo_addition
from mentors.models import Mentorship
from schools.adding import NewTeacher, add_mentor
from schools.details import MOVED_ON
from schools.models import MentorAtSchool, School, Teacher
from tests.at_once import at_once
from tests.builders import make_ect, make_mentor, make_pair, make_school, make_tutor
from tests.config.processes import wait_until
from tests.databases import another_waits
from tests.declarations.trained import BY, make_trained
from tests.mentors.journeys.pairing_helpers import Journey, banner, errors, read

pytestmark = [
    pytest.mark.usefixtures("kept_as_found_anew"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.time_machine("2026-03-02T12:00:00Z"),
]

TODAY, START = date(2026, 3, 2), date(2026, 2, 2)
US, ROUNDS = "Ambition Institute", 3
GONE, SEEN = "", "You can no longer undo adding"


def added_with_training(number: int, from_day: date = START) -> MentorAtSchool:
    """A mentor who was added to a new school, with training that waits for the partnership."""
    school, person = make_school(), NewTeacher(f"{number:07}", date(1990, 5, 17), "Ray Kirby")
    pair = make_pair(US, "A hub", 2025)
    with transaction.atomic():
        mentor = add_mentor(
            school, person, email=f"ray{number}@school.example", started_on=START, day=TODAY
        )
        now = timezone.now()
        begin_training(mentor, pair.lead_provider, pair.cohort, from_day, by="user 1", now=now)
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


def leaving(mentor: MentorAtSchool, last_day: date) -> Callable[[], object]:
    seen = cut_short_by(mentor, finished_on(last_day), TODAY).key
    now = timezone.now()
    return lambda: leave(mentor, last_day, seen=seen, day=TODAY, now=now) and GONE


def withdrawing(training: TrainingPeriod) -> Callable[[], object]:
    us, participant_id = training.lead_provider, training.teacher.participant_id
    stop, now = Stop("ecf-mentor", "other"), timezone.now()
    return lambda: withdraw(us, participant_id, stop, by=BY, now=now)


def test_training_to_come_is_deleted_by_leaving_before_or_after_it_is_reported():
    for number in range(ROUNDS):
        mentor = added_with_training(number, from_day=date(2026, 4, 13))
        left, _ = at_once(leaving(mentor, date(2026, 3, 31)), reporting(mentor.school))
        assert left == GONE
        assert not TrainingPeriod.objects.filter(school=mentor.school).exists()
        assert SchoolPartnership.objects.filter(school=mentor.school).count() == 1


def test_a_mentor_leaves_while_the_provider_withdraws_them():
    for _ in range(ROUNDS):
        training = make_trained(2025)
        left, withdrawn = at_once(
            leaving(training.mentor, date(2026, 7, 21)), withdrawing(training)
        )
        assert left in (GONE, MOVED_ON)
        assert withdrawn.withdrawn_at
        training.refresh_from_db()
        assert training.withdrawn_at == withdrawn.withdrawn_at
        assert training.last_day == TODAY


def deferred() -> TrainingPeriod:
    at = datetime(2026, 1, 31, 9, tzinfo=UTC)
    stopped = {"finished_on": date(2026, 2, 1), "deferred_at": at, "deferred_reason": "other"}
    return make_trained(2025, **stopped)


def resuming(training: TrainingPeriod) -> Callable[[], object]:
    us, participant_id = training.lead_provider, training.teacher.participant_id
    stop, now = Stop("ecf-mentor"), timezone.now()
    return lambda: resume(us, participant_id, stop, by=BY, now=now)


def test_a_mentor_leaves_while_the_provider_resumes_them():
    for _ in range(ROUNDS):
        training = deferred()
        left, resumed = at_once(leaving(training.mentor, date(2026, 7, 21)), resuming(training))
        assert left in (GONE, MOVED_ON)
        assert resumed.last_day == (date(2026, 7, 21) if left == GONE else None)


def test_resuming_locks_the_school_s_year_first_as_all_that_begins_training_does():
    training = deferred()
    with ThreadPoolExecutor(1) as provider:
        with transaction.atomic():
            lock_teacher(training.teacher_id)
            answer = provider.submit(at_once, resuming(training))
            wait_until(another_waits, "the provider waits for the teacher")
            assert not list(SchoolYear.objects.select_for_update(skip_locked=True))
        assert answer.result(timeout=20)[0].started_on == TODAY


def test_a_mentor_leaves_while_another_school_adds_them_and_tells_of_it():
    """The addition waits until leaving is done, and then has nothing to tell."""
    there, here = make_mentor(started_on=START), make_school()
    leave_it, last_day = leaving(there, date(2026, 7, 21)), date(2026, 7, 3)
    email, told = "jane@here.example", {there.pk: last_day}

    def add() -> object:
        return add_mentor(
            here, there.teacher, email=email, started_on=TODAY, day=TODAY, last_days=told
        )

    with ThreadPoolExecutor(1) as tutor:
        with transaction.atomic():
            MentorAtSchool.objects.select_for_update(no_key=True).get(pk=there.pk)
            answer = tutor.submit(at_once, add)
            wait_until(another_waits, "the addition waits for the time there")
            assert leave_it() == GONE
        (added,) = answer.result(timeout=20)
    there.refresh_from_db()
    assert added.school == here
    assert (there.last_day, there.reported_finished_on) == (date(2026, 7, 21), None)


def test_undoing_an_addition_waits_for_the_other_school_where_the_mentor_is_leaving():
    there, here = make_mentor(started_on=START), make_school()
    added = make_mentor(there.teacher, here, started_on=START)
    there.reported_by, there.reported_finished_on = here, date(2026, 7, 4)
    there.save()
    leave_it, undo = leaving(there, date(2026, 7, 3)), undoing(added)
    with ThreadPoolExecutor(1) as tutor:
        with transaction.atomic():
            MentorAtSchool.objects.select_for_update(no_key=True).get(pk=there.pk)
            answer = tutor.submit(at_once, undo)
            wait_until(another_waits, "undoing waits for the time there")
            assert leave_it() == GONE
        assert answer.result(timeout=20) == [GONE]
    there.refresh_from_db()
    assert (there.last_day, there.reported_by) == (date(2026, 7, 3), None)


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
