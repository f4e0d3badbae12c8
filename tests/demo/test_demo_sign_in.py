"""The demo's sign-in page, and signing out."""

import pytest
from django.test import Client

from accounts.models import User
from demo.people import PEOPLE
from tests.mentors.reading import choices, open_page, words

pytestmark = pytest.mark.django_db

PAGE = "/demo/sign-in"
SARAH, DANA = PEOPLE[0].email, PEOPLE[-1].email


def who(client) -> str | None:
    """The name of the user who is signed in with this browser."""
    user = client.session.get("_auth_user_id")
    return User.objects.get(pk=user).name if user else None


@pytest.mark.usefixtures("demo")
def test_it_lists_the_demo_people_with_what_they_show(client):
    page = open_page(client, "demo-sign-in")
    assert choices(page) == [person.name for person in PEOPLE]
    assert [words(hint) for hint in page.select(".govuk-radios__hint")] == [
        person.shows for person in PEOPLE
    ]


@pytest.mark.usefixtures("demo")
def test_it_lists_nobody_else_and_nobody_who_is_kept_out(client):
    User.objects.create_user("real.tutor@school.example", "Real Tutor")
    User.objects.filter(email=SARAH).update(is_active=False)
    assert choices(open_page(client, "demo-sign-in")) == [person.name for person in PEOPLE[1:]]
    for email in ("real.tutor@school.example", SARAH):
        page = client.post(PAGE, {"person": email})
        assert page.status_code == 200
        assert who(client) is None


@pytest.mark.usefixtures("demo")
def test_a_tutor_goes_to_their_school(client):
    answer = client.post(PAGE, {"person": SARAH}, follow=True)
    assert answer.redirect_chain[-1][0] == "/schools/999001"
    assert answer.status_code == 200
    assert who(client) == "Sarah Philips"


@pytest.mark.usefixtures("demo")
def test_the_browser_is_known_from_then_on(client):
    assert "known-browser" in client.post(PAGE, {"person": SARAH}).cookies


@pytest.mark.usefixtures("demo")
def test_staff_go_to_admin_and_are_let_in(client):
    answer = client.post(PAGE, {"person": DANA}, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "Dana Field" in answer.content.decode()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/schools/999001/mentors", "/schools/999001/mentors"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_leads_to_the_page_that_was_asked_for_if_that_is_ours(client, wanted, led_to):
    answer = client.post(f"{PAGE}?next={wanted}", {"person": SARAH})
    assert (answer.status_code, answer.url) == (302, led_to)


@pytest.mark.usefixtures("demo")
def test_choosing_nobody_is_an_error_at_the_question(client):
    page = open_page(client, "demo-sign-in")
    answer = client.post(PAGE, {}).content.decode()
    assert "There is a problem" not in page.text
    assert answer.count("Select who you would like to be") == 2


@pytest.mark.usefixtures("demo")
def test_the_session_gets_a_new_key_and_forgets_who_was_there_before(client):
    client.post(PAGE, {"person": DANA})
    as_staff = client.session.session_key
    client.post(PAGE, {"person": SARAH})
    assert client.session.session_key != as_staff
    assert who(client) == "Sarah Philips"
    assert client.get("/admin/").status_code != 200


@pytest.mark.usefixtures("demo")
def test_a_form_from_another_site_signs_nobody_in():
    client = Client(enforce_csrf_checks=True)
    assert client.post(PAGE, {"person": SARAH}).status_code == 403
    assert who(client) is None


def test_without_demo_data_it_says_how_to_get_it(client):
    page = open_page(client, "demo-sign-in")
    assert "manage.py load_demo" in words(page.main)
    assert not page.select("form")


@pytest.mark.usefixtures("demo")
def test_signing_out_ends_the_session_and_leads_to_signing_in(client):
    client.post(PAGE, {"person": SARAH})
    key = client.session.session_key
    assert client.get("/sign-out").status_code == 405
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.url) == (302, "/sign-in?signed-out")
    assert "You have signed out." in client.get(answer.url).content.decode()
    assert who(client) is None
    assert not client.session.exists(key)
