"""DfE staff sign in with a password and a second factor, and only so do they enter admin."""

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from tests.accounts.signing_in import (
    PASSWORD,
    accept_invitation,
    app_code,
    enter_password,
    error_of,
    heading_of,
    make_staff,
    make_tutor,
    signed_in_user,
)
from tests.core.audit_lines import caught

pytestmark = pytest.mark.django_db
SECOND = "/staff/second-factor"


@pytest.fixture
def staff():
    return make_staff(is_superuser=True)


@pytest.fixture
def secret(staff, time_machine):
    """The secret in the app of staff, who accepted the invitation at eight."""
    time_machine.move_to("2026-05-01 08:00", tick=False)
    found = accept_invitation(Client(), staff)
    time_machine.move_to("2026-05-01 09:00", tick=False)
    return found


def test_password_then_code_lead_into_admin(client, staff, secret):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/staff/sign-in?next=%2Fadmin%2F"
    assert heading_of(answer) == "Sign in as DfE staff"
    assert enter_password(client, staff).url == SECOND
    assert heading_of(client.get(SECOND)) == "Enter the code from your authenticator app"
    assert client.post(SECOND, {"code": app_code(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_page_asked_for_is_shown_after_both_factors(client, staff, secret):
    enter_password(client, staff, wanted="/admin/schools/school/")
    answer = client.post(SECOND, {"code": app_code(secret)})
    assert answer.url == "/admin/schools/school/"


def test_the_password_alone_lets_nobody_in(client, staff, secret):
    enter_password(client, staff)
    assert signed_in_user(client) is None
    assert client.get("/admin/").status_code == 302


def test_a_wrong_password_is_refused(client, staff, secret):
    answer = enter_password(client, staff, "wrong")
    assert error_of(answer) == "Email address or password is not right"


def test_nobodys_address_is_refused_in_the_same_words(client):
    answer = client.post("/staff/sign-in", {"login": "nobody@b.example", "password": "wrong"})
    assert error_of(answer) == "Email address or password is not right"


def test_a_wrong_second_factor_is_refused(client, staff, secret):
    enter_password(client, staff)
    answer = client.post(SECOND, {"code": "000000"})
    expected = "The code is not right. Enter the one that the app shows at this moment"
    assert error_of(answer) == expected
    assert signed_in_user(client) is None


def test_a_second_factor_works_once(client, staff, secret):
    enter_password(client, staff)
    client.post(SECOND, {"code": app_code(secret)})
    other = Client()
    enter_password(other, staff)
    other.post(SECOND, {"code": app_code(secret)})
    assert signed_in_user(other) is None


def test_a_second_factor_without_the_password_is_no_way_in(client, staff, secret):
    assert client.get(SECOND).url == "/staff/sign-in"
    assert client.post(SECOND, {"code": app_code(secret)}).url == "/staff/sign-in"


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}], ids=str)
def test_who_is_put_out_between_the_factors_does_not_get_in(client, staff, secret, fields):
    enter_password(client, staff)
    User.objects.filter(pk=staff.pk).update(**fields)
    with caught() as audit_log:
        assert client.post(SECOND, {"code": app_code(secret)}).url == "/sign-in"
    assert audit_log.events() == [{"event": "sign-in refused", "user": staff.pk, "by": "password"}]
    assert signed_in_user(client) is None
    assert client.get(SECOND).url == "/staff/sign-in"


def test_staff_without_a_second_factor_do_not_get_in(client):
    staff = make_staff(password=PASSWORD, is_superuser=True)
    answer = enter_password(client, staff)
    assert answer.url == "/staff/needs-invitation"
    assert heading_of(client.get(answer.url)) == "You need an invitation"
    assert signed_in_user(client) is None


def test_a_tutor_with_a_password_does_not_get_in_by_it(client):
    tutor = make_tutor()
    tutor.set_password(PASSWORD)
    tutor.save()
    enter_password(client, tutor)
    assert signed_in_user(client) is None


def test_somebody_no_longer_staff_is_out_at_once(client, staff, secret):
    enter_password(client, staff)
    client.post(SECOND, {"code": app_code(secret)})
    staff.is_staff = False
    staff.save()
    assert client.get("/admin/").status_code == 302


def test_admin_is_shut_to_a_session_that_records_no_second_factor(client, staff):
    client.force_login(staff)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert client.get("/admin/schools/school/").status_code == 302


def test_admins_own_form_takes_no_password(client, staff, secret):
    client.post("/admin/login/", {"username": staff.email, "password": PASSWORD})
    assert signed_in_user(client) is None


def request_of(user, session: dict):
    request = RequestFactory().get("/admin/")
    request.user, request.session = user, session
    return request
