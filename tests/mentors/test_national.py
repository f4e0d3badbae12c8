"""What mentors read over all schools, counted in SQL, is what each of them reads."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from declarations.models import Declaration, RecordedCompletion
from declarations.states import State
from mentors.status.facts import training_facts_of_many
from mentors.status.national import Grouping, StatusChange, compare, count
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, Policy, with_time_limit
from mentors.status.training_status import Status, training_status
from schools.models import MentorAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship, make_school
from tests.declarations.trained import bring_to, declare, make_trained
from tests.mentors.training_facts import on

pytestmark = pytest.mark.django_db

POLICIES = (COMPLETED_ONLY, THREE_STATUSES, with_time_limit(6), with_time_limit(36))


def one_by_one(before: Policy, after: Policy, day: date) -> dict[StatusChange, int]:
    """What each mentor at a school on this day reads, by the rule in Python, counted."""
    mentors = MentorAtSchool.objects.on(day).values_list("teacher", flat=True)
    facts = training_facts_of_many({*mentors})
    return Counter(
        StatusChange(*(training_status(known, policy, day).status for policy in (before, after)))
        for known in facts.values()
    )


@pytest.mark.parametrize("day", ["18 April 2021", "1 September 2023", "26 November 2026"])
def test_the_demo_s_mentors_are_counted_as_they_read(demo, day):
    for policy in POLICIES:
        found = compare(THREE_STATUSES, policy, on(day))
        assert found.nationally == one_by_one(THREE_STATUSES, policy, on(day)), policy
        for grouping, groups in count(policy, on(day)).items():
            assert sum(group.mentors for group in groups) == found.mentors, (policy, grouping)


# The first pairing, the months, and the last day on which the mentor reads "Training".
@pytest.mark.parametrize(
    ("paired", "months", "last_day"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2022, 9, 1), 36, date(2025, 9, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_time_ends_on_the_same_day(paired, months, last_day):
    mentor = make_mentor()
    make_mentorship(mentor, make_ect(school=mentor.school), started_on=paired)
    for day, status in (
        (last_day, Status.TRAINING),
        (date.fromordinal(last_day.toordinal() + 1), Status.TRAINING_NOT_COMPLETED),
    ):
        found = compare(THREE_STATUSES, with_time_limit(months), day).nationally
        assert found == {StatusChange(Status.TRAINING, status): 1}
        assert found == one_by_one(THREE_STATUSES, with_time_limit(months), day)


@pytest.mark.parametrize("state", State)
def test_each_state_counts_from_its_london_day(state):
    training = make_trained()
    # 29 July 23:30 UTC is 30 July in London.
    moment = datetime(2023, 7, 29, 23, 30, tzinfo=UTC).isoformat().replace("+00:00", "Z")
    bring_to(declare(training, "completed", declaration_date=moment), state)
    for day in (date(2023, 7, 29), date(2023, 7, 30)):
        found = compare(COMPLETED_ONLY, THREE_STATUSES, day).nationally
        assert found == one_by_one(COMPLETED_ONLY, THREE_STATUSES, day)


def test_a_completion_as_an_ect_and_other_types_do_not_count():
    training = make_trained()
    declare(training, "retained-1")
    RecordedCompletion.objects.create(teacher=training.teacher, kind="started_not_completed")
    day = date(2026, 11, 26)
    assert compare(COMPLETED_ONLY, THREE_STATUSES, day).nationally == {
        StatusChange(None, Status.TRAINING_NOT_COMPLETED): 1
    }
    assert Declaration.objects.count() == 1


def test_a_mentor_of_two_schools_counts_once_and_at_each_school_of_the_sample():
    first, second = make_school("First", urn=100501), make_school("Second", urn=100502)
    mentor = make_mentor(school=first)
    make_mentor(mentor.teacher, second)
    make_mentor(school=second, finished_on=date(2022, 9, 1))
    found = compare(COMPLETED_ONLY, THREE_STATUSES, date(2026, 11, 26))
    reads = {StatusChange(None, Status.NOT_YET_STARTED): 1}
    assert (found.mentors, found.nationally) == (1, reads)
    assert found.sample == {"First (100501)": reads, "Second (100502)": reads}
    assert compare(THREE_STATUSES, THREE_STATUSES, date(2026, 11, 26)).sample == {}


def test_the_sample_is_of_ten_schools():
    for _ in range(11):
        make_mentor()
    assert len(compare(COMPLETED_ONLY, THREE_STATUSES, date(2026, 11, 26)).sample) == 10


def test_mentors_are_counted_by_year_provider_and_region():
    school = make_school(region="South West")
    mentor = make_mentor(school=school)
    make_trained(2022, "Teach First", mentor=mentor, finished_on=date(2022, 9, 1))
    make_trained(2023, "Ambition Institute", mentor=mentor, started_on=date(2022, 9, 1))
    make_mentorship(mentor, make_ect(school=school), started_on=date(2022, 8, 31))
    make_mentor()
    found = count(THREE_STATUSES, date(2026, 11, 26))
    assert {
        grouping: {group.name: group.statuses for group in groups}
        for grouping, groups in found.items()
    } == {
        Grouping.NATIONALLY: {"England": {Status.TRAINING: 1, Status.NOT_YET_STARTED: 1}},
        Grouping.YEAR: {
            "Never paired": {Status.NOT_YET_STARTED: 1},
            "2021 to 2022": {Status.TRAINING: 1},
        },
        Grouping.PROVIDER: {
            "No mentor training": {Status.NOT_YET_STARTED: 1},
            "Ambition Institute": {Status.TRAINING: 1},
        },
        Grouping.REGION: {
            "Not known": {Status.NOT_YET_STARTED: 1},
            "South West": {Status.TRAINING: 1},
        },
    }
