"""Is it asked who will train a person, with which answers, and if not, why not?"""

from datetime import UTC, date, datetime

import pytest

from declarations.models import RecordedCompletion, SchoolYear, TrainingPeriod
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, with_time_limit
from mentors.who_trains import (
    TrainingQuestion,
    asked_when_added,
    asked_when_paired,
    what_happens_next,
    what_happens_without_training,
)
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_teacher,
    make_training_period,
    make_waiting,
)
from tests.declarations.trained import declare, make_trained

pytestmark = pytest.mark.django_db

TODAY, START = date(2026, 3, 2), date(2026, 4, 1)
US, THEM = "Ambition Institute", "Teach First"


@pytest.fixture
def school() -> School:
    for name in (THEM, US):
        make_pair(name, "A hub", 2025)
    return make_school()


def year(school: School, programme: str, start: int = 2025, **fields: object) -> SchoolYear:
    return SchoolYear.objects.create(
        school=school, cohort=make_cohort(start), programme=programme, **fields
    )


def added(
    school: School, teacher: Teacher | None = None, *, role=MentorAtSchool, **given: object
) -> TrainingQuestion:
    given = {"started_on": START, "policy": COMPLETED_ONLY, "day": TODAY} | given
    return asked_when_added(role, teacher, "Jane Thomas", school, **given)


def names(question: TrainingQuestion) -> list[str]:
    return [provider.name for provider in question.providers]


@pytest.mark.parametrize(
    ("programme", "decides"), [(None, True), ("not_decided", True), ("provider_led", False)]
)
def test_it_is_asked_where_the_year_is_not_school_led(school, programme, decides):
    if programme:
        year(school, programme)
    question = added(school)
    assert question.is_asked
    assert (question.cohort.start_year, question.from_day) == (2025, START)
    assert question.decides_year is decides


def test_it_is_not_asked_where_the_year_is_school_led(school):
    year(school, "school_led")
    question = added(school)
    assert question.why_not == "Your school delivers its own programme in 2025 to 2026"
    assert added(school, role=ECTAtSchool).why_not == question.why_not


def test_the_providers_of_the_year_come_first_and_then_the_others_of_the_cohort(school):
    make_pair("Best Practice Network", "A hub", 2024)
    assert names(added(school)) == [US, THEM]
    chosen = year(school, "provider_led", lead_provider=make_pair(THEM).lead_provider)
    question = added(school)
    assert (names(question), [str(each) for each in question.of_year]) == ([THEM, US], [THEM])
    make_partnership(school, 2025, "UCL Institute of Education")
    assert names(added(school)) == ["UCL Institute of Education", US, THEM]
    assert chosen.lead_provider.name == THEM


@pytest.mark.parametrize(
    ("policy", "asked"),
    [(COMPLETED_ONLY, True), (THREE_STATUSES, False), (with_time_limit(36), False)],
)
def test_the_policy_says_when_a_mentor_is_asked_about(school, policy, asked):
    mentor = added(school, policy=policy)
    assert mentor.is_asked is asked
    assert asked or mentor.why_not == (
        "We will ask who trains Jane Thomas when you first assign an ECT to them"
    )
    assert added(school, role=ECTAtSchool, policy=policy).is_asked
    assert asked_when_paired(make_mentor(school=school), START, TODAY).is_asked


def test_the_academic_year_is_that_of_the_first_day_and_must_be_open(school):
    question = added(school, started_on=date(2026, 9, 1))
    assert "We cannot record training for the academic year 2026 to 2027 yet" in question.why_not
    make_cohort(2026)
    question = added(school, started_on=date(2026, 9, 1))
    assert question.why_not == "We do not know yet which lead providers train in 2026 to 2027"
    make_pair(US, "A hub", 2026)
    assert added(school, started_on=date(2026, 9, 1)).cohort.start_year == 2026


def _completed(teacher: Teacher) -> None:
    declare(make_trained(mentor=make_mentor(teacher)), "completed")


def _recorded(kind: str):
    return lambda teacher: RecordedCompletion.objects.create(teacher=teacher, kind=kind)


@pytest.mark.parametrize(
    ("given", "why_not"),
    [
        (_completed, "Jane Thomas has completed mentor training"),
        (
            _recorded("early_roll_out"),
            "Jane Thomas is recorded as having completed mentor training in the early roll-out",
        ),
        (
            _recorded("started_not_completed"),
            "Jane Thomas is recorded as having started mentor training and not completed it",
        ),
    ],
)
@pytest.mark.parametrize("policy", [COMPLETED_ONLY, THREE_STATUSES])
def test_it_is_not_asked_about_a_mentor_who_will_not_train_again(school, given, why_not, policy):
    teacher = make_teacher("Jane Thomas")
    given(teacher)
    assert added(school, teacher, policy=policy).why_not == why_not
    mentor = make_mentor(teacher, school)
    assert asked_when_paired(mentor, START, TODAY).why_not == why_not


def test_it_is_not_asked_about_a_mentor_who_trains_where_they_go_on_mentoring(school):
    there = make_mentor(name="Jane Thomas", school=make_school("Priory Primary School"))
    make_training_period(there)
    why_not = "Jane Thomas trains through Priory Primary School, where they go on mentoring"
    assert added(school, there.teacher).why_not == why_not
    assert asked_when_paired(make_mentor(there.teacher, school), START, TODAY).why_not == why_not


