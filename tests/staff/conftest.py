"""What the tests of admin share."""

import pytest
from django.contrib.auth.models import Group

from tests.accounts.signing_in import enter_admin, make_staff


@pytest.fixture
def member(client):
    """A browser in admin as a member of staff in the named group."""

    def enter(group: str):
        staff = make_staff(f"{group}@education.example")
        staff.groups.add(Group.objects.get(name=group))
        enter_admin(client, staff)
        return client

    return enter
