"""A mentor or an ECT moves to another school: what ends, what begins, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from core.refusals import RefusedChange
from declarations.models import LeadProvider, RecordedCompletion, SchoolYear, TrainingPeriod
from mentors.leaving.moving import Destination, move, plan_move
from mentors.models import Mentorship
from schools.models import MentorAtSchool, PersonAtSchool, School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
THERE_FROM = date(2026, 12, 1)


@pytest.fixture
def there() -> School:
    make_cohort(2026)
    return make_school("There")


def going_to(there: School, **fields) -> Destination:
    return Destination(
        **{"school": there, "first_day": THERE_FROM, "email": "at@there.example"} | fields
    )


def moved(person: PersonAtSchool, to: Destination) -> PersonAtSchool:
    planned = plan_move(person, to, TODAY)
    return move(person, to, seen=planned.key, by="user 1", now=NOW, day=TODAY)


@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_they_leave_here_and_begin_there_with_training(make: Callable, there):
    person = make()
    pair = (make_mentor(school=person.school), person)
    if make is make_mentor:
        pair = (person, make_ect(school=person.school))
    make_mentorship(*pair)
    training = make_training_period(person, make_partnership(person.school, 2026))
    partnership = make_partnership(there, 2026)
    new = moved(person, going_to(there, lead_provider=training.lead_provider))
    person.refresh_from_db()
    training.refresh_from_db()
    assert person.finished_on == training.finished_on == THERE_FROM
    assert training.end_reason == TrainingPeriod.EndReason.LEFT_SCHOOL
    ended = Mentorship.objects.get()
    assert (ended.finished_on, ended.end_reason[-4:]) == (THERE_FROM, "left")
    assert (new.school, new.started_on, new.finished_on) == (there, THERE_FROM, None)
    assert new.email == "at@there.example"
    (begun,) = new.training_periods.all()
    assert (begun.partnership, begun.started_on) == (partnership, THERE_FROM)


def test_training_there_waits_without_a_partnership_and_may_be_left_out(there):
    provider = LeadProvider.objects.create(name="Teach First")
    assert (
        moved(make_mentor(), going_to(there, lead_provider=provider)).training_periods.get().waits
    )
    someone_else = going_to(there, email="other@there.example")
    assert not moved(make_mentor(), someone_else).training_periods.exists()


def test_a_person_who_leaves_by_then_already_is_only_added_there(there):
    ect = make_ect(finished_on=date(2026, 9, 1))
    assert plan_move(ect, going_to(there), TODAY).cut_short is None
    assert moved(ect, going_to(there)).school == there
    ect.refresh_from_db()
    assert ect.finished_on == date(2026, 9, 1)


def test_a_mentor_of_two_schools_moves_from_one(there):
    mentor = make_mentor()
    elsewhere = make_mentor(mentor.teacher)
    moved(mentor, going_to(there))
    assert {*MentorAtSchool.objects.filter(finished_on=None).values_list("school__name")} == {
        (elsewhere.school.name,),
        ("There",),
    }


def _closed(person, there):
    School.objects.filter(pk=there.pk).update(status=School.Status.CLOSED)
    there.refresh_from_db()
    return going_to(there)


def _to_the_same_school(person, there):
    return going_to(person.school)


def _address_taken(person, there):
    make_mentor(email="at@there.example")
    return going_to(there)


def _there_already(person, there):
    make_mentor(person.teacher, there)
    return going_to(there)


def _completed(person, there):
    RecordedCompletion.objects.create(teacher=person.teacher, kind="early_roll_out")
    return going_to(there, lead_provider=LeadProvider.objects.create(name="Teach First"))


def _school_led(person, there):
    SchoolYear.objects.create(school=there, cohort=make_cohort(2026), programme="school_led")
    return going_to(there, lead_provider=LeadProvider.objects.create(name="Teach First"))


@pytest.mark.parametrize(
    ("lay", "why"),
    [
        (_closed, "A closed school takes no new people"),
        (_to_the_same_school, "They are at .* already"),
        (_address_taken, "Another person has this email address"),
        (_there_already, "is already a mentor at your school"),
        (_completed, "is recorded as having completed mentor training in the early roll-out"),
        (_school_led, "delivers its own programme"),
        (
            lambda _, there: going_to(there, first_day=date(2021, 9, 1)),
            "Last day must be on or after",
        ),
        (
            lambda _, there: going_to(there, first_day=date(2028, 9, 1)),
            "Start date must be on or bef",
        ),
        (lambda _, there: going_to(there, first_day=date.min), "Start date must be on or after"),
        (lambda _, there: going_to(there, first_day=date.max), "Start date must be on or before"),
    ],
)
def test_what_is_refused_changes_nothing(there, lay, why):
    mentor = make_mentor()
    to = lay(mentor, there)
    with pytest.raises(RefusedChange, match=why):
        plan_move(mentor, to, TODAY)
    with pytest.raises(RefusedChange, match=why):
        move(mentor, to, seen="", by="user 1", now=NOW, day=TODAY)
    mentor.refresh_from_db()
    assert mentor.finished_on is None


def test_only_what_was_seen_is_done(there):
    mentor = make_mentor()
    planned = plan_move(mentor, going_to(there), TODAY)
    make_mentorship(mentor, make_ect(school=mentor.school))
    with pytest.raises(RefusedChange, match="Our records were changed"):
        move(mentor, going_to(there), seen=planned.key, by="user 1", now=NOW, day=TODAY)
