"""Where the links that pair a mentor and an ECT are, and where not."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_ect, make_mentor, make_mentorship, make_tutor
from tests.mentors.journeys.pairing_helpers import START, AtSchool, Journey, read
from tests.mentors.reading import actions, address, follow, open_address, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z")]

TODAY = date(2026, 3, 2)


@pytest.fixture
def at(client: Client) -> AtSchool:
    school = AtSchool()
    client.force_login(school.tutor)
    return school


def test_when_there_is_nobody_to_choose_there_is_no_link_and_the_page_says_so(
    client: Client, at: AtSchool
):
    alone = make_mentor(started_on=START)
    ect = make_ect(school=alone.school, started_on=START)
    make_mentorship(alone, ect)
    make_tutor(alone.school, at.tutor.email)
    for name, person, says in (
        ("assign", alone, "There are no ECTs to assign to Morgan Mentor"),
        ("change-mentor", ect, "There are no mentors to choose for Ellis Newcomer"),
    ):
        journey = Journey(client, name, person)
        assert journey.address() not in str(open_address(client, journey.page))
        assert words(read(client.get(journey.address())).h1) == says
        assert words(read(journey.choose(uuid4())).h1) == says


def test_the_list_of_ects_leads_to_a_mentor_for_those_without(client: Client, at: AtSchool):
    page = open_address(client, address("ects", at.school.urn))
    links = [words(a) for a in page.select(".app-no-mentor a")]
    assert links == ["Assign a mentor to Jason Blue"]
    assert words(follow(client, page, links[0]).h1) == "Who will mentor Jason Blue?"


def test_nothing_leads_to_a_change_of_somebody_who_left_or_completed(client: Client, at: AtSchool):
    gone = [
        ("assign", make_mentor(school=at.school, finished_on=TODAY)),
        ("change-mentor", make_ect(school=at.school, finished_on=TODAY)),
        ("change-mentor", make_ect(school=at.school, induction_finished_on=TODAY)),
    ]
    for name, person in gone:
        journey = Journey(client, name, person)
        assert journey.address() not in str(open_address(client, journey.page))


def test_the_preview_for_staff_leads_to_no_change(at: AtSchool):
    staff = Client()
    enter_admin(staff, make_staff(is_superuser=True))
    page = open_address(staff, address("admin:preview-mentor", at.jane.public_id))
    assert "Jonathan Paul" in words(page)
    assert actions(page) == []
