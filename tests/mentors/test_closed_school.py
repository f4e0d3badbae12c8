"""The pages of a closed school say so, and offer to add nobody."""

from datetime import date

import pytest
from django.test import Client

from tests.builders import make_ect, make_mentor, make_school, make_tutor
from tests.mentors.reading import address, open_address, words

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
