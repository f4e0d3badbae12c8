"""A mentor and an ECT at the school of the tutor who is signed in."""

import pytest

from schools.models import School
from tests import builders
from tests.mentors.journeys.person_helpers import Person


@pytest.fixture(params=["mentor", "ect"])
def person(request, school: School) -> Person:
    make = builders.make_mentor if request.param == "mentor" else builders.make_ect
    return make(school=school, name="Jane Thomas", email="jane@school.example")
