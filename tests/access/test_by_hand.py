"""Addresses and forms that were made by hand get a page that says so, and never a 500."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from schools.models import MentorAtSchool
from tests.access.roles import PERSON, URN

TEACHERS = "/admin/schools/teacher/"
HISTORY = "/admin/pghistory/events/"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{TEACHERS}?trn__regex=(", 302),
        (f"{TEACHERS}?trn__iregex=[", 302),
        (f"{TEACHERS}?date_of_birth=abc", 302),
        (f"{TEACHERS}?id=abc", 302),
        (f"{TEACHERS}?id__in=1,abc", 302),
        (f"{TEACHERS}?id__in={'9' * 40}", 200),
        (f"{TEACHERS}?nothing=1", 302),
        (f"{TEACHERS}?participant_id=abc", 302),
        (f"{TEACHERS}?q=%00", 400),
        (f"{TEACHERS}?%00=1", 400),
        (f"{TEACHERS}%00/change/", 404),
        (f"{TEACHERS}abc/change/", 302),
        (f"{TEACHERS}{'9' * 40}/change/", 302),
        (f"{TEACHERS}987654/delete/?_to_field=", 302),
        ("/admin/mentors/mentorship/?period=abc", 302),
        ("/admin/mentors/mentorship/?period=[2026-01-01,2025-01-01)", 302),
        ("/admin/schools/mentoratschool/add/?teacher=abc&school=%C2%B2", 200),
        ("/admin/accounts/user/add/?groups=abc", 200),
        ("/admin/auth/group/?name__regex=(", 302),
        ("/admin/auth/group/add/?permissions=1,abc", 200),
        (f"{HISTORY}?obj=schools.Teacher:abc", 404),
        (f"{HISTORY}?obj=schools.Teacher:{'9' * 40}", 404),
        (f"{HISTORY}?obj=schools.Teacher:987654", 404),
        # Its key is that of another model.
        (f"{HISTORY}?obj=declarations.Participation:abc", 404),
        (f"{HISTORY}?obj=declarations.Participation:{'9' * 40}", 404),
        (f"{HISTORY}?obj=schools.Nothing:1", 404),
        (f"{HISTORY}?obj=:", 404),
        (f"{HISTORY}?obj=abc", 404),
        (f"{HISTORY}?model=schools.Teacher&event_model=abc", 302),
        ("/admin/autocomplete/?app_label=x&model_name=y&field_name=z&term=a", 403),
        (f"/schools/{URN}/mentors?search=%00", 400),
    ],
)
def test_an_address_that_means_nothing(browsers, address, status):
    assert browsers["superuser"]().get(address).status_code == status


NOT_OURS = (
    "http://[",
    "//[",
    "https://]",
    "//evil.example",
    "http:///evil.example",
    "/\\evil.example",
)


@pytest.mark.parametrize("role", ["nobody", "superuser"])
def test_a_wanted_page_that_is_none_of_ours_is_passed_over(browsers, role):
    for address in ("/sign-in", "/sign-in/code", "/staff/sign-in", "/demo/sign-in"):
        for wanted in NOT_OURS:
            query = {"next": wanted}
            sent = f"{address}?{urlencode(query)}", {"email": "a@b.example"} | query
            for answer in (browsers[role]().get(address, query), browsers[role]().post(*sent)):
                assert answer.status_code in (200, 302), (address, wanted)
                assert "evil" not in answer.headers.get("Location", "").partition("?")[0]


@pytest.mark.parametrize("chosen", ["abc", "²", "9" * 40, "\0", ""])
def test_an_action_on_rows_that_there_cannot_be(browsers, chosen):
    data = {"action": "delete_selected", "_selected_action": chosen}
    page = browsers["superuser"]().post(TEACHERS, data, follow=True)
    assert "Select rows of the list" in page.text


@pytest.mark.parametrize("school", ["abc", "\0", "9" * 40])
def test_a_choice_that_there_cannot_be_is_an_error_of_the_form(browsers, school):
    data = {"school": school, "teacher": "abc", "email": "a@b.example", "started_on": "1.1.2026"}
    page = browsers["superuser"]().post(reverse("admin:schools_mentoratschool_add"), data)
    assert page.status_code == 200
    assert "Select a valid choice" in page.text


def test_a_lone_half_of_a_character_is_refused(browsers):
    """A client that names the charset UTF-7 sends what PostgreSQL cannot keep."""
    address = f"/schools/{URN}/mentors/{PERSON}/name"
    body = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-\r\n--x--\r\n'
    for charset, status in (("utf-7", 400), ("utf-16", 400), ("UTF-8", 302), ("nothing", 302)):
        kind = f"multipart/form-data; boundary=x; charset={charset}"
        answer = browsers["tutor"]().generic("POST", address, body, content_type=kind)
        assert answer.status_code == status, charset
    kind = "text/plain; charset=utf-7"
    listed = f"/schools/{URN}/mentors?search=%2B2AA-"
    assert browsers["tutor"]().get(listed, CONTENT_TYPE=kind).status_code == 400
    assert MentorAtSchool.objects.get().teacher.name.isprintable()
