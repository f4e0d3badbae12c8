"""The groups of DfE staff: what each may do, as its members find it in admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import User
from staff.groups import GROUPS, keep_groups
from tests import builders

pytestmark = pytest.mark.django_db


def test_migrating_made_the_groups():
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)


def permissions() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_keeping_them_again_changes_nothing(django_assert_max_num_queries):
    before = permissions()
    keep_groups()
    assert permissions() == before
    assert before["policy"] >= {"add_statuspolicy", "delete_statuspolicy", "view_school"}


def test_migrating_undoes_what_was_changed_and_leaves_other_groups_alone():
    expected = permissions()
    Group.objects.get(name="finance").permissions.clear()
    Group.objects.get(name="policy").delete()
    Group.objects.create(name="readers")
    call_command("migrate", verbosity=0)
    assert permissions() == expected | {"readers": set()}


@pytest.mark.parametrize(
    ("group", "may", "may_not"),
    [
        (
            "support",
            ["schools/school/add", "schools/teacher/add", "mentors/mentorship/add"],
            ["mentors/statuspolicy/", "declarations/declaration/"],
        ),
        (
            "policy",
            ["mentors/statuspolicy/add", "schools/school/"],
            ["schools/school/add", "declarations/declaration/", "accounts/user/"],
        ),
        (
            "finance",
            ["declarations/declaration/", "schools/teacher/"],
            ["mentors/statuspolicy/", "schools/teacher/add", "accounts/user/"],
        ),
    ],
)
def test_a_member_reaches_what_the_group_is_for_and_no_more(member, group, may, may_not):
    browser = member(group)
    for page in may:
        assert browser.get(f"/admin/{page}", follow=True).status_code == 200, page
    for page in may_not:
        assert browser.get(f"/admin/{page}", follow=True).status_code == 403, page


def user_form(user: User, **changes: str) -> dict[str, str]:
    return {"email": user.email, "name": user.name, "is_active": "on"} | changes


def test_support_corrects_a_tutor_but_gives_nobody_power(member):
    tutor = builders.make_tutor(builders.make_school())
    browser = member("support")
    answer = browser.post(
        f"/admin/accounts/user/{tutor.pk}/change/",
        user_form(tutor, name="Toni Newname", is_superuser="on", is_staff="on"),
    )
    assert answer.status_code == 302
    tutor.refresh_from_db()
    assert (tutor.name, tutor.is_staff, tutor.is_superuser) == ("Toni Newname", False, False)


def test_support_changes_no_member_of_staff_not_even_the_own_user(member):
    browser = member("support")
    own = User.objects.get(email="support@education.example")
    answer = browser.post(
        f"/admin/accounts/user/{own.pk}/change/", user_form(own, is_superuser="on")
    )
    assert answer.status_code == 403
    assert browser.get(f"/admin/accounts/user/{own.pk}/password/").status_code == 403


def test_the_list_beside_each_page_has_what_the_user_may_see_now(member, client):
    def beside() -> dict[str, str | None]:
        page = BeautifulSoup(client.get("/admin/schools/school/").content, "html.parser")
        links = page.select("#nav-sidebar th[scope=row] a")
        return {link.text: link.get("aria-current") for link in links}

    member("support")
    of_support = beside()
    assert of_support["Schools"] == "page"
    assert {"Teachers", "Mentors at school"} <= {*of_support}
    assert "Status policies" not in of_support
    assert [name for name, current in of_support.items() if current] == ["Schools"]
    User.objects.get().groups.add(Group.objects.get(name="policy"))
    assert {*of_support} < {*beside()}
    User.objects.get().groups.set([Group.objects.get(name="support")])
    assert beside() == of_support
