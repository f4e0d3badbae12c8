"""DfE staff are invited, by command or in admin, and set up both factors with the link."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.signing_in import invitations
from tests.accounts.signing_in import (
    PASSWORD,
    accept_invitation,
    app_code,
    enter_admin,
    enter_password,
    error_of,
    heading_of,
    make_staff,
    make_tutor,
    open_invitation,
)
from tests.accounts.test_codes import at_once
from tests.core.audit_lines import caught
from tests.core.worker import run_waiting_jobs

pytestmark = pytest.mark.django_db


def link_in_email() -> str:
    return re.search(r"http://localhost:8000(/staff/invitation/\S+)", mail.outbox[-1].body)[1]


def test_the_command_makes_and_invites_a_member_of_staff():
    call_command("invite_staff", "Dee@education.example", name="Dee Effie", group=["support"])
    run_waiting_jobs()
    staff = User.objects.get(email="dee@education.example")
    assert (staff.name, staff.is_staff, staff.is_superuser) == ("Dee Effie", True, False)
    assert [group.name for group in staff.groups.all()] == ["support"]
    assert mail.outbox[0].to == ["dee@education.example"]
    page = Client().get(link_in_email(), follow=True)
    assert heading_of(page) == "Set up your sign-in"


def test_the_first_member_of_staff_is_invited_as_superuser():
    call_command("invite_staff", "dee@education.example", superuser=True)
    assert User.objects.get().is_superuser


def test_the_command_refuses_a_tutors_address():
    make_tutor("tutor@education.example")
    with pytest.raises(CommandError, match="not an active member of staff"):
        call_command("invite_staff", "tutor@education.example")
    assert mail.outbox == []


def test_the_command_refuses_a_group_that_is_not_there_and_makes_nobody():
    with pytest.raises(CommandError, match="Group"):
        call_command("invite_staff", "dee@education.example", group=["suport"])
    assert not User.objects.exists()


def test_admin_invites_those_of_the_chosen_who_are_staff(client):
    superuser = make_staff(is_superuser=True)
    enter_admin(client, superuser)
    chosen = [make_staff("new@education.example"), make_tutor()]
    data = {"action": "invite", "_selected_action": [user.pk for user in chosen]}
    page = client.post("/admin/accounts/user/", data, follow=True)
    assert [email.to for email in mail.outbox] == [["new@education.example"]]
    assert "1 were left out: not active members of staff" in page.text


def test_who_invites_whom_is_in_the_trail(client):
    superuser, new = make_staff(is_superuser=True), make_staff("new@education.example")
    enter_admin(client, superuser)
    with caught() as audit_log:
        client.post("/admin/accounts/user/", {"action": "invite", "_selected_action": [new.pk]})
    invited = {"event": "invited", "user": superuser.pk, "invited": new.pk}
    assert invited in audit_log.events()


def test_who_put_whom_into_which_groups_is_in_the_trail(client):
    superuser, new = make_staff(is_superuser=True), make_staff("new@education.example")
    support, policy = (Group.objects.get(name=name).pk for name in ("support", "policy"))
    enter_admin(client, superuser)
    fields = {"email": new.email, "name": new.name, "is_active": "on", "is_staff": "on"}
    with caught() as audit_log:
        call_command("invite_staff", new.email, group=["policy"])
        for groups in ([support], [support]):
            client.post(f"/admin/accounts/user/{new.pk}/change/", fields | {"groups": groups})
    said = [event for event in audit_log.events() if event["event"] == "groups changed"]
    line = {"event": "groups changed", "of": new.pk}
    assert said == [
        {**line, "user": None, "added": [policy], "removed": []},
        {**line, "user": superuser.pk, "added": [support], "removed": [policy]},
    ]


def test_an_invitation_that_does_not_go_out_leaves_no_address_in_the_log(client, settings, caplog):
    enter_admin(client, make_staff(is_superuser=True))
    new = make_staff("new@education.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    data = {"action": "invite", "_selected_action": [new.pk]}
    page = client.post("/admin/accounts/user/", data, follow=True)
    assert "Invited: 1." in page.text
    assert "(staff invitation) did not go out: ConnectionRefusedError" in caplog.text
    assert "new@education.example" not in caplog.text


def test_only_superusers_invite(client):
    support = make_staff()
    support.groups.add(Group.objects.get(name="support"))
    enter_admin(client, support)
    other = make_staff("new@education.example")
    client.post("/admin/accounts/user/", {"action": "invite", "_selected_action": [other.pk]})
    assert mail.outbox == []


def test_a_link_works_once(client):
    staff = make_staff()
    link = invitations.make_link(staff).removeprefix("http://localhost:8000")
    accept_invitation(client, staff)
    answer = client.get(link)
    assert answer.status_code == 404
    assert heading_of(answer) == "This link does not work"


def test_a_newer_invitation_ends_the_older_one_also_where_it_is_open(client, time_machine):
    time_machine.move_to("2026-05-01 09:00", tick=False)
    staff = make_staff()
    older = invitations.make_link(staff).removeprefix("http://localhost:8000")
    opened = client.get(older).url
    newer = invitations.make_link(staff).removeprefix("http://localhost:8000")
    assert client.get(older).status_code == 404
    assert client.get(opened).status_code == 404
    assert client.get(newer, follow=True).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_one_invitation_at_once_the_second_reads_that_it_is_used():
    staff = make_staff()
    browsers = [Client() for _ in range(4)]
    link = invitations.make_link(staff).removeprefix("http://localhost:8000")
    pages = [browser.get(link).url for browser in browsers]

    def accept(number: int):
        browser = browsers[number]
        secret = browser.session[f"invitation of {staff.pk}"]["secret"]
        data = {"new_password1": PASSWORD, "new_password2": PASSWORD, "code": app_code(secret)}
        return browser.post(pages[number], data).status_code

    assert sorted(at_once(accept, len(browsers))) == [302, 404, 404, 404]
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("email", ["dee@gmail.example", "dee@education.example.evil", "dee"])
def test_nobody_is_invited_at_an_address_of_another_domain(client, email):
    with pytest.raises(CommandError, match=r"those end in @education\.gov\.uk or"):
        call_command("invite_staff", email)
    assert not User.objects.exists()
    enter_admin(client, make_staff(is_superuser=True))
    stranger = make_staff(email)
    data = {"action": "invite", "_selected_action": [stranger.pk]}
    page = client.post("/admin/accounts/user/", data, follow=True)
    assert (
        "1 were left out: not active members of staff, or without an address of staff" in page.text
    )
    assert mail.outbox == []


def test_the_domains_of_staff_are_a_setting(settings):
    settings.STAFF_EMAIL_DOMAINS = ["dfe.example"]
    call_command("invite_staff", "dee@DFE.example")
    run_waiting_jobs()
    assert [email.to for email in mail.outbox] == [["dee@dfe.example"]]


def test_a_link_works_for_three_days(client, time_machine):
    time_machine.move_to("2026-05-01 09:00", tick=False)
    link = invitations.make_link(make_staff()).removeprefix("http://localhost:8000")
    time_machine.move_to("2026-05-04 08:59", tick=False)
    opened = client.get(link).url
    assert client.get(opened).status_code == 200
    time_machine.move_to("2026-05-04 09:01", tick=False)
    assert client.get(link).status_code == 404
    assert client.get(opened).status_code == 404


def test_the_link_of_somebody_else_or_no_longer_staff_does_not_work(client):
    staff = make_staff()
    link = invitations.make_link(staff).removeprefix("http://localhost:8000")
    other = make_staff("other@education.example")
    assert client.get(link.replace(f"/{staff.pk}/", f"/{other.pk}/")).status_code == 404
    User.objects.filter(pk=staff.pk).update(is_staff=False)
    assert client.get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"new_password1": ""}, "Enter a new password"),
        ({"new_password2": "something else"}, "The passwords do not match"),
        (
            {"new_password1": "short", "new_password2": "short"},
            "This password is too short. It must contain at least 12 characters.",
        ),
        ({"code": ""}, "Enter the 6-digit code"),
        (
            {"code": "000000"},
            "The code is not right. Enter the one that the app shows at this moment",
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_and_nothing_is_set_up(client, changes, error):
    staff = make_staff()
    opened, secret = open_invitation(client, staff)
    data = {"new_password1": PASSWORD, "new_password2": PASSWORD, "code": app_code(secret)}
    assert error_of(client.post(opened, data | changes)) == error
    assert not Authenticator.objects.exists()


def test_the_page_with_the_form_has_no_token_in_its_address_and_is_its_browsers_alone(client):
    """Addresses are logged: of a form that was refused, for one."""
    staff = make_staff()
    opened, _ = open_invitation(client, staff)
    assert opened == f"/staff/invitation/{staff.pk}/opened"
    assert Client().get(opened).status_code == 404


def test_two_who_open_their_invitations_in_one_browser_do_not_share_a_secret(client):
    first, second = make_staff(), make_staff("new@education.example")
    _, one = open_invitation(client, first)
    _, another = open_invitation(client, second)
    assert one != another


def test_a_new_invitation_replaces_both_factors(client):
    staff = make_staff()
    old = accept_invitation(Client(), staff, "the password of before")
    staff.refresh_from_db()
    new = accept_invitation(Client(), staff, PASSWORD)
    assert old != new
    staff.refresh_from_db()
    assert enter_password(client, staff, "the password of before").status_code == 200
    assert enter_password(client, staff).url == "/staff/second-factor"
    assert Authenticator.objects.count() == 1
