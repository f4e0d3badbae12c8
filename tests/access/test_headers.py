"""The security headers of every kind of answer: pages, admin, files, errors, redirects."""

import pytest

from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_school, make_tutor

ANSWERS = {
    "page": ("/sign-in", 200),
    "redirect": ("/admin/schools/school/add/", 302),
    "not found": ("/there-is-nothing-here", 404),
    "health": ("/health", 200),
    "API": ("/api/v3/participant-declarations", 401),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_has_them(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    check(answer)


@pytest.mark.django_db
def test_admin_has_them(client):
    enter_admin(client, make_staff(is_superuser=True))
    answer = client.get("/admin/")
    assert answer.status_code == 200
    check(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "/mentors", "/mentors.csv", "/ects.xlsx"])
def test_a_school_s_pages_have_them(client, path):
    school = make_school()
    client.force_login(make_tutor(school))
    answer = client.get(f"/schools/{school.urn}{path}")
    assert answer.status_code == 200
    check(answer)


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_them(client):
    answer = client.get("/cookies", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    check(answer)


def check(answer) -> None:
    """What a browser is told about every answer."""
    headers = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in policy_of(answer).split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in policy_of(answer)
    assert "http" not in policy_of(answer)
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=(), " in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]


def policy_of(answer) -> str:
    return answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_cookies_are_for_this_site_and_no_script(client):
    enter_admin(client, make_staff())
    client.get("/sign-in")
    client.get("/staff/needs-invitation")
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


@pytest.mark.django_db
def test_the_token_of_forms_is_not_for_scripts_either(client):
    client.get("/sign-in")
    token = client.cookies["csrftoken"]
    assert token["httponly"]
    assert token["samesite"] == "Lax"
