"""The import of induction tutors."""

from datetime import date

import pytest

from accounts.models import User
from core.models import OutgoingEmail
from schools.imports import import_tutors
from schools.models import InductionTutor, School
from tests.accounts.signing_in import make_staff
from tests.builders import make_school, make_tutor
from tests.importing import NOW, imported, reason

pytestmark = pytest.mark.django_db
TUTOR = {"urn": "140001", "email": "Sarah@school.example", "name": "Sarah Philips"}


@pytest.fixture(autouse=True)
def _schools():
    make_school(urn=140001)
    make_school("Second School", urn=140002)
    make_school("Closed", urn=140003, status=School.Status.CLOSED)


def test_tutors_are_nominated_from_today_and_nobody_is_emailed():
    rows = (
        TUTOR,
        TUTOR | {"urn": "140002"},
        TUTOR | {"email": "b@school.example", "name": "B Bell"},
    )
    assert imported(import_tutors, *rows, commit=False)[:3] == (3, 0, 0)
    assert not InductionTutor.objects.exists()
    assert imported(import_tutors, *rows)[:3] == (3, 0, 0)
    sarah = User.objects.get(email="sarah@school.example")
    assert sarah.name == "Sarah Philips"
    assert not sarah.has_usable_password()
    appointments = sarah.appointments.order_by("school__urn")
    assert [(each.school.urn, each.named_as, each.started_on) for each in appointments] == [
        (140001, "Sarah Philips", NOW.date()),
        (140002, "Sarah Philips", NOW.date()),
    ]
    assert not OutgoingEmail.objects.exists()
    assert imported(import_tutors, *rows)[:3] == (0, 3, 0)


def test_a_user_who_is_there_keeps_their_name_and_is_named_again_after_a_last_day():
    school = School.objects.get(urn=140001)
    user = make_tutor(school, "sarah@school.example", name="Sarah P", finished_on=date(2026, 9, 1))
    assert imported(import_tutors, TUTOR).added == 1
    user.refresh_from_db()
    assert user.name == "Sarah P"
    assert user.appointments.get(finished_on=None).named_as == "Sarah Philips"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"urn": "999998"}, "urn: No school has this URN."),
        ({"urn": "140003"}, "urn: The school is closed."),
        ({"email": "Sarah"}, "email: Enter an email address, like name@example.com."),
        ({"name": "@"}, "name: Full name must only include"),
        ({"email": "staff@example.com"}, "email: It is the address of a member of DfE staff."),
        ({"email": "off@example.com"}, "email: The account with this address is not active."),
    ],
)
def test_a_row_that_is_refused(changed, why):
    make_staff(email="staff@example.com")
    User.objects.create_user("off@example.com", "Off", is_active=False)
    assert reason(import_tutors, TUTOR | changed).startswith(why)
    assert not InductionTutor.objects.exists()


def test_two_names_for_one_address_are_refused():
    assert imported(import_tutors, TUTOR, TUTOR | {"name": "Sally", "urn": "140002"}).reasons == {
        2: "name: Line 3 gives another name to this email address.",
        3: "name: Line 2 gives another name to this email address.",
    }
