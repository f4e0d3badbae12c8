"""The pages of a closed school say so, and offer no addition."""

from datetime import date
from functools import partial

import pytest
from django.test import Client

from mentors.pairing.planning import plan_pairing
from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, open_address, words
from tests.schools.refused import refused

pytestmark = pytest.mark.django_db

SAYS = "Fleet closed on 31 August 2025. A closed school takes no new people."


@pytest.mark.parametrize("closed_on", [date(2025, 8, 31), None])
def test_each_page_says_that_the_school_is_closed(client: Client, closed_on):
    school = make_school("Fleet", closed_on=closed_on)
    mentor, ect = make_mentor(school=school), make_ect(school=school)
    client.force_login(make_tutor(school))
    for name, *more in (
        ("school-home",),
        ("mentors",),
        ("ects",),
        ("tutors",),
        ("mentor", mentor.public_id),
        ("ect", ect.public_id),
        ("mentor-name", mentor.public_id),
    ):
        page = open_address(client, address(name, school.urn, *more))
        assert (SAYS in words(page.main)) is (closed_on is not None), name
    for section, button in (("mentors", "Add mentor"), ("ects", "Add ECT")):
        page = open_address(client, address(section, school.urn))
        assert (button in words(page.main)) is (closed_on is None)
        adding = client.get(f"/schools/{school.urn}/{section}/add/trn")
        assert adding.status_code == (302 if closed_on else 200)


@pytest.mark.parametrize(
    ("status", "closed_on"), [(2, date(2025, 8, 31)), (2, None), (1, date(2025, 8, 31)), (1, None)]
)
def test_no_mentoring_begins_at_a_closed_school(client: Client, status, closed_on):
    """Neither page leads to pairing, its address has no choice, and the rule refuses it."""
    school = make_school("Fleet", status=status, closed_on=closed_on)
    is_open = (status, closed_on) == (1, None)
    mentor, ect = make_mentor(school=school), make_ect(school=school)
    client.force_login(make_tutor(school))
    for role, person, page in (("mentor", mentor, "assign"), ("ect", ect, "mentor")):
        links = open_address(client, address(role, school.urn, person.public_id)).main
        assert bool(links.select(f"a[href$='/{page}']")) == is_open
        pairing = f"/schools/{school.urn}/{role}s/{person.public_id}/{page}"
        assert bool(open_address(client, pairing).main.select("[type=radio]")) == is_open
        other = ect if person is mentor else mentor
        client.post(pairing, {"chosen": other.public_id})
        assert client.get(f"{pairing}/start-date").status_code == (200 if is_open else 302)
    day = date(2026, 1, 15)
    says = "" if is_open else "Fleet is closed. No mentoring begins there"
    assert refused(partial(plan_pairing, mentor, ect, started_on=date(2025, 8, 1), day=day)) == says


@pytest.mark.parametrize(("started_on", "says"), [(30, ""), (31, "when Fleet closes")])
def test_no_mentoring_begins_on_the_closing_day_or_later(started_on, says):
    school = make_school("Fleet", closed_on=date(2026, 8, 31))
    two = make_mentor(school=school), make_ect(school=school)
    begins = date(2026, 8, started_on)
    assert says in refused(partial(plan_pairing, *two, started_on=begins, day=date(2026, 1, 15)))
