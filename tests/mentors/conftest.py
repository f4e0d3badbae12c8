"""What the tests of a school's pages share."""

import pytest
from django.test import Client

from schools.models import School
from tests.builders import make_school, make_tutor


@pytest.fixture
def school(client: Client, db: None) -> School:
    """A school, whose tutor is signed in."""
    school = make_school()
    client.force_login(make_tutor(school))
    return school
