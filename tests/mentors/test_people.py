"""One row for each person at a school: the current one, else the next, else the latest."""

from datetime import date

import pytest
from django.test import Client

from mentors.pairing.choices import mentors_for
from mentors.people.listing import one_row_per_person
from schools.models import MentorAtSchool
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, open_page, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY = date(2026, 1, 15)
LONG_PAST = (date(2021, 9, 1), date(2022, 9, 1))
PAST = (date(2024, 9, 1), date(2025, 9, 1))
UNTIL_YESTERDAY = (date(2025, 9, 1), TODAY)
NOW = (TODAY, date(2026, 4, 1))
NEXT = (date(2026, 4, 1), date(2026, 9, 1))
AFTER = (date(2026, 9, 1), None)


@pytest.mark.parametrize(
    ("times", "stands"),
    [
        ([PAST], PAST),
        ([LONG_PAST, PAST], PAST),
        ([PAST, NOW], NOW),
        ([PAST, NOW, NEXT], NOW),
        ([LONG_PAST, UNTIL_YESTERDAY, NEXT], NEXT),
        ([NEXT, AFTER], NEXT),
    ],
)
def test_which_time_stands_for_somebody(times, stands):
    first, *others = times
    mentor = make_mentor(started_on=first[0], finished_on=first[1])
    make_mentor(mentor.teacher, started_on=LONG_PAST[0])
    for started_on, finished_on in others:
        make_mentor(mentor.teacher, mentor.school, started_on=started_on, finished_on=finished_on)
    found = one_row_per_person(MentorAtSchool.objects.filter(school=mentor.school), TODAY)
    assert [(time.started_on, time.finished_on) for time in found] == [stands]


def test_somebody_who_left_and_is_to_come_back_is_looked_after_before_they_do(client: Client):
    school = make_school()
    left = make_mentor(school=school, started_on=PAST[0], finished_on=PAST[1])
    back = make_mentor(left.teacher, school, started_on=NEXT[0])
    client.force_login(make_tutor(school))
    for public_id in (left.public_id, back.public_id):
        page = open_page(client, "mentor", school.urn, public_id)
        assert "left this school" not in words(page.main)
        assert address("mentor-email", school.urn, back.public_id) in str(page)
    found = mentors_for(make_ect(school=school), TODAY)
    assert [each.person for each in found.shown] == [back]
