"""A successor takes over what is open at a closed school, and what does not move says why."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.refusals import RefusedChange
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.taking_over.moving import take_over
from mentors.taking_over.planning import TakeOver, plan_take_over
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, SchoolSuccession
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_tutor,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
FIRST_DAY = date(2026, 9, 1)


@pytest.fixture
def fleet() -> School:
    return make_school("Fleet", status=School.Status.CLOSED, closed_on=date(2026, 8, 31))


@pytest.fixture
def academy(fleet: School) -> School:
    academy = make_school("Fleet Academy")
    SchoolSuccession.objects.create(school=fleet, successor=academy)
    return academy


def taken_over(fleet: School, academy: School) -> TakeOver:
    planned = plan_take_over(fleet, academy, TODAY)
    return take_over(fleet, academy, seen=planned.key, day=TODAY)


def periods(rows) -> list[tuple]:
    found = rows.order_by("started_on", "pk").values_list(
        "school__name", "started_on", "finished_on"
    )
    return list(found)


def test_people_mentorships_training_and_tutors_go_on_at_the_successor(fleet, academy):
    mentor, ect = make_mentor(school=fleet), make_ect(school=fleet)
    make_mentorship(mentor, ect)
    training = make_training_period(mentor)
    make_partnership(academy)
    tutor = make_tutor(fleet)
    assert taken_over(fleet, academy).left == ()

    was, now = ("Fleet", date(2021, 9, 1), FIRST_DAY), ("Fleet Academy", FIRST_DAY, None)
    assert periods(MentorAtSchool.objects.filter(teacher=mentor.teacher)) == [was, now]
    assert periods(ECTAtSchool.objects.filter(teacher=ect.teacher)) == [was, now]
    assert periods(Mentorship.objects.all()) == [was, now]
    assert periods(TrainingPeriod.objects.all()) == [was, now]
    assert periods(InductionTutor.objects.filter(user=tutor)) == [was, now]
    there = MentorAtSchool.objects.get(school=academy)
    assert (there.email, there.public_id != mentor.public_id) == (mentor.email, True)
    assert Mentorship.objects.get(finished_on=FIRST_DAY).end_reason == "school_closed"
    assert Mentorship.objects.get(finished_on=None).end_reason == ""
    assert TrainingPeriod.objects.get(finished_on=FIRST_DAY) == training
    assert plan_take_over(fleet, academy, TODAY).key == ""


@pytest.mark.parametrize(
    "since",
    [
        {"withdrawn_at": datetime(2026, 10, 1, tzinfo=UTC), "withdrawn_reason": "other"},
        {"deferred_at": datetime(2026, 10, 1, tzinfo=UTC), "deferred_reason": "other"},
        {"end_reason": "completed", "finished_on_before_completion": date(2027, 1, 1)},
    ],
)
def test_what_ended_training_after_the_school_closed_goes_along(fleet, academy, since):
    mentor = make_mentor(school=fleet)
    make_training_period(mentor, finished_on=date(2026, 10, 2), **since)
    make_partnership(academy)
    assert taken_over(fleet, academy).left == ()
    was, now = TrainingPeriod.objects.order_by("started_on").values()
    assert (was["finished_on"], was["end_reason"]) == (FIRST_DAY, "left_school")
    assert {name: now[name] for name in since} == since
    assert not any(was[name] for name in since if name != "end_reason")


def test_what_another_school_told_of_a_last_day_stays_with_the_closed_school(fleet, academy):
    told = {"reported_finished_on": date(2026, 8, 1), "reported_by": make_school("Gospel Oak")}
    mentor = make_mentor(school=fleet)
    MentorAtSchool.objects.filter(pk=mentor.pk).update(**told)
    assert taken_over(fleet, academy).left == ()
    assert MentorAtSchool.objects.get(school=academy).reported_by is None


def test_a_known_end_goes_along_and_what_begins_later_moves_as_it_is(fleet, academy):
    leaving = date(2027, 1, 1)
    mentor = make_mentor(school=fleet, finished_on=leaving)
    ect = make_ect(school=fleet, started_on=date(2026, 10, 1))
    make_mentorship(mentor, ect, finished_on=leaving, end_reason="mentor_left")
    left_before = make_mentor(school=fleet, finished_on=FIRST_DAY)
    taken_over(fleet, academy)
    assert periods(ECTAtSchool.objects.all()) == [("Fleet Academy", date(2026, 10, 1), None)]
    ect.refresh_from_db()
    assert ect.school == academy
    (mentorship,) = Mentorship.objects.all()
    assert (mentorship.school, mentorship.finished_on) == (academy, leaving)
    assert mentorship.end_reason == "mentor_left"
    assert mentorship.mentor.finished_on == leaving
    assert not MentorAtSchool.objects.filter(teacher=left_before.teacher, school=academy).exists()


def test_a_plan_takes_as_many_queries_for_many_people_as_for_one(fleet, academy):
    def add(people: int) -> int:
        for _ in range(people):
            mentor, ect = make_mentor(school=fleet), make_ect(school=fleet)
            make_mentorship(mentor, ect)
            make_training_period(mentor)
            make_tutor(fleet)
        with CaptureQueriesContext(connection) as captured:
            planned = plan_take_over(fleet, academy, TODAY)
            "".join(str(each) for each in (*planned.people, *planned.mentorships, *planned.tutors))
            "".join(str(partnership) for _, partnership in planned.trainings)
        return len(captured)

    make_partnership(academy)
    few = add(1)
    assert add(10) == few


def test_what_does_not_move_says_why(fleet, academy):
    mentor, ect = (
        make_mentor(school=fleet, name="Ada Both"),
        make_ect(school=fleet, name="Ray Kirby"),
    )
    make_mentor(mentor.teacher, academy)
    make_mentorship(mentor, ect)
    trained = make_mentor(school=fleet, name="Wes Arnold")
    training = make_training_period(trained)
    to_come = make_mentor(school=fleet, name="Violet Brown")
    make_training_period(to_come, started_on=date(2026, 12, 1))
    tutor = make_tutor(fleet, name="Sarah Philips")
    InductionTutor.objects.create(user=tutor, school=academy, started_on=FIRST_DAY)
    signs_in = make_tutor(fleet, name="Heather Head")
    InductionTutor.objects.filter(user=signs_in).update(source="dfe_sign_in")
    no_partnership = f"{academy} has no partnership with Ambition Institute for {training.cohort}"
    left = taken_over(fleet, academy).left
    assert [(each.what.split(" (")[0], each.why) for each in left] == [
        ("Ada Both", f"They are at {academy} already. Record their last day here, and pair there"),
        ("Violet Brown", no_partnership),
        ("Ada Both", "One of them does not move, so the mentorship ends"),
        ("Wes Arnold", no_partnership),
        ("Heather Head at Fleet", "DfE Sign-in appoints them when they sign in there"),
        ("Sarah Philips at Fleet", f"They are an induction tutor at {academy} already"),
    ]
    assert periods(Mentorship.objects.all()) == [("Fleet", date(2021, 9, 1), FIRST_DAY)]
    training.refresh_from_db()
    assert (training.finished_on, training.end_reason) == (FIRST_DAY, "left_school")
    at_fleet = MentorAtSchool.objects.filter(school=fleet, finished_on=None)
    assert {each.teacher.name for each in at_fleet} == {"Ada Both", "Violet Brown"}


def test_a_planned_mentor_who_does_not_move_gives_the_ect_back(fleet, academy):
    """The present mentorship was to end for the planned one, so it goes on at the successor."""
    present, planned = make_mentor(school=fleet, name="Jane"), make_mentor(school=fleet)
    make_mentor(planned.teacher, academy)
    ect, day = make_ect(school=fleet), date(2027, 1, 5)
    make_mentorship(present, ect, finished_on=day)
    make_mentorship(planned, ect, started_on=day)
    taken_over(fleet, academy)
    assert periods(Mentorship.objects.all()) == [
        ("Fleet", date(2021, 9, 1), FIRST_DAY),
        ("Fleet Academy", FIRST_DAY, None),
    ]


@pytest.mark.parametrize(
    ("lay", "why"),
    [
        ({"closed_on": None}, "has no closing day that is past"),
        ({"status": School.Status.OPEN, "closed_on": date(2027, 8, 31)}, "has no closing day"),
        ({"closed_on": date(2027, 8, 31)}, "has no closing day"),
    ],
)
def test_a_school_is_not_taken_over_before_it_closed(fleet, academy, lay, why):
    School.objects.filter(pk=fleet.pk).update(**lay)
    fleet.refresh_from_db()
    with pytest.raises(RefusedChange, match=why):
        plan_take_over(fleet, academy, TODAY)


def test_only_an_open_successor_of_the_register_takes_over_and_only_as_it_was_seen(fleet, academy):
    with pytest.raises(RefusedChange, match="is not recorded as a successor"):
        plan_take_over(fleet, make_school("Another"), TODAY)
    planned = plan_take_over(fleet, academy, TODAY)
    make_mentor(school=fleet)
    with pytest.raises(RefusedChange, match="Our records were changed while you were looking"):
        take_over(fleet, academy, seen=planned.key, day=TODAY)
    School.objects.filter(pk=academy.pk).update(status=School.Status.CLOSED)
    academy.refresh_from_db()
    with pytest.raises(RefusedChange, match="is closed"):
        plan_take_over(fleet, academy, TODAY)


def test_a_successor_that_closed_since_takes_over_first_and_its_own_successor_then(fleet, academy):
    """Two steps, as the people were at each of the schools."""
    closes = date(2026, 10, 31)
    School.objects.filter(pk=academy.pk).update(status=School.Status.CLOSED, closed_on=closes)
    academy.refresh_from_db()
    trust = make_school("Trust School")
    SchoolSuccession.objects.create(school=academy, successor=trust)
    mentor, ect = make_mentor(school=fleet), make_ect(school=fleet)
    make_mentorship(mentor, ect)
    assert taken_over(fleet, academy).left == ()
    assert taken_over(academy, trust).left == ()
    assert periods(Mentorship.objects.all()) == [
        ("Fleet", date(2021, 9, 1), FIRST_DAY),
        ("Fleet Academy", FIRST_DAY, date(2026, 11, 1)),
        ("Trust School", date(2026, 11, 1), None),
    ]


def test_staff_review_and_confirm_in_admin(client: Client, fleet, academy):
    mentor = make_mentor(school=fleet, name="Ada Mover")
    with time_machine.travel("2026-11-26 12:00+00:00", tick=False):
        enter_admin(client, make_staff(is_superuser=True))
        address = reverse("admin:schools_school_take_over", args=[fleet.pk])
        page = reverse("admin:schools_school_change", args=[fleet.pk])
        assert address in client.get(page).text
        assert address not in client.get(page.replace(str(fleet.pk), str(academy.pk))).text
        assert "Show what would change" in client.get(address).text
        assert "Choose a successor" in client.get(address, {"successor": "abc"}).text
        review = BeautifulSoup(client.get(address, {"successor": academy.pk}).text, "html.parser")
        assert "Ada Mover" in review.select_one("#content").text
        form = {field["name"]: field["value"] for field in review.select("#content [name][value]")}
        done = client.post(address, form | {"seen": "other"}, follow=True)
        assert "Nothing was changed. Our records were changed" in done.text
        done = client.post(address, form, follow=True)
    assert f"People moved to {academy}: 1." in done.text
    there = MentorAtSchool.objects.get(school=academy)
    assert there.teacher == mentor.teacher
    assert there.events.get().pgh_context.metadata["user"]


def test_staff_who_may_not_change_all_of_it_may_not_move_it(client: Client, fleet, academy):
    enter_admin(client, make_staff())
    assert client.get(reverse("admin:schools_school_take_over", args=[fleet.pk])).status_code == 403


def test_an_ect_s_training_goes_along_and_stays_theirs(fleet, academy):
    ect = make_ect(school=fleet)
    make_training_period(ect)
    make_partnership(academy)
    assert taken_over(fleet, academy).left == ()
    there = TrainingPeriod.objects.get(school=academy)
    assert (there.ect.teacher, there.mentor) == (ect.teacher, None)
    assert there.ect.school == academy