def test_training_begins_after_the_last_day_at_a_school_that_they_leave(school):
    last = date(2026, 5, 1)
    there = make_mentor(school=make_school("Priory Primary School"), finished_on=last)
    make_waiting(there, US, 2025, finished_on=last)
    question = added(school, there.teacher)
    assert (question.from_day, question.waits_for) == (last, "Priory Primary School")


def test_what_the_tutor_says_of_a_last_day_elsewhere_counts_where_none_is_known(school):
    there = make_mentor(school=make_school("Priory Primary School"))
    make_waiting(there, US, 2025)
    last = date(2026, 5, 1)
    question = added(school, there.teacher, leaving={there.pk: last})
    assert (question.from_day, question.waits_for) == (last, "Priory Primary School")


def test_who_leaves_elsewhere_before_they_start_here_begins_with_the_first_day_here(school):
    there = make_mentor(school=make_school("Priory Primary School"))
    make_waiting(there, US, 2025)
    question = added(school, there.teacher, leaving={there.pk: date(2026, 3, 14)})
    assert (question.from_day, question.waits_for) == (START, "")


def test_so_does_what_another_school_has_told_of_a_last_day_there(school):
    there = make_mentor(school=make_school("Priory Primary School"))
    make_waiting(there, US, 2025)
    last = date(2026, 5, 1)
    there.reported_finished_on, there.reported_by = last, school
    there.save()
    question = asked_when_paired(make_mentor(there.teacher, school), START, TODAY)
    assert (question.from_day, question.waits_for) == (last, "Priory Primary School")


def test_training_elsewhere_that_is_over_does_not_count(school):
    there = make_mentor()
    make_waiting(there, US, 2025, finished_on=START)
    assert added(school, there.teacher).from_day == START


def test_training_that_was_stopped_elsewhere_does_not_keep_them_from_training_here(school):
    """The mentor is said to start here on a day that is past, when the other training went on."""
    stopped = date(2026, 2, 1)
    there = make_mentor(school=make_school("Greenfield Secondary"))
    make_waiting(there, US, 2025, finished_on=stopped)
    question = added(school, there.teacher, started_on=date(2026, 1, 5))
    assert (question.is_asked, question.from_day, question.waits_for) == (True, stopped, "")


def test_pairing_from_a_past_day_asks_where_training_has_been_stopped_since(school):
    stopped = date(2026, 2, 1)
    mentor = make_mentor(school=school)
    make_waiting(mentor, US, 2025, finished_on=stopped)
    question = asked_when_paired(mentor, date(2026, 1, 5), TODAY)
    assert (question.is_asked, question.from_day) == (True, stopped)


def test_training_that_the_provider_has_stopped_today_does_not_go_on(school):
    tomorrow = date(2026, 3, 3)
    mentor = make_mentor(school=school)
    withdrawn = {"withdrawn_at": datetime(2026, 3, 2, 9, tzinfo=UTC), "withdrawn_reason": "other"}
    make_waiting(mentor, US, 2025, finished_on=tomorrow, **withdrawn)
    question = asked_when_paired(mentor, TODAY, TODAY)
    assert (question.is_asked, question.from_day) == (True, tomorrow)


def test_a_mentor_who_has_completed_does_not_train_already(school):
    mentor = make_mentor(name="Jane Thomas", school=school)
    declare(make_trained(mentor=mentor), "completed")
    TrainingPeriod.objects.update(finished_on=None, end_reason="")
    why_not = asked_when_paired(mentor, START, TODAY).why_not
    assert why_not == "Jane Thomas has completed mentor training"


@pytest.mark.parametrize(
    ("started_on", "finished_on", "asked"),
    [
        (date(2025, 9, 1), None, False),
        (date(2026, 9, 1), None, False),
        (date(2025, 9, 1), START, True),
    ],
)
def test_pairing_asks_when_no_training_goes_on_or_waits(school, started_on, finished_on, asked):
    mentor = make_mentor(name="Jane Thomas", school=school)
    make_waiting(mentor, US, 2025, started_on=started_on, finished_on=finished_on)
    question = asked_when_paired(mentor, START, TODAY)
    assert question.is_asked is asked
    assert asked or question.why_not == f"Jane Thomas trains with {US} already"


def test_training_begins_with_the_pairing_but_not_before_the_first_day_here(school):
    mentor = make_mentor(school=school, started_on=date(2026, 1, 5))
    assert asked_when_paired(mentor, date(2025, 9, 1), TODAY).from_day == date(2026, 1, 5)
    assert asked_when_paired(mentor, START, TODAY).from_day == START


def test_what_happens_next_to_an_ect_says_nothing_of_completing_mentor_training(school):
    ect = make_ect(name="Elle Seaty")
    assert what_happens_next(make_training_period(ect), TODAY) == (
        "Ambition Institute will contact Elle Seaty about their training."
    )
    question = added(school, role=ECTAtSchool)
    assert what_happens_without_training(question) == (
        "No lead provider will contact Jane Thomas now."
    )
