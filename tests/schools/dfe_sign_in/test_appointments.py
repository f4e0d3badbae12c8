"""The appointments that a sign-in for an organisation begins here, and ends."""

from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User
from schools.models import InductionTutor, School
from schools.tutors import appoint_by_dfe_sign_in
from tests.accounts.signing_in import heading_of, signed_in_user
from tests.builders import make_school, make_tutor
from tests.schools.dfe_sign_in.walk import EMAIL, appointments, known_there, sign_in

pytestmark = pytest.mark.django_db

DAY, NEXT_DAY, LATER = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 8)
NOT_A_TUTOR = "You are not an induction tutor at this organisation"


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to("2026-05-01 09:00+01:00", tick=False)


@pytest.fixture
def here() -> School:
    return make_school("Here")


@pytest.fixture
def there() -> School:
    return make_school("There")


def signs_in(dfe, school: School | None, **claims) -> tuple[Client, object]:
    known_there(dfe, school, **claims)
    browser = Client()
    return browser, sign_in(browser, dfe)


def test_the_school_s_appointment_opens_on_the_day(dfe, here):
    signs_in(dfe, here)
    assert appointments() == [("Here", "dfe_sign_in", DAY, None)]


def test_it_stays_as_long_as_the_claim_names_the_school(dfe, here, time_machine):
    signs_in(dfe, here)
    time_machine.move_to("2026-05-08 09:00+01:00", tick=False)
    signs_in(dfe, here)
    assert appointments() == [("Here", "dfe_sign_in", DAY, None)]


def test_the_day_is_londons(dfe, here, time_machine):
    time_machine.move_to("2026-05-01 23:30+00:00", tick=False)
    signs_in(dfe, here)
    assert appointments() == [("Here", "dfe_sign_in", NEXT_DAY, None)]


def test_it_ends_when_a_later_sign_in_is_for_another_school(dfe, here, there, time_machine):
    signs_in(dfe, here)
    time_machine.move_to("2026-05-08 09:00+01:00", tick=False)
    browser, _ = signs_in(dfe, there)
    assert appointments() == [
        ("Here", "dfe_sign_in", DAY, LATER),
        ("There", "dfe_sign_in", LATER, None),
    ]
    assert browser.get(f"/schools/{here.urn}").status_code == 404
    assert browser.get(f"/schools/{there.urn}").status_code == 200


def test_it_ends_when_a_later_sign_in_is_for_no_school_and_nobody_gets_in(dfe, here, time_machine):
    signs_in(dfe, here)
    time_machine.move_to("2026-05-08 09:00+01:00", tick=False)
    browser, answer = signs_in(dfe, None)
    assert (answer.status_code, heading_of(answer)) == (403, NOT_A_TUTOR)
    assert signed_in_user(browser) is None
    assert appointments() == [("Here", "dfe_sign_in", DAY, LATER)]


def test_one_that_began_on_the_same_day_is_deleted(dfe, here, there):
    signs_in(dfe, here)
    signs_in(dfe, there)
    assert appointments() == [("There", "dfe_sign_in", DAY, None)]


def test_to_another_school_and_back_on_the_next_days(dfe, here, there, time_machine):
    signs_in(dfe, here)
    time_machine.move_to("2026-05-02 09:00+01:00", tick=False)
    signs_in(dfe, there)
    signs_in(dfe, here)
    signs_in(dfe, there)
    signs_in(dfe, here)
    assert appointments() == [
        ("Here", "dfe_sign_in", DAY, NEXT_DAY),
        ("Here", "dfe_sign_in", NEXT_DAY, None),
    ]


@pytest.mark.parametrize("urn", ["named", None])
def test_nominations_are_left_alone(dfe, here, there, urn):
    make_tutor(here, EMAIL)
    make_tutor(there, EMAIL)
    nominated = appointments()
    browser, answer = signs_in(dfe, here if urn else None)
    assert answer.url == "/"
    assert appointments()[:2] == nominated
    assert browser.get(f"/schools/{there.urn}").status_code == 200


def test_a_nomination_that_is_over_lets_nobody_in(dfe, here):
    make_tutor(here, EMAIL, finished_on=DAY)
    browser, answer = signs_in(dfe, None)
    assert heading_of(answer) == NOT_A_TUTOR
    assert signed_in_user(browser) is None


@pytest.mark.parametrize(
    "organisation",
    [
        None,
        "a string",
        [],
        {},
        {"urn": None},
        {"urn": ""},
        {"urn": "999999"},
        {"urn": "1000001"},
        {"urn": "10000１"},
        {"urn": {"value": "100001"}},
    ],
    ids=str,
)
def test_an_organisation_that_is_no_school_we_know(dfe, organisation):
    browser, answer = signs_in(dfe, None, organisation=organisation)
    assert (answer.status_code, heading_of(answer)) == (403, NOT_A_TUTOR)
    assert "choose your school" in answer.text
    assert signed_in_user(browser) is None
    assert not User.objects.exists()


