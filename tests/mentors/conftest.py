"""A school whose tutor is signed in."""

import pytest
from django.test import Client

from schools.models import School
from tests.builders import make_school, make_tutor


@pytest.fixture
def school(client: Client, db: None) -> School:
    school = make_school()
    client.force_login(make_tutor(school))
    return school