def test_a_urn_that_is_a_number_is_taken_too(dfe, here):
    _, answer = signs_in(dfe, None, organisation={"urn": here.urn})
    assert answer.url == "/"


@pytest.mark.parametrize(
    ("fields", "let_in"),
    [
        ({"status": School.Status.CLOSED}, False),
        ({"closed_on": DAY}, False),
        ({"closed_on": NEXT_DAY}, True),
        ({"status": School.Status.PROPOSED_TO_CLOSE}, True),
        ({"status": School.Status.PROPOSED_TO_OPEN}, True),
    ],
    ids=str,
)
def test_a_closed_school_appoints_nobody(dfe, fields, let_in):
    browser, _ = signs_in(dfe, make_school(**fields))
    assert (signed_in_user(browser) is not None) is let_in
    assert InductionTutor.objects.exists() is let_in


def test_the_claims_of_userinfo_count_as_well(dfe, here):
    """An ID token need not hold the organisation."""
    known_there(dfe, None, organisation=None)
    dfe.userinfo = {"organisation": {"urn": str(here.urn)}}
    dfe.leave_out = {"organisation"}
    browser = Client()
    sign_in(browser, dfe)
    assert appointments() == [("Here", "dfe_sign_in", DAY, None)]


def test_history_says_who_came_in_and_how(dfe, here, there):
    signs_in(dfe, here)
    user = User.objects.get()
    signs_in(dfe, there)
    appointment = apps.get_model("schools", "InductionTutorEvent").objects.order_by("pgh_id")
    assert [(event.pgh_label, event.school.name) for event in appointment] == [
        ("insert", "Here"),
        ("delete", "Here"),
        ("insert", "There"),
    ]
    made = apps.get_model("accounts", "UserEvent").objects.get(pgh_label="insert")
    for event in (*appointment, made):
        said = event.pgh_context.metadata
        assert (said["by"], said["user"]) == ("DfE Sign-in", user.pk)


class TestTheRule:
    """What no sign-in of today leads to, but an appointment by hand in admin may."""

    @pytest.fixture
    def user(self) -> User:
        return User.objects.create_user(EMAIL, "Heather Head")

    @staticmethod
    def appointed(user, school, started_on, finished_on=None):
        InductionTutor.objects.create(
            user=user,
            school=school,
            source="dfe_sign_in",
            started_on=started_on,
            finished_on=finished_on,
        )

    def test_one_that_begins_later_begins_today(self, user, here):
        self.appointed(user, here, LATER)
        appoint_by_dfe_sign_in(user, here, DAY)
        assert appointments() == [("Here", "dfe_sign_in", DAY, None)]

    def test_one_that_would_begin_later_elsewhere_is_deleted(self, user, here, there):
        self.appointed(user, there, LATER)
        appoint_by_dfe_sign_in(user, here, DAY)
        assert appointments() == [("Here", "dfe_sign_in", DAY, None)]

    def test_one_that_is_over_stays_as_it_is(self, user, here, there):
        self.appointed(user, there, date(2025, 9, 1), DAY)
        appoint_by_dfe_sign_in(user, None, DAY)
        assert appointments() == [("There", "dfe_sign_in", date(2025, 9, 1), DAY)]

    def test_one_that_ends_later_elsewhere_ends_today(self, user, there):
        self.appointed(user, there, date(2025, 9, 1), LATER)
        appoint_by_dfe_sign_in(user, None, DAY)
        assert appointments() == [("There", "dfe_sign_in", date(2025, 9, 1), DAY)]

    def test_somebody_else_s_is_left_alone(self, user, here, there):
        other = User.objects.create_user("other@school.example", "Other")
        self.appointed(other, there, date(2025, 9, 1))
        appoint_by_dfe_sign_in(user, here, DAY)
        assert appointments()[0] == ("There", "dfe_sign_in", date(2025, 9, 1), None)


def test_a_change_at_the_same_moment_asks_to_sign_in_again(dfe, here, monkeypatch):
    def appoint_twice(user: User, school: School, day: date) -> None:
        for _time in range(2):
            InductionTutor.objects.create(
                user=user, school=school, started_on=day, source="dfe_sign_in"
            )

    monkeypatch.setattr("schools.tutors.appoint_by_dfe_sign_in", appoint_twice)
    browser, answer = signs_in(dfe, here)
    assert answer.status_code == 409
    assert "The same records were changed at the same moment. Sign in again." in answer.text
    assert signed_in_user(browser) is None
    assert not User.objects.exists()
